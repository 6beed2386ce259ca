"""Whether a pack's letters can be written: every decision has its letter, every template exists and asks only for what is provided."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from formflow.errors import FormflowError
from formflow.letters.compose import PROVIDED_KEYS, WORDING_KEYS
from formflow.packs import schema as s
from formflow.packs.crosscheck import repeated_ids
from formflow.packs.folder import PackFolder
from formflow.packs.strict_yaml import Problem, YamlFile

_DECISIONS = {"accepted": "材料齐全（accepted）", "supplement": "需要补正（supplement）"}
# Parameters that the engine counts with: the unit each must have, and the largest number that makes sense in it (a year).
_PARAMETERS = {"supplement_working_days": ("工作日", 250)}


def check_parameters(file: YamlFile, policy: s.PolicyFile) -> Iterator[Problem]:
    """The parameters the engine needs are there, in their unit, of a size it can count with, and none twice."""
    yield from repeated_ids(file, "parameters", [parameter.id for parameter in policy.parameters])
    given = {parameter.id: index for index, parameter in enumerate(policy.parameters)}
    for wanted, (unit, largest) in _PARAMETERS.items():
        if wanted not in given:
            said = f"缺少参数“{wanted}”（单位：{unit}）；请补上，来源没有规定的写 {{source: local, clause: 说明}}。"
            yield file.problem(("parameters",), said)
        elif (found := policy.parameters[given[wanted]].unit) != unit:
            said = f"参数“{wanted}”的单位是“{found}”，应为“{unit}”；请改正并核对数值。"
            yield file.problem(("parameters", given[wanted], "unit"), said)
        elif not 1 <= (value := policy.parameters[given[wanted]].value) <= largest:
            said = f"参数“{wanted}”写的是 {value}，应在 1 至 {largest} {unit}之间；请改正。"
            yield file.problem(("parameters", given[wanted], "value"), said)


def check_letters(pack: PackFolder, file: YamlFile, part: s.LettersFile, with_letters: bool) -> Iterator[Problem]:
    """Everything about letters.yaml; `with_letters` says whether to look into the Word templates."""
    yield from repeated_ids(file, "letters", [letter.id for letter in part.letters])
    for decision, words in _DECISIONS.items():
        count = sum(letter.when == decision for letter in part.letters)
        if count != 1:
            yield file.problem(("letters",), f"{words}时应有一种文书，现在有 {count} 种；请补上或删去多余的。")
    for missing in (key for key in WORDING_KEYS if key not in part.wording):
        yield file.problem(("wording",), f"缺少“{missing}”的说法；请补上 text 和 basis。")
    used: set[str] = set()
    for index, letter in enumerate(part.letters):
        if letter.template not in pack.files:
            yield file.problem(
                ("letters", index, "template"), f"没有文书模板“{letter.template}”；请放进来，或改正文件名。"
            )
        elif with_letters:
            keys, problems = _template_keys(pack, file, index, letter)
            yield from problems
            yield from _check_keys(pack, letter, keys, PROVIDED_KEYS | set(part.wording))
            used |= keys
    if with_letters and used:
        yield from _unused_wording(file, part, used)


def _template_keys(
    pack: PackFolder, file: YamlFile, index: int, letter: s.LetterPart
) -> tuple[frozenset[str], tuple[Problem, ...]]:
    from formflow.letters.word import template_keys  # docxtpl is slow to import; `read` never gets here

    try:
        return template_keys(pack.files[letter.template], name=letter.template), ()
    except FormflowError as error:
        said = f"{error.message}{'' if error.message.endswith('。') else '。'}{error.remedy}"
        return frozenset(), (file.problem(("letters", index, "template"), said),)


def _check_keys(
    pack: PackFolder, letter: s.LetterPart, keys: frozenset[str], provided: set[str] | frozenset[str]
) -> Iterator[Problem]:
    for key in sorted(keys - provided):
        near = get_close_matches(key, provided, n=1, cutoff=0.5)
        hint = f"是否想写“{near[0]}”？" if near else "请从模板中删去，或在 letters.yaml 的 wording 里补上这个说法。"
        yield Problem(pack.shown(letter.template), 0, f"模板用了没有的标签“{key}”，{hint}")


def _unused_wording(file: YamlFile, part: s.LettersFile, used: set[str]) -> Iterator[Problem]:
    """A wording that no template prints is most likely a slip for one that is."""
    for key in part.wording:
        if key not in used and key not in WORDING_KEYS:
            yield file.problem(("wording", key), f"没有哪个文书模板用到“{key}”；请改成模板里的标签，或删去。")
