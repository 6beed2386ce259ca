"""Lines as OCR gives them, for tests that need no OCR."""

from __future__ import annotations

from typing import Any

EM = 30


def line(text: str, x: float = 100, y: int = 100, share: float = 0.99, em: int = EM, height: int = 44) -> Any:
    """A `Line`: full-width characters `em` pixels wide, others half of that; ␣ is a gap of one character that is not read."""
    from formflow.reading.scan.areas import Area
    from formflow.reading.scan.text import Line

    middles, signs, at = [], [], x
    for sign in text:
        width = em if ord(sign) > 0x2E7F or sign == "␣" else em // 2
        if sign != "␣":
            signs.append(sign)
            middles.append(at + width / 2)
        at += width
    return Line(Area(int(x), y, int(at), y + height), "".join(signs), (share,) * len(signs), tuple(middles))
