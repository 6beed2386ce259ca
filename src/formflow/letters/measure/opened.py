"""What measuring can fail with."""

from __future__ import annotations

from formflow.errors import ExitCode, FormflowError


class MeasureError(FormflowError):
    """A file that is no Word file or PDF, or cannot be opened."""

    exit_code = ExitCode.NEEDS_PERSON

    def __init__(self, message: str) -> None:
        super().__init__(message, "请换上用 Word、WPS 另存的 .docx，或者由它导出的 PDF。")
