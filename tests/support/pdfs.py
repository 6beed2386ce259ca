"""PDF files drawn line by line, for what a reader of PDFs must be able to take: places are points from the top left corner."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from formflow.model.document import Document, Paragraph, Table
from formflow.reading.pdf import read_pdf

FONTS = Path(__file__).parents[2] / "src" / "formflow" / "letters" / "fonts" / "data"
WIDTH, HEIGHT = 595.0, 842.0
FONT = "SongTi"


@cache
def _register() -> None:
    pdfmetrics.registerFont(TTFont(FONT, str(FONTS / "NotoSerifSC-Regular.ttf")))


class Paper:
    """A page being drawn, y downwards."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def text(self, x: float, y: float, words: str, size: float = 12) -> None:
        """Words whose base line is at height y."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, HEIGHT - y, words)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.7) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def box(self, x0: float, y0: float, x1: float, y1: float, stroke: int = 1, fill: int = 0) -> None:
        self.canvas.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0, stroke=stroke, fill=fill)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def image(self, image: Image.Image, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.drawImage(ImageReader(image), x0, HEIGHT - y1, x1 - x0, y1 - y0, mask="auto")

    def turn_page(self) -> None:
        self.canvas.showPage()


def pdf(draw: Callable[[Paper], None], **options: object) -> bytes:
    """The file `draw` draws; `options` are those of reportlab's canvas."""
    _register()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), **options)  # type: ignore[arg-type]
    draw(Paper(canvas))
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(draw: Callable[[Paper], None], **options: object) -> Document:
    return read_pdf(pdf(draw, **options))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def paragraphs(document: Document) -> list[str]:
    """The texts beside tables."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def cells(table: Table) -> list[tuple[int, int, int, int, str]]:
    """(row, column, row_span, column_span, text) of each cell."""
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in table.cells]


def seal(size: int = 300) -> Image.Image:
    """A red ring with a bar on nothing."""
    image = Image.new("RGBA", (size, size), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((5, 5, size - 5, size - 5), outline=(210, 20, 20, 255), width=size // 20)
    draw.rectangle((size // 4, size // 2 - 8, 3 * size // 4, size // 2 + 8), fill=(210, 20, 20, 255))
    return image


def signature() -> Image.Image:
    """Thin dark strokes on nothing."""
    image = Image.new("RGBA", (240, 90), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    draw.line((10, 70, 60, 20, 90, 75, 130, 15, 170, 70, 225, 30), fill=(20, 20, 40, 255), width=4)
    return image


def photograph(width: int = 600, height: int = 850) -> Image.Image:
    """Grey in grey, as a scanned page."""
    image = Image.new("RGB", (width, height), (235, 235, 230))
    draw = ImageDraw.Draw(image)
    for y in range(60, height, 40):
        draw.line((60, y, width - 60, y), fill=(70, 70, 70), width=6)
    return image
