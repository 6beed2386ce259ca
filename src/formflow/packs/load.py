"""`templates/<programme>/` → `Programme`, or one `PackError` with everything that is wrong in it.

Fails closed: an unknown key, a rule without a basis, a letter that asks for what nobody provides, all stop the pack. Reads files,
writes none; papers, samples and the register are not its concern.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from formflow.errors import PackError, UnreadableError
from formflow.model.document import Document
from formflow.model.programme import Programme
from formflow.packs import build, crosscheck, letters
from formflow.packs import schema as s
from formflow.packs.evaluation import (
    build_evaluation,
    build_quotas,
    check_evaluation,
    check_evaluation_parameters,
    check_quotas,
)
from formflow.packs.evaluation import local_choices as evaluation_choices
from formflow.packs.evaluation_schema import EvaluationFile
from formflow.packs.folder import (
    EVALUATION,
    HONOURS,
    LETTERS,
    MEASURES,
    MEDIA,
    POLICY,
    PROGRAMME,
    RUBRIC,
    PackFolder,
    check_changelog,
    check_names,
    read_folder,
)
from formflow.packs.honours import check_dated, check_honours, honours_policy
from formflow.packs.honours import local_choices as honours_choices
from formflow.packs.honours_schema import HonoursFile
from formflow.packs.measures import MeasuresFile, build_measures, check_measures
from formflow.packs.media import MediaFile, build_media, check_media
from formflow.packs.media import local_choices as media_choices
from formflow.packs.parts import Part
from formflow.packs.rubric import build_rubric, check_rubric
from formflow.packs.rubric import local_choices as rubric_choices
from formflow.packs.rubric_schema import RubricFile
from formflow.packs.strict_yaml import Problem, YamlFile, read_yaml
from formflow.packs.validate import validate
from formflow.reading.docx import read_docx

F = TypeVar("F", bound=Part)


def load_pack(folder: Path, *, with_letters: bool = True) -> Programme:
    """The pack in `folder`. Raises PackError with every problem found, each beginning `templates/x/y.yaml:12: `.

    `with_letters=False` leaves out the look into the Word templates of letters, for commands that write none: it costs more than
    all the rest.
    """
    programme, problems = _load(folder, with_letters)
    if programme is None or problems:
        raise PackError(tuple(str(problem) for problem in problems))
    return programme


def load_packs(templates: Path, *, with_letters: bool = True) -> tuple[Programme, ...]:
    """Every pack below `templates`, sorted by id. Raises one PackError with the problems of all of them."""
    folders = sorted(path for path in templates.iterdir() if _is_pack(path)) if templates.is_dir() else []
    loaded = [_load(folder, with_letters) for folder in folders]
    problems = [str(problem) for _, found in loaded for problem in found]
    if not folders:
        problems.append(f"{templates.name}: 这里没有项目模板；请运行 formflow init，或放入项目文件夹。")
    if problems:
        raise PackError(tuple(problems))
    return tuple(sorted((programme for programme, _ in loaded if programme), key=lambda programme: programme.id))


def _is_pack(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith((".", "_"))


@dataclass(slots=True)
class _Found:
    """What was found so far in one pack."""

    pack: PackFolder
    problems: list[Problem] = field(default_factory=list)

    def parse(self, name: str, schema: type[F]) -> tuple[YamlFile | None, F | None]:
        """A file of the pack as its schema; what is wrong is added to the problems."""
        if name not in self.pack.files:
            return None, None
        file, problems = read_yaml(self.pack.files[name], self.pack.shown(name))
        self.problems.extend(problems)
        if file is None:
            return None, None
        part, mismatches = validate(file, schema)
        told = {problem.line for problem in problems}
        self.problems.extend(mismatch for mismatch in mismatches if mismatch.line not in told)
        return file, part


@dataclass(frozen=True, slots=True)
class _FormSource:
    file: YamlFile
    part: s.FormFile
    blank: Document | None


def _load(folder: Path, with_letters: bool) -> tuple[Programme | None, list[Problem]]:
    try:
        pack = read_folder(folder)
    except OSError as error:
        where = error.filename or folder
        return None, [
            Problem(
                f"{folder.parent.name}/{folder.name}",
                0,
                f"读不了 {Path(where).name}；请检查文件是否存在、有没有读取权限。",
            )
        ]
    found = _Found(pack, list(check_names(pack)))
    file, head = found.parse(PROGRAMME, s.ProgrammeFile)
    policy_file, policy = found.parse(POLICY, s.PolicyFile)
    letters_file, letters_part = found.parse(LETTERS, s.LettersFile)
    rubric_file, rubric = found.parse(RUBRIC, RubricFile)
    honours_file, honours = found.parse(HONOURS, HonoursFile)
    measures_file, measures = found.parse(MEASURES, MeasuresFile)
    evaluation_file, evaluation = found.parse(EVALUATION, EvaluationFile)
    media_file, media = found.parse(MEDIA, MediaFile)
    forms = _forms(found, file, head)
    if file and head:
        found.problems += _check_programme(pack, file, head, forms)
    if policy_file and policy:
        found.problems += letters.check_parameters(policy_file, policy, letters_part)
        found.problems += check_dated(policy_file, policy)
    if letters_file and letters_part:
        found.problems += letters.check_letters(pack, letters_file, letters_part, with_letters)
    if file and head and letters_part:
        found.problems += letters.check_issuer(file, head, letters_part)
    if policy_file and policy:
        found.problems += check_quotas(policy_file, policy)
    if evaluation_file and evaluation:
        found.problems += check_evaluation(evaluation_file, evaluation)
    if evaluation and policy_file and policy:
        found.problems += check_evaluation_parameters(policy_file, policy)
    if rubric_file and rubric:
        found.problems += check_rubric(rubric_file, rubric)
    if honours_file and honours:
        found.problems += check_honours(honours_file, honours, policy)
    if measures_file and measures:
        application = next((form.part for form in forms if form.part.kind == "application"), None)
        found.problems += check_measures(measures_file, measures, rubric, application)
    if media_file and media:
        found.problems += check_media(media_file, media)
    problems = sorted(found.problems, key=lambda problem: (problem.file, problem.line))
    if problems or not (head and policy and letters_part):
        return None, problems
    programme = _programme(pack, head, policy, letters_part, forms)
    programme = _with_rubric(programme, rubric, head.source) if rubric else programme
    programme = _with_honours(programme, honours, policy, head.source) if honours else programme
    if measures:
        programme = replace(programme, measures=build_measures(measures, head.source))
    programme = _with_media(programme, media, head.source) if media else programme
    return _with_evaluation(programme, evaluation, policy, head.source), []


def _with_rubric(programme: Programme, rubric: RubricFile, source: str) -> Programme:
    choices = (*programme.local_choices, *rubric_choices(rubric))
    return replace(programme, rubrics=(build_rubric(rubric, source),), local_choices=choices)


def _with_media(programme: Programme, media: MediaFile, source: str) -> Programme:
    choices = (*programme.local_choices, *media_choices(media))
    return replace(programme, media=build_media(media, source), local_choices=choices)


def _with_evaluation(programme: Programme, part: EvaluationFile | None, policy: s.PolicyFile, source: str) -> Programme:
    return replace(
        programme,
        evaluation=build_evaluation(part, policy, source) if part else None,
        quotas=build_quotas(policy, source),
        local_choices=(*programme.local_choices, *evaluation_choices(part, policy)),
    )


def _with_honours(programme: Programme, honours: HonoursFile, policy: s.PolicyFile, source: str) -> Programme:
    choices = (*programme.local_choices, *honours_choices(honours))
    return replace(programme, honours=honours_policy(honours, policy, source), local_choices=choices)


def _forms(found: _Found, file: YamlFile | None, head: s.ProgrammeFile | None) -> list[_FormSource]:
    """The forms that programme.yaml lists; application.yaml alone where that cannot be read, so that its problems are told too."""
    names = head.forms if head else [name for name in ("application.yaml",) if name in found.pack.files]
    sources: list[_FormSource] = []
    for index, name in enumerate(names):
        if name not in found.pack.files and file:
            found.problems.append(file.problem(("forms", index), f"没有“{name}”这个文件；请放进来，或改正文件名。"))
        form_file, part = found.parse(name, s.FormFile)
        if form_file and part:
            blank = _blank(found, form_file, part)
            found.problems += crosscheck.check_form(form_file, part, blank)
            sources.append(_FormSource(form_file, part, blank))
    return sources


def _blank(found: _Found, file: YamlFile, part: s.FormFile) -> Document | None:
    """The blank form, None (and a problem) when it is missing or cannot be read."""
    data = found.pack.files.get(part.blank)
    if data is None:
        found.problems.append(
            file.problem(("blank",), f"没有空白表“{part.blank}”；请把发给申报单位的 Word 空白表放进来，或改正文件名。")
        )
        return None
    try:
        return read_docx(data)
    except UnreadableError as error:
        found.problems.append(
            file.problem(
                ("blank",), f"空白表“{part.blank}”打不开：{error.message.rstrip('。')}。请换上完好的 .docx 文件。"
            )
        )
        return None


def _check_programme(
    pack: PackFolder, file: YamlFile, head: s.ProgrammeFile, forms: list[_FormSource]
) -> Iterator[Problem]:
    if head.id != pack.name:
        yield file.problem(("id",), f"id 是“{head.id}”，文件夹名是“{pack.name}”；请改成一样的。")
    yield from check_changelog(pack, head.version)
    yield from crosscheck.repeated_ids(file, "attachments", [attachment.id for attachment in head.attachments])
    kinds: dict[str, _FormSource] = {}
    for form in forms:
        if (first := kinds.setdefault(form.part.kind, form)) is not form:
            yield form.file.problem(
                ("kind",),
                f"{first.file.name} 已经是“{form.part.kind}”；一个项目每种材料只能有一张表，请改 kind 或删去一张。",
            )
    if application := kinds.get("application"):
        yield from _check_case(file, head, application.part)
    elif len(forms) == len(head.forms):
        yield file.problem(("forms",), "没有 kind 是 application 的申请表；请补上。")


def _check_case(file: YamlFile, head: s.ProgrammeFile, application: s.FormFile) -> Iterator[Problem]:
    for key, wanted in (("unit", "text"), ("folder", "text"), ("year", "month"), ("county", "text")):
        for index, name in enumerate(getattr(head.case, key)):
            yield from crosscheck.field_reference(file, ("case", key, index), name, (wanted,), application.fields)


def _programme(
    pack: PackFolder, head: s.ProgrammeFile, policy: s.PolicyFile, letters_part: s.LettersFile, forms: list[_FormSource]
) -> Programme:
    return Programme(
        id=head.id,
        name=head.name,
        issuer=build.issuer(head.issuer),
        legal_basis=tuple(head.legal_basis),
        copies=head.copies,
        forms=tuple(build.form(form.part, form.blank, head.source) for form in forms if form.blank),
        attachments=build.attachments(head.attachments, head.source),
        case_rule=build.case_rule(head.case),
        letters=build.letters(letters_part, pack.files),
        parameters=build.parameters(policy, head.source),
        wording=build.wording(letters_part),
        version=head.version,
        sha256=pack.sha256,
        local_choices=build.local_choices(head, [form.part for form in forms], policy, letters_part),
    )
