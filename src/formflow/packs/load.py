"""`templates/<programme>/` → `Programme`, or one `PackError` with everything that is wrong in it.

Fails closed: an unknown key, a rule without a basis, a letter that asks for what nobody provides, all stop the pack. Reads files,
writes none; papers, samples and the register are not its concern.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from formflow.errors import PackError
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
from formflow.packs.folder import PackFolder, check_changelog, check_names, read_folder
from formflow.packs.honours import check_dated, check_honours, honours_policy
from formflow.packs.honours import local_choices as honours_choices
from formflow.packs.honours_schema import HonoursFile
from formflow.packs.measures import MeasuresFile, build_measures, check_measures
from formflow.packs.measures import local_choices as measure_choices
from formflow.packs.media import MediaFile, build_media, check_media
from formflow.packs.media import local_choices as media_choices
from formflow.packs.rubric import build_rubric, check_rubric
from formflow.packs.rubric import local_choices as rubric_choices
from formflow.packs.rubric_schema import RubricFile
from formflow.packs.sources import FormSource, Sources, read_sources
from formflow.packs.strict_yaml import Problem, YamlFile


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


def _load(folder: Path, with_letters: bool) -> tuple[Programme | None, list[Problem]]:
    try:
        pack = read_folder(folder)
    except OSError as error:
        said = f"读不了 {Path(error.filename or folder).name}；请检查文件是否存在、有没有读取权限。"
        return None, [Problem(f"{folder.parent.name}/{folder.name}", 0, said)]
    sources, problems = read_sources(pack)
    problems = [*check_names(pack), *problems, *_check(sources, with_letters)]
    if problems:
        return None, sorted(problems, key=lambda problem: (problem.file, problem.line))
    return _whole(sources), []


def _check(sources: Sources, with_letters: bool) -> Iterator[Problem]:
    """What is wrong between the files; a file that is missing or wrong in itself is passed over, for that has been said."""
    programme, policy, letters_file = sources.programme, sources.policy, sources.letters
    if programme:
        yield from _check_programme(sources.pack, programme.file, programme.part, sources.forms)
    if policy:
        yield from letters.check_parameters(policy.file, policy.part, letters_file.part if letters_file else None)
        yield from check_dated(policy.file, policy.part)
        yield from check_quotas(policy.file, policy.part)
    if letters_file:
        yield from letters.check_letters(sources.pack, letters_file.file, letters_file.part, with_letters)
    if sources.honours and letters_file:
        yield from letters.check_paying(letters_file.file, letters_file.part)
    if programme and letters_file:
        yield from letters.check_issuer(programme.file, programme.part, letters_file.part)
    if sources.rubric:
        yield from check_rubric(sources.rubric.file, sources.rubric.part)
    if sources.honours:
        yield from check_honours(sources.honours.file, sources.honours.part, policy.part if policy else None)
    if sources.media:
        yield from check_media(sources.media.file, sources.media.part)
    yield from _check_evaluation(sources)
    yield from _check_measures(sources)


def _check_evaluation(sources: Sources) -> Iterator[Problem]:
    if sources.evaluation:
        yield from check_evaluation(sources.evaluation.file, sources.evaluation.part)
        if sources.policy:
            yield from check_evaluation_parameters(sources.policy.file, sources.policy.part)


def _check_measures(sources: Sources) -> Iterator[Problem]:
    if sources.measures:
        application = next((form.part for form in sources.forms if form.part.kind == "application"), None)
        rubric = sources.rubric.part if sources.rubric else None
        media = sources.media.part if sources.media else None
        yield from check_measures(sources.measures.file, sources.measures.part, rubric, application, media)


def _whole(sources: Sources) -> Programme | None:
    """The programme of files that are right by themselves and together; None where one that every pack has is missing."""
    if not (sources.programme and sources.policy and sources.letters):
        return None
    head, policy = sources.programme.part, sources.policy.part
    programme = _programme(sources.pack, head, policy, sources.letters.part, sources.forms)
    if sources.rubric:
        programme = _with_rubric(programme, sources.rubric.part, head.source)
    if sources.honours:
        programme = _with_honours(programme, sources.honours.part, policy, head.source)
    if sources.measures:
        programme = _with_measures(programme, sources.measures.part, head.source)
    if sources.media:
        programme = _with_media(programme, sources.media.part, head.source)
    evaluation = sources.evaluation.part if sources.evaluation else None
    return _with_evaluation(programme, evaluation, policy, head.source)


def _with_rubric(programme: Programme, rubric: RubricFile, source: str) -> Programme:
    choices = (*programme.local_choices, *rubric_choices(rubric))
    return replace(programme, rubrics=(build_rubric(rubric, source),), local_choices=choices)


def _with_measures(programme: Programme, measures: MeasuresFile, source: str) -> Programme:
    choices = (*programme.local_choices, *measure_choices(measures))
    return replace(programme, measures=build_measures(measures, source), local_choices=choices)


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


def _check_programme(
    pack: PackFolder, file: YamlFile, head: s.ProgrammeFile, forms: tuple[FormSource, ...]
) -> Iterator[Problem]:
    if head.id != pack.name:
        yield file.problem(("id",), f"id 是“{head.id}”，文件夹名是“{pack.name}”；请改成一样的。")
    yield from check_changelog(pack, head.version)
    yield from crosscheck.repeated_ids(file, "attachments", [attachment.id for attachment in head.attachments])
    kinds: dict[str, FormSource] = {}
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
    pack: PackFolder,
    head: s.ProgrammeFile,
    policy: s.PolicyFile,
    letters_part: s.LettersFile,
    forms: tuple[FormSource, ...],
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
