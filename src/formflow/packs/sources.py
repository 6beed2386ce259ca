"""The YAML files of a pack, each as its schema, with the blanks its forms name; and every file that is no such thing, as problems.

In: a pack's files. Out: `Sources`. Whether the files fit together is not looked at here (see `load`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from formflow.errors import UnreadableError
from formflow.model.document import Document
from formflow.packs import crosscheck
from formflow.packs import schema as s
from formflow.packs.evaluation_schema import EvaluationFile
from formflow.packs.folder import EVALUATION, HONOURS, LETTERS, MEASURES, MEDIA, POLICY, PROGRAMME, RUBRIC, PackFolder
from formflow.packs.honours_schema import HonoursFile
from formflow.packs.measures import MeasuresFile
from formflow.packs.media import MediaFile
from formflow.packs.parts import Part
from formflow.packs.rubric_schema import RubricFile
from formflow.packs.strict_yaml import Problem, YamlFile, read_yaml
from formflow.packs.validate import validate
from formflow.reading.docx import read_docx

F = TypeVar("F", bound=Part)


@dataclass(frozen=True, slots=True)
class Source(Generic[F]):
    """A file of the pack, with its lines, and what it says."""

    file: YamlFile
    part: F


@dataclass(frozen=True, slots=True)
class FormSource:
    """A form's file; `blank` is None where there is none that can be read."""

    file: YamlFile
    part: s.FormFile
    blank: Document | None


@dataclass(frozen=True, slots=True)
class Sources:
    """All files of a pack; None where one is missing or does not fit its schema."""

    pack: PackFolder
    programme: Source[s.ProgrammeFile] | None
    policy: Source[s.PolicyFile] | None
    letters: Source[s.LettersFile] | None
    rubric: Source[RubricFile] | None
    honours: Source[HonoursFile] | None
    measures: Source[MeasuresFile] | None
    evaluation: Source[EvaluationFile] | None
    media: Source[MediaFile] | None
    forms: tuple[FormSource, ...]


def read_sources(pack: PackFolder) -> tuple[Sources, list[Problem]]:
    """The files, and what is wrong inside each of them."""
    found = _Found(pack)
    programme = found.parse(PROGRAMME, s.ProgrammeFile)
    sources = Sources(
        pack=pack,
        programme=programme,
        policy=found.parse(POLICY, s.PolicyFile),
        letters=found.parse(LETTERS, s.LettersFile),
        rubric=found.parse(RUBRIC, RubricFile),
        honours=found.parse(HONOURS, HonoursFile),
        measures=found.parse(MEASURES, MeasuresFile),
        evaluation=found.parse(EVALUATION, EvaluationFile),
        media=found.parse(MEDIA, MediaFile),
        forms=_forms(found, programme),
    )
    return sources, found.problems


@dataclass(slots=True)
class _Found:
    """What was found so far in one pack."""

    pack: PackFolder
    problems: list[Problem] = field(default_factory=list)

    def parse(self, name: str, schema: type[F]) -> Source[F] | None:
        """A file of the pack as its schema; what is wrong is added to the problems."""
        if name not in self.pack.files:
            return None
        file, problems = read_yaml(self.pack.files[name], self.pack.shown(name))
        self.problems.extend(problems)
        if file is None:
            return None
        part, mismatches = validate(file, schema)
        told = {problem.line for problem in problems}
        self.problems.extend(mismatch for mismatch in mismatches if mismatch.line not in told)
        return Source(file, part) if part else None


def _forms(found: _Found, programme: Source[s.ProgrammeFile] | None) -> tuple[FormSource, ...]:
    """The forms that programme.yaml lists; application.yaml alone where that cannot be read, so that its problems are told too."""
    known = [name for name in ("application.yaml",) if name in found.pack.files]
    sources: list[FormSource] = []
    for index, name in enumerate(programme.part.forms if programme else known):
        if name not in found.pack.files and programme:
            said = f"没有“{name}”这个文件；请放进来，或改正文件名。"
            found.problems.append(programme.file.problem(("forms", index), said))
        if form := found.parse(name, s.FormFile):
            blank = _blank(found, form)
            found.problems += crosscheck.check_form(form.file, form.part, blank)
            sources.append(FormSource(form.file, form.part, blank))
    return tuple(sources)


def _blank(found: _Found, form: Source[s.FormFile]) -> Document | None:
    """The blank form, None (and a problem) when it is missing or cannot be read."""
    name = form.part.blank
    data = found.pack.files.get(name)
    if data is None:
        said = f"没有空白表“{name}”；请把发给申报单位的 Word 空白表放进来，或改正文件名。"
        found.problems.append(form.file.problem(("blank",), said))
        return None
    try:
        return read_docx(data)
    except UnreadableError as error:
        said = f"空白表“{name}”打不开：{error.message.rstrip('。')}。请换上完好的 .docx 文件。"
        found.problems.append(form.file.problem(("blank",), said))
        return None
