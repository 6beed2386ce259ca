"""Seals seen, and taken out of the way."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2", reason="formflow[ocr] is not installed")

from formflow.reading.scan.areas import Pixels
from formflow.reading.scan.images import PageImage
from formflow.reading.scan.seals import find_seals, has_colour, without_seals
from support.scan_pages import RED, Page, noisy


def pixels(page: Page) -> Pixels:
    return PageImage(page.image, 1, (595, 842), 200).pixels()


def middles(page: Page) -> list[tuple[int, int]]:
    return sorted((round(seal.area.middle[0]), round(seal.area.middle[1])) for seal in find_seals(pixels(page)))


@pytest.mark.parametrize("strength", [0.35, 0.6, 0.9])
@pytest.mark.parametrize("radius", [118, 157, 196])
def test_a_round_seal_is_found_once_where_it_is(strength: float, radius: int) -> None:
    (middle,) = middles(Page(1000, 1000).seal(500, 480, radius, strength))
    assert middle == pytest.approx((500, 480), abs=12)


def test_each_of_two_seals_is_found() -> None:
    assert len(middles(Page().seal(400, 500).seal(1100, 560))) == 2


def test_a_seal_under_grain_is_found() -> None:
    page = Page(1000, 1000).seal(500, 480, strength=0.6)
    page.image = noisy(page.image)
    assert len(middles(page)) == 1


def test_an_oval_seal_is_found() -> None:
    assert len(middles(Page(1000, 1000).seal(500, 480, 165, ovalness=0.68))) == 1


def test_an_oval_seal_that_another_overlaps_is_found() -> None:
    page = Page(1200, 1200).seal(500, 400, 175, ovalness=0.67).seal(560, 640, 160)
    found = middles(page)
    assert len(found) == 2
    assert min(found, key=lambda middle: middle[1]) == pytest.approx((500, 400), abs=20)


def test_a_square_seal_is_taken_out_to_its_corners() -> None:
    page = Page(800, 800).text(250, 330, "印", 60)
    page.draw.rectangle((230, 230, 460, 460), outline=RED, width=8)
    page.text(300, 380, "财务章", 50, RED)
    image = pixels(page)
    (seal,) = find_seals(image)
    clean = without_seals(image, [seal])
    assert int(clean[225:245, 225:245].min()) > 170


def test_a_red_letterhead_is_no_seal() -> None:
    page = Page().text(300, 200, "海穗市总工会文件", 130, RED)
    page.draw.line((180, 420, 1470, 420), fill=RED, width=8)
    assert middles(page) == []


def test_a_name_seal_and_red_writing_are_no_seals() -> None:
    page = Page().text(200, 200, "请补充材料后再报", 60, RED).signature(800, 500, RED)
    page.draw.rectangle((300, 900, 410, 1010), outline=RED, width=8)
    page.text(315, 905, "张\n三", 40, RED)
    assert middles(page) == []


def test_a_page_without_red_has_no_seals() -> None:
    assert middles(Page().text(200, 200, "承担单位（盖章）")) == []


def test_what_a_seal_was_stamped_over_stays_and_its_red_goes() -> None:
    page = Page(1000, 1000).text(380, 470, "同意推荐上报", 40).seal(500, 490, strength=0.8)
    image = pixels(page)
    clean = without_seals(image, find_seals(image))
    assert int(clean[475:510, 385:620].min()) < 80
    empty = clean[560:640, 360:640]
    assert int(empty.min()) > 170
    assert float(empty.mean()) > 245


def test_red_writing_outside_of_a_seal_stays() -> None:
    page = Page().seal(500, 490).text(1000, 490, "张三", 60, RED)
    image = pixels(page)
    clean = without_seals(image, find_seals(image))
    assert (clean[480:560, 990:1130] == image[480:560, 990:1130]).all()


def test_colour_is_told_from_grey() -> None:
    assert not has_colour(pixels(Page().text(200, 200, "承担单位", 60)))
    assert has_colour(pixels(Page().seal(500, 490, strength=0.4)))
