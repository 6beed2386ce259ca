"""What a programme is: its forms, fields, checks, attachments and letters, as loaded from `templates/<programme>/`.

Everything here is data that a pack states; the engine knows no programme by name. `packs` builds these values and refuses a
pack that is not whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from formflow.model.checks import Check
from formflow.model.citation import Citation
from formflow.model.document import Document
from formflow.model.evaluation import EvaluationRules
from formflow.model.evidence import MediaRegistry
from formflow.model.measures import Measure
from formflow.model.policy import HonoursPolicy
from formflow.model.quota import Quota
from formflow.model.rubric import Rubric

FieldType = Literal["text", "month", "date", "number", "ratio", "money", "choice", "rows", "opinion"]
# What a type is called before people.
FIELD_TYPE_WORDS: Mapping[str, str] = {
    "text": "文字",
    "month": "年月",
    "date": "日期",
    "number": "数",
    "ratio": "比率",
    "money": "金额",
    "choice": "勾选",
    "rows": "多行表格",
    "opinion": "意见",
}
# Which page of the form a field stands on: the cover, or the body with its tables.
Region = Literal["cover", "body"]
# What a letter follows from. accepted and supplement are decided by a paper alone; the others are asked for by a person or a day.
Occasion = Literal[
    "accepted", "supplement", "sheet_returned", "extended", "rectify", "announced", "named", "circulated", "subsidised"
]
# Whether a letter is about one case (or one sheet), or about all that a programme did in a year.
Scope = Literal["case", "year"]
SCOPES: Mapping[Occasion, Scope] = {
    "accepted": "case",
    "supplement": "case",
    "sheet_returned": "case",
    "extended": "case",
    "rectify": "case",
    "announced": "year",
    "named": "year",
    "circulated": "year",
    "subsidised": "year",
}
PaperKind = Literal["application", "score_sheet", "honours", "evaluation", "decision_sheet", "evidence", "attachment"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a repeating block: its id (printed in JSON) and the printed heading."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form.

    `label` is what people see; `anchor` is the text printed on the blank before (or above, or around) the answer, without white
    space rules; empty when the answer stands alone (a date on the cover). `range_part` says which end of a printed "…至…" line the
    field takes. `accepts_none`: 无 is an answer. `also` are other wordings of the anchor seen in use.
    """

    id: str
    label: str
    type: FieldType
    anchor: str
    region: Region
    is_required: bool
    citation: Citation
    range_part: Literal["start", "end"] | None = None
    columns: tuple[Column, ...] = ()
    accepts_none: bool = False
    also: tuple[str, ...] = ()
    # Text and choice only: the printed options of check boxes; the answer is those that are ticked (text joins them by 、).
    options: tuple[str, ...] = ()
    # Opinions only: what must be there beside the text.
    wants_seal: bool = False
    wants_signature: bool = False
    wants_date: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A paper that must come with the form. `title_words`: it is recognised by a title that contains one of these.

    `severity` of its absence: "review" asks for it in the letter without holding the application back, "error" holds it back.
    """

    id: str
    label: str
    title_words: tuple[str, ...]
    contents: str
    severity: Literal["error", "review"]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of paper that is filled in: its blank, fields in printed order, checks, and how its case is told apart."""

    kind: PaperKind
    title: str
    blank: Document
    fields: tuple[Field, ...]
    checks: tuple[Check, ...]
    # Words that, standing alone in an answer, mean "nothing written" (待补充 …), beside dashes and strokes.
    placeholders: tuple[str, ...]

    def field(self, field_id: str) -> Field:
        for field in self.fields:
            if field.id == field_id:
                return field
        raise KeyError(field_id)


@dataclass(frozen=True, slots=True)
class CaseRule:
    """How papers of a programme find their case: `unit` fields name the one the case is about (first that is filled), `folder` fields
    name its folder, `year` fields give the cycle's year (first that is filled, else the day of arrival). `county` fields name the union
    above it, by which units are listed together."""

    unit: tuple[str, ...]
    folder: tuple[str, ...]
    year: tuple[str, ...]
    county: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs: the federation's full name, the office that deals with it, and how it is reached.

    For letters of a year's batch: `document_code` is the 机关代字 before 〔2026〕3号, `recipients` whom such a letter is addressed to
    (各县（市、区）总工会), `copies_to` the 抄送 list, `printed_by` the 印发机关; empty where a pack has no such letters.
    """

    name: str
    office: str
    address: str
    telephone: str
    contact: str
    document_code: str = ""
    recipients: str = ""
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""


@dataclass(frozen=True, slots=True)
class LetterSpec:
    """A letter of the pack: what it follows from, its title, its Word template's bytes, its GB/T 9704 kind.

    `layout`: "letter" is 信函格式 (10.1), "form" a white-headed form, "red_header" 通用格式 with 版头 and 版记. `is_binding` letters
    wait for approval.
    """

    id: str
    title: str
    on: Occasion
    layout: Literal["letter", "form", "red_header"]
    is_binding: bool
    template_name: str
    template: bytes


@dataclass(frozen=True, slots=True)
class Parameter:
    """A local or sourced number a letter or rule needs (days for 补正 …)."""

    id: str
    value: int
    unit: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Programme:
    """A whole pack. `version` is the pack's own version string, recorded with every case; `sha256` of its files likewise."""

    id: str
    name: str
    issuer: Issuer
    legal_basis: tuple[str, ...]
    copies: int
    forms: tuple[Form, ...]
    attachments: tuple[Attachment, ...]
    case_rule: CaseRule
    letters: tuple[LetterSpec, ...]
    parameters: Mapping[str, Parameter]
    # Sentences a letter prints, by Chinese key: 后续程序, 逾期后果 …; from letters.yaml.
    wording: Mapping[str, str]
    version: str
    sha256: str
    # What the sources do not give and the pack chose itself (`source: local`), one line each, for people.
    local_choices: tuple[str, ...] = ()
    # What reviewers score by; empty where the programme is not scored.
    rubrics: tuple[Rubric, ...] = ()
    # What honours are rewarded with; None where the programme rewards none.
    honours: HonoursPolicy | None = None
    # How measured criteria of the rubric are counted from the application.
    measures: tuple[Measure, ...] = ()
    # How its 会员评议 sheets are read and judged; None where the programme has none.
    evaluation: EvaluationRules | None = None
    # How many may be named in which years; empty where nobody says.
    quotas: tuple[Quota, ...] = ()
    # Which media are of which level; None where reports of the press count for nothing.
    media: MediaRegistry | None = None

    def form(self, kind: str) -> Form | None:
        return next((form for form in self.forms if form.kind == kind), None)
