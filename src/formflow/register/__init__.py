"""The books: cases, papers, records, findings, letters, publications and the chained events, on Django models.

Nothing here moves a file or writes a letter; `setup.open_register` must run before `models` or `books` are imported.
"""
