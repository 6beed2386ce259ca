"""Where a copy says what the blank prints: the chain that keeps the order, likeness in the gaps, swapped rows."""

from __future__ import annotations

from formflow.forms.anchors import find_hits
from formflow.forms.candidates import Hit
from formflow.forms.layout import lay_out
from formflow.forms.printed import printed_on
from formflow.model.document import Document
from support.papers import FORM, body, cover, document, table

PRINTED = printed_on(FORM)


def hits(paper: Document) -> dict[str, Hit]:
    return {hit.item.fields[0].id: hit for hit in find_hits(lay_out(paper), PRINTED) if hit.item.fields}


def test_the_blank_has_every_item_in_order_word_for_word() -> None:
    found = find_hits(lay_out(FORM.blank), PRINTED)
    assert [hit.item.order for hit in found] == [item.order for item in PRINTED.items]
    assert all(hit.likeness == 1 and hit.is_in_order for hit in found)


def test_an_item_is_found_at_most_once() -> None:
    paper = document(*cover(), body(), table(["申请单位", "甲"], ["所属行业", "乙"]))
    found = find_hits(lay_out(paper), PRINTED)
    assert len({hit.item.order for hit in found}) == len(found)


def test_the_real_label_outweighs_one_quoted_in_an_answer() -> None:
    paper = document(*cover(), table(["申请单位", "所属行业：写在这里"], ["所属行业", "纺织业"]))
    assert lay_out(paper).units[hits(paper)["industry"].unit].text == "所属行业"


def test_likeness_counts_only_between_the_neighbours() -> None:
    found = hits(document(*cover(), table(["申请单位", "甲"], ["所厲行业", "乙"], ["现状及应具备条件符合性", "丙"])))
    assert 0.7 <= found["industry"].likeness < 1
    elsewhere = hits(
        document(
            *cover(),
            table(["申请单位", "甲"], ["现状及应具备条件符合性", "丙"], ["1.经费来源", "丁"], ["所厲行业", "乙"]),
        )
    )
    assert "industry" not in elsewhere


def test_swapped_rows_are_found_and_marked() -> None:
    found = hits(document(*cover(), table(["所属行业", "乙"], ["申请单位", "甲"], ["现状及应具备条件符合性", "丙"])))
    assert {found["applicant"].is_in_order, found["industry"].is_in_order} == {True, False}


def test_labels_repeated_without_end_are_gone_through_once() -> None:
    found = hits(document(*cover(), body(), *["所属行业：乙"] * 20_000))
    assert lay_out(document(*cover(), body())).units[found["industry"].unit].text == "所属行业"
