"""Small pictures that stand for a red seal and for a handwritten name, drawn without any font."""

from __future__ import annotations

import io
import math

from PIL import Image, ImageDraw

SIZE = 160


def seal_png() -> bytes:
    """A red ring with a star, transparent elsewhere."""
    image = Image.new("RGBA", (SIZE, SIZE), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    red = (216, 30, 36, 255)
    draw.ellipse((6, 6, SIZE - 6, SIZE - 6), outline=red, width=7)
    middle = SIZE / 2
    points = [
        (middle + r * math.sin(math.pi * k / 5), middle - r * math.cos(math.pi * k / 5))
        for k, r in ((k, 34 if k % 2 == 0 else 14) for k in range(10))
    ]
    draw.polygon(points, fill=red)
    for k in range(14):  # the characters round the rim, as short strokes
        angle = math.pi * (k / 13 * 1.5 - 0.75)
        x, y = middle + 58 * math.sin(angle), middle - 58 * math.cos(angle)
        draw.rectangle((x - 4, y - 6, x + 4, y + 6), outline=red, width=2)
    return _png(image)


def ink_png() -> bytes:
    """Dark pen strokes on nothing."""
    image = Image.new("RGBA", (240, 90), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    ink = (24, 24, 32, 255)
    for start in (14, 92, 166):
        wave = [(start + t, 45 + 26 * math.sin(t / 7 + start) * math.cos(t / 23)) for t in range(0, 60, 3)]
        draw.line(wave, fill=ink, width=4, joint="curve")
        draw.line((start + 8, 20, start + 48, 16), fill=ink, width=3)
        draw.line((start + 30, 12, start + 22, 78), fill=ink, width=3)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
