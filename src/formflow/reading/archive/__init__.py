"""Archives and mails → the files in them. Hostile ones are refused whole; nothing is ever written under a name from inside."""

from formflow.reading.archive.unpack import CONTAINERS, unpack

__all__ = ["CONTAINERS", "unpack"]
