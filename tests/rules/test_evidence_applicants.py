"""By which names a text may call an applicant."""

from __future__ import annotations

import pytest

from formflow.rules.evidence_applicants import applicant_of


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("“新驿站”户外劳动者关爱项目", ("“新驿站”户外劳动者关爱项目", "新驿站项目")),
        ("法律援助直通车（二期）", ("法律援助直通车（二期）", "法律援助直通车")),
        ("“清风”项目", ("“清风”项目",)),
        ("“心灵港湾项目”(试点)", ("“心灵港湾项目”(试点)", "“心灵港湾项目”", "心灵港湾项目")),
        ("童心（一期）", ("童心（一期）",)),
    ],
)
def test_names_and_what_they_are_shortened_to(name: str, names: tuple[str, ...]) -> None:
    assert applicant_of("7", "标签", (name, "", name)).names == names


def test_every_name_of_the_form_is_one() -> None:
    found = applicant_of("7", "童心托管班", ("童心托管班", "青岛市童心公益发展中心"))
    assert (found.id, found.name) == ("7", "童心托管班")
    assert found.names == ("童心托管班", "青岛市童心公益发展中心")
