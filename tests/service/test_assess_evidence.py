"""What `formflow read` tells of a paper of evidence."""

from __future__ import annotations

from pathlib import Path

from formflow.packs import load_packs
from formflow.reading.reader import read_document
from formflow.service.assess import Assessment, assess
from support.press_pages import COOLING, LIGHT, SETTINGS

PROGRAMMES = load_packs(Path(__file__).resolve().parents[2] / "templates", with_letters=False)


def look_at(lines: list[str]) -> Assessment:
    [seen] = assess("报道.txt", "\n".join(lines).encode(), PROGRAMMES, read_document)
    return seen


def test_a_line_of_evidence() -> None:
    line = look_at(SETTINGS["plain"]([COOLING, LIGHT])).as_json()
    assert (line["programme"], line["kind"], line["complete"]) == ("qingdao-social-organisations", "evidence", True)
    rows = line["fields"]["articles"]["value"]
    assert [(row["title"], row["medium"], row["level"], row["date"]) for row in rows] == [
        (COOLING.title, "青岛日报", "municipal", "2023-07-05"),
        (LIGHT.title, "青岛日报", "municipal", "2023-07-05"),
    ]
    assert rows[0]["about"] == "海泊社会工作服务中心"
    assert "海泊社会工作服务中心" in rows[0]["sentence"]
    assert {"26", "42000", "98.6"} <= {claim["number"] for claim in line["fields"]["claims"]["value"]}
    assert line["findings"] == []


def test_what_is_not_told_needs_a_person() -> None:
    seen = look_at(SETTINGS["in_ascii"]([COOLING]))
    assert seen.kind == "evidence"
    assert not seen.is_complete
    assert {finding.code for finding in seen.findings} == {"low_confidence"}


def test_a_newspaper_that_tells_of_votes_and_honours_is_a_newspaper() -> None:
    told = (
        "本报讯（记者 高远）近日，某中心召开会员评议会，发出评议票150张，收回148张，其中满意127票、基本满意10票、不满意11票。"
        "该中心的“心灵港湾”项目被评为2022年全国工会联系引导社会组织服务职工优秀项目。"
    )
    assert look_at(["青岛日报 2023年7月5日", "评议会上听民声", told]).kind == "evidence"
