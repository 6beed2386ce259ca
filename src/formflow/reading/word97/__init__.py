"""Word 97–2003 files (.doc, and .wps as WPS Office wrote them) → the .docx that says the same, by [MS-DOC].

A file's bytes come in, the bytes of a .docx go out, which the reader of Word files reads: one place knows what is shown, counted, ticked.
Nothing of the looks is carried over but what that reader asks for. Files of older or other makes, and such as do not hold together, are
`Unfamiliar`: they are left to a converter.
"""

from formflow.reading.word97.trouble import Unfamiliar
from formflow.reading.word97.writing import as_docx

__all__ = ["Unfamiliar", "as_docx"]
