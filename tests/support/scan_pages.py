"""Form pages drawn as a scanner would deliver them, 200 dots an inch, and what scanners, cameras and clerks do to them.

Needs nothing but Pillow and numpy; knows nothing of the code that reads them.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFont

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "src" / "formflow" / "letters" / "fonts" / "data"
DPI = 200
WIDTH, HEIGHT = 1654, 2339
RED, INK = (206, 32, 38), (22, 22, 30)


@cache
def font(size: int, name: str = "NotoSerifSC-Regular.ttf") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / name), size)


class Page:
    """A white page to draw on; positions in pixels."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.image = Image.new("RGB", (width, height), "white")
        self.draw = ImageDraw.Draw(self.image)

    def text(self, x: float, y: float, text: str, size: int = 30, colour: tuple[int, int, int] = (0, 0, 0)) -> Page:
        self.draw.text((x, y), text, font=font(size), fill=colour, spacing=size // 2)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: int = 3) -> Page:
        self.draw.line((x0, y0, x1, y1), fill=(0, 0, 0), width=width)
        return self

    def frame(self, x0: float, y0: float, x1: float, y1: float, width: int = 3) -> Page:
        self.draw.rectangle((x0, y0, x1, y1), outline=(0, 0, 0), width=width)
        return self

    def seal(self, x: float, y: float, radius: int = 155, strength: float = 0.8, ovalness: float = 1.0) -> Page:
        """A red seal stamped over what is there."""
        size = 2 * radius + 20
        mask = Image.new("L", (size, size), 0)
        pen = ImageDraw.Draw(mask)
        middle, down = size / 2, radius * ovalness
        pen.ellipse((10, middle - down, size - 10, middle + down), outline=255, width=9)
        star = [
            (middle + r * math.sin(math.pi * k / 5), middle - r * math.cos(math.pi * k / 5))
            for k, r in ((k, radius * (0.32 if k % 2 == 0 else 0.13)) for k in range(10))
        ]
        pen.polygon(star, fill=255)
        for k in range(12):
            angle = math.pi * (k / 11 * 1.5 - 0.75)
            at = middle + radius * 0.76 * math.sin(angle), middle - down * 0.76 * math.cos(angle)
            pen.text((at[0] - 16, at[1] - 22), "总工会章印公服务中心一"[k % 11], font=font(34), fill=255)
        red = Image.new("RGB", (size, size), RED)
        place = (round(x - middle), round(y - middle))
        under = self.image.crop((*place, place[0] + size, place[1] + size))
        # Ink on ink: a seal darkens what it is stamped on.
        stamped = ImageChops.multiply(under, red)
        self.image.paste(Image.composite(stamped, under, mask.point(lambda value: int(value * strength))), place)
        self.draw = ImageDraw.Draw(self.image)
        return self

    def signature(self, x: float, y: float, colour: tuple[int, int, int] = INK) -> Page:
        """Three scrawled characters, about 200 × 90 pixels."""
        for start in (0, 70, 140):
            wave = [(x + start + t, y + 45 + 34 * math.sin(t / 8 + start) * math.cos(t / 21)) for t in range(0, 56, 3)]
            self.draw.line(wave, fill=colour, width=5, joint="curve")
            self.draw.line((x + start + 6, y + 18, x + start + 46, y + 12), fill=colour, width=4)
            self.draw.line((x + start + 28, y + 4, x + start + 18, y + 88), fill=colour, width=4)
        return self

    def png(self) -> bytes:
        return encoded(self.image)


WORK = (
    "与辖区医院、驾校、超市、影院等23家单位签订服务协议，授牌职工服务基地11家，会员持卡消费平均优惠一成以上。",
    "中心微信公众号开通“点单”栏目，全年完成订单2100余单。",
)


def broken(text: str, width: int, size: int = 30) -> str:
    """The text with its lines broken where the next character would not fit."""
    lines = [""]
    for sign in text:
        if font(size).getlength(lines[-1] + sign) > width and sign not in "，。、；：”）":
            lines.append("")
        lines[-1] += sign
    return "\n".join(lines)


def form() -> Page:
    """A page of a form: a title, cover lines, a table with merged cells, an opinion with seal and signature, a page number."""
    page = Page().text(470, 150, "职工服务中心申请表", 72)
    page.text(330, 330, "单位名称：白鹭镇职工服务中心", 34).rule(500, 382, 1010, 382)
    page.text(330, 430, "时间：2022年3月至2023年2月", 34)
    page.frame(180, 560, 1470, 1700)
    for y in (640, 720, 1100, 1180):
        page.rule(180, y, 1470, y)
    page.rule(480, 560, 480, 1100).rule(900, 640, 900, 720).rule(1120, 640, 1120, 720).rule(480, 1180, 480, 1700)
    page.text(200, 580, "申请单位").text(500, 580, "白鹭镇职工服务中心")
    page.text(200, 660, "所属行业").text(500, 660, "装备制造业").text(920, 660, "联系电话").text(
        1140, 660, "13900001234"
    )
    page.text(200, 880, "目前工作情况")
    page.text(500, 740, "\n".join(broken(line, 950) for line in WORK), 30)
    page.text(200, 1120, "承担单位、参与单位及管理单位意见")
    page.text(200, 1400, "承担单位意见").text(500, 1200, "承担单位（盖章）：").text(
        500, 1280, "情况属实，同意推荐上报。"
    )
    page.text(800, 1640, "负责人（签名）：").text(1265, 1640, "2022年3月14日", 28)
    return page.text(800, 2240, "— 1 —", 28)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def turned(image: Image.Image, angle: float) -> Image.Image:
    """Turned counterclockwise by some degrees, the page's size kept."""
    return image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor="white")


def photographed(image: Image.Image, ground: tuple[int, int, int] = (96, 88, 80)) -> Image.Image:
    """Seen at an angle on a dark table, lit from one side, a little blurred."""
    width, height = round(image.width * 1.15), round(image.height * 1.12)
    corners = ((0.10, 0.05), (0.93, 0.08), (0.97, 0.95), (0.04, 0.92))
    quad = [(width * x, height * y) for x, y in corners]
    onto = [(0, 0), (image.width, 0), (image.width, image.height), (0, image.height)]
    matrix = _perspective(quad, onto)
    size = (width, height)
    seen = image.transform(size, Image.Transform.PERSPECTIVE, matrix, Image.Resampling.BICUBIC)
    sheet = Image.new("L", image.size, 255).transform(size, Image.Transform.PERSPECTIVE, matrix)
    table = Image.new("RGB", size, ground)
    table.paste(seen, (0, 0), sheet)
    light = np.linspace(0.7, 1.0, width)[None, :, None] * np.linspace(0.92, 1.0, height)[:, None, None]
    noise = np.random.default_rng(3).normal(0, 3, (height, width, 3))
    lit = np.clip(np.asarray(table, np.float32) * light * (1.0, 0.98, 0.92) + noise, 0, 255).astype(np.uint8)
    return Image.open(io.BytesIO(encoded(Image.fromarray(lit), "JPEG", quality=80)))


def noisy(image: Image.Image, sigma: float = 14, quality: int = 40) -> Image.Image:
    """With a poor scanner's grain and hard compression."""
    grain = np.random.default_rng(5).normal(0, sigma, (image.height, image.width, 3))
    spoilt = np.clip(np.asarray(image, np.float32) + grain, 0, 255).astype(np.uint8)
    return Image.open(io.BytesIO(encoded(Image.fromarray(spoilt), "JPEG", quality=quality)))


CONDITIONS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "clean": lambda image: image,
    "noisy": noisy,
    "skewed": lambda image: turned(image, 2.3),
    "photographed": photographed,
    "sideways": lambda image: image.transpose(Image.Transpose.ROTATE_90),
    "upside down": lambda image: image.transpose(Image.Transpose.ROTATE_180),
}


def _perspective(source: list[tuple[float, float]], target: list[tuple[float, float]]) -> tuple[float, ...]:
    """The eight numbers by which Pillow finds each point's origin."""
    rows, wanted = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    return tuple(float(number) for number in np.linalg.solve(np.array(rows), np.array(wanted)))
