"""Crooked pages set straight, and the way back."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2", reason="formflow[ocr] is not installed")

import cv2
import numpy as np
from PIL import Image

from formflow.reading.scan.areas import Area, Pixels
from formflow.reading.scan.images import PageImage
from formflow.reading.scan.ruling import find_ruling, frame
from formflow.reading.scan.straighten import evenly_lit, squared, straighten
from formflow.reading.scan.straighten import turned as quarter_turned
from support.scan_pages import HEIGHT, WIDTH, Page, form, photographed, turned


def pixels(image: Image.Image) -> Pixels:
    return PageImage(image, 1, (595, 842)).pixels()


def lean(image: Pixels) -> float:
    """Degrees by which the top rule of the form's frame leans."""
    corners = frame(find_ruling(image))
    assert corners is not None
    (x0, y0), (x1, y1) = corners[0], corners[1]
    return abs(float(np.degrees(np.arctan2(y1 - y0, x1 - x0))))


@pytest.mark.parametrize("angle", [-7.0, -2.3, 0.8, 5.5])
def test_a_leaning_scan_is_set_straight(angle: float) -> None:
    straight = straighten(pixels(turned(form().image, angle)), 200)
    assert lean(straight.image) < 0.3


def faded(image: Image.Image) -> Image.Image:
    """A copy made with hardly any toner, on recycled paper."""
    grain = np.random.default_rng(4).normal(0, 3, (image.height, image.width))
    grey = 165 + np.asarray(image.convert("L"), np.float64) * (215 - 165) / 255 + grain
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("angle", [-2.3, 1.8])
def test_a_faded_copy_is_set_straight_and_its_ink_is_as_dark_as_print(angle: float) -> None:
    image = straighten(pixels(faded(turned(form().image, angle))), 200).image
    assert lean(image) < 0.3
    ground, ink = (float(np.percentile(image, share)) for share in (50, 0.7))
    assert ground > 225
    assert ink < 90


def test_paper_without_ink_is_not_blackened() -> None:
    blank = faded(Image.new("RGB", (WIDTH, HEIGHT), "white"))
    assert float(np.percentile(straighten(pixels(blank), 200).image, 0.7)) > 200


def test_a_straight_scan_is_left_alone() -> None:
    image = pixels(form().image)
    straight = straighten(image, 200)
    assert np.allclose(straight.matrix, np.eye(3))
    assert straight.image.shape == image.shape


@pytest.mark.parametrize("dots", [100, 300])
def test_any_resolution_becomes_the_same(dots: int) -> None:
    image = form().image.resize((WIDTH * dots // 200, HEIGHT * dots // 200))
    assert straighten(pixels(image), dots).image.shape[:2] == pytest.approx((HEIGHT, WIDTH), abs=2)


def test_a_photo_is_cut_to_the_sheet_and_its_frame_squared() -> None:
    image = pixels(photographed(form().image))
    straight = straighten(image)
    straight = squared(image, straight, frame(find_ruling(straight.image)))
    height, width = straight.image.shape[:2]
    assert height / width == pytest.approx(2**0.5, abs=0.02)
    corners = frame(find_ruling(straight.image))
    assert corners is not None
    assert abs(corners[0][1] - corners[1][1]) < 5
    assert abs(corners[0][0] - corners[3][0]) < 5
    assert int(np.median(straight.image[: height // 30])) > 235


@pytest.mark.parametrize(("ground", "depth"), [((96, 88, 80), 0.4), ((120, 84, 60), 0.7)])
def test_a_sheet_with_a_shadow_over_it_is_found_whole(ground: tuple[int, int, int], depth: float) -> None:
    """On a table of its own colour the sheet's shaded part may be darker than the table is in the light."""
    page = form().image
    seen = np.asarray(photographed(page, ground), np.float32)
    height, width = seen.shape[:2]
    slope = np.linspace(-9, 9, width)[None, :] + np.linspace(-3, 3, height)[:, None]
    dark = (1 - depth / (1 + np.exp(-slope)))[:, :, None]
    straight = straighten(np.ascontiguousarray((seen * dark).astype(np.uint8)[:, :, ::-1]))
    corners = [(width * x, height * y) for x, y in ((0.10, 0.05), (0.93, 0.08), (0.97, 0.95), (0.04, 0.92))]
    placed = cv2.perspectiveTransform(np.array([corners]), straight.matrix)[0]
    across, down = straight.image.shape[1], straight.image.shape[0]
    assert np.abs(placed - [(0, 0), (across, 0), (across, down), (0, down)]).max() < 40


def test_a_shadow_on_a_scan_is_no_sheet() -> None:
    page = np.asarray(form().image, np.float32)
    height, width = page.shape[:2]
    slope = np.linspace(-6, 10, width)[None, :] + np.linspace(-3, 3, height)[:, None]
    dark = (0.6 + 0.4 / (1 + np.exp(-slope)))[:, :, None]
    straight = straighten(np.ascontiguousarray((page * dark).astype(np.uint8)[:, :, ::-1]), 200)
    assert np.allclose(straight.matrix, np.eye(3), atol=0.02)


def test_a_place_leads_back_to_where_it_was() -> None:
    image = pixels(turned(form().image, 2.0))
    straight = straighten(image, 200)
    x0, y0, x1, y1 = straight.original(Area(700, 1000, 900, 1100))
    # Turned counterclockwise around the middle by two degrees.
    radians, (cx, cy) = np.radians(2.0), (WIDTH / 2, HEIGHT / 2)
    x, y = 800 - cx, 1050 - cy
    there = cx + x * np.cos(radians) + y * np.sin(radians), cy - x * np.sin(radians) + y * np.cos(radians)
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx(there, abs=6)


def test_quarter_turns_keep_the_way_back() -> None:
    image = pixels(Page(400, 600).image)
    image[50:60, 20:40] = 0
    once = quarter_turned(straighten(image, 100), 1)
    dark = np.argwhere(once.image[:, :, 0] < 100)
    (y0, x0), (y1, x1) = dark.min(axis=0), dark.max(axis=0)
    back = once.original(Area(int(x0), int(y0), int(x1) + 1, int(y1) + 1))
    assert back == pytest.approx((20, 50, 40, 60), abs=2)
    four = quarter_turned(straighten(image, 100), 4)
    assert (four.image == straighten(image, 100).image).all()


def test_shadow_becomes_white_and_ink_stays_dark() -> None:
    image = pixels(Page().text(300, 300, "职工服务中心", 60).image)
    light = np.linspace(0.5, 1.0, image.shape[1])[None, :, None]
    shaded = (image * light).astype(np.uint8)
    lit = evenly_lit(shaded)
    assert int(lit[1000:1100].min()) > 240
    assert int(lit[310:360, 300:650].min()) < 70
