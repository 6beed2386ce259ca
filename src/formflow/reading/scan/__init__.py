"""Scans and photos → `Document`: offline OCR inside the page's own ruling lines, seals and signatures seen.

In: an image file's bytes, or pages as images (`read_pages`: what a PDF's pages without text are drawn to). Out: a `Document` of format
"scan". Needs the extra `formflow[ocr]`; without it everything here but `available` refuses with what to install. Nothing is loaded before
the first page comes, and nothing is downloaded ever.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from typing import TYPE_CHECKING

from formflow.model.document import Document
from formflow.reading.limits import DEFAULT, Limits
from formflow.reading.refusals import refuse_scan

if TYPE_CHECKING:
    from formflow.reading.scan.images import PageImage

_REMEDY = "请管理员在安装 formflow 的环境中运行：pip install 'formflow[ocr]'（约 500 MB，安装后不需要联网）。"


def available() -> tuple[bool, str]:
    """Whether scans can be read here, and in Chinese what does it or what is missing and how to get it."""
    missing = [
        name for module, name in (("cv2", "opencv-python-headless"), ("numpy", "numpy")) if not find_spec(module)
    ]
    if missing:
        return False, f"缺少 {'、'.join(missing)}。{_REMEDY}"
    from formflow.reading.scan.networks import models, runtime

    engine = runtime()
    if models() is None or engine is None:
        missing = [
            name for name, is_there in (("rapidocr", models()), ("openvino 或 onnxruntime", engine)) if not is_there
        ]
        return False, f"缺少 {'、'.join(missing)}。{_REMEDY}"
    return (
        True,
        f"文字识别可用（PP-OCRv6，{'OpenVINO' if engine == 'openvino' else 'onnxruntime，装上 openvino 可快一倍'}）",
    )


def read_scan(data: bytes, limits: Limits = DEFAULT) -> Document:
    """The document in an image file's bytes; `UnreadableError` if it cannot be decoded or OCR is not installed."""
    require()
    from formflow.reading.scan.images import pages_of

    return read_pages(pages_of(data, limits))


def read_pages(pages: Iterable[PageImage]) -> Document:
    """The document on pages given as images, in order; they are read one by one, so that a generator need hold only one at a time."""
    require()
    from formflow.reading.scan.reader import read

    return read(pages)


def require(detail: str = "") -> None:
    """Refuses where OCR is not installed; `detail` (Chinese) says what was to be read."""
    if not available()[0]:
        raise refuse_scan("no_ocr", detail)
