"""formflow: a clerk's office in a folder. Papers go into `inbox/`, checked records and formal letters come out."""

__version__ = "0.1.0"
