"""Pieces that every letter is made of: who signs, dates, lists, and texts cut to what a line can bear. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

from formflow.letters.keys import WORDING_KEYS
from formflow.model.programme import Programme

# Longest text an answer or a finding may bring into a letter; what a clerk needs more of stands in the form itself.
# A letter must not cut the name of the one it is addressed to: the longest registered names have about 80.
NAME_LIMIT = 120
TEXT_LIMIT = 160
ELLIPSIS = "……"

_COPIES = {1: "一式一份", 2: "一式两份", 3: "一式三份", 4: "一式四份"}


def chinese_date(day: date | None) -> str:
    """2022年3月4日 (GB/T 9704 7.3.5.4: no leading zeros); "" for no day."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def shorten(text: str, limit: int = TEXT_LIMIT) -> str:
    """The text on one line, cut with …… when longer than `limit` characters. Marks that cannot be seen, and may turn the writing
    round, are left out."""
    line = "".join(char for char in " ".join(text.split()) if unicodedata.category(char) not in ("Cf", "Cc"))
    return line if len(line) <= limit else line[: limit - len(ELLIPSIS)].rstrip("，、；：（《“ ") + ELLIPSIS


def wording_of(programme: Programme) -> dict[str, str]:
    """The pack's own sentences by their keys; 份数要求 is said from the number of copies where it has none."""
    copies = _COPIES.get(programme.copies, f"一式{programme.copies}份")
    return dict.fromkeys(WORDING_KEYS, "") | {"份数要求": f"申报材料{copies}。"} | dict(programme.wording)


def issuer_words(programme: Programme) -> dict[str, str]:
    """Who signs and how they are reached, which programme it is and what it rests on."""
    issuer = programme.issuer
    return {"发文机关": issuer.name, "经办部门": issuer.office, "联系人": issuer.contact, "联系电话": issuer.telephone,
            "联系地址": issuer.address, "项目名称": programme.name, "依据": legal_basis(programme)}  # fmt: skip


def legal_basis(programme: Programme) -> str:
    """What the programme rests on, each document cited."""
    return "、".join(_cited(title) for title in programme.legal_basis).replace("》、《", "》《")  # GB/T 15834


def _cited(title: str) -> str:
    """A document's title in 《》; a date or number behind it in brackets stays outside."""
    match = re.fullmatch(r"([^《》]+?)((?:（[^（）]*）)?)", title.strip())
    return f"《{match[1]}》{match[2]}" if match else title.strip()


def numbered(items: Iterable[Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
    """The items with their 序号, from 1."""
    return tuple({"序号": str(number), **item} for number, item in enumerate(items, 1))


def sentence(text: str) -> str:
    """A sentence of its own, with its full stop; "" stays empty."""
    return f"{bare(text)}。" if text else ""


def bare(sentence: str) -> str:
    """A sentence for the middle of a line: shortened, without the mark at its end."""
    return shorten(sentence.strip().rstrip("。；;，, "))
