"""Every way in which Pillow's decoders end over broken pictures: what they raise, said here once more and not asked of the code that is tested."""

from __future__ import annotations

import struct
from typing import NoReturn

import pytest
from PIL import Image, ImageFile, UnidentifiedImageError

ENDINGS: tuple[Exception, ...] = (
    UnidentifiedImageError("cannot identify image file"),
    OSError("broken data stream when reading image file"),
    SyntaxError("broken PNG file (chunk b'IDAT')"),
    ValueError("Decompressed data too large for PngImagePlugin.MAX_TEXT_CHUNK"),
    EOFError("no more images in TIFF file"),
    TypeError("unsupported operand type(s) for &: 'tuple' and 'int'"),
    KeyError(259),
    IndexError("index out of range"),
    AttributeError("'NoneType' object has no attribute 'seek'"),
    ZeroDivisionError("division by zero"),
    OverflowError("cannot convert float infinity to integer"),
    struct.error("unpack requires a buffer of 2 bytes"),
    Image.DecompressionBombError("Image size (400000000 pixels) exceeds limit"),
)

each = pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: type(ending).__name__)


def end_with(ending: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on decoding any picture file ends so."""

    def load(file: ImageFile.ImageFile) -> NoReturn:
        raise ending

    monkeypatch.setattr(ImageFile.ImageFile, "load", load)
