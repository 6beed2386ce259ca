"""Whether a pack's letters can be written: every decision has its letter, every template exists and asks only for what is provided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from formflow.errors import FormflowError
from formflow.letters.keys import KEYS, WORDING_KEYS
from formflow.model.programme import Occasion
from formflow.packs import schema as s
from formflow.packs.crosscheck import repeated_ids
from formflow.packs.folder import PackFolder
from formflow.packs.strict_yaml import Problem, YamlFile

_DECISIONS = {"accepted": "材料齐全（accepted）", "supplement": "需要补正（supplement）"}
# What these letters say binds; they wait until somebody approves them.
_BINDING: Mapping[Occasion, str] = {
    "announced": "公示",
    "named": "命名决定",
    "extended": "延期通知",
    "rectify": "限期整改通知",
    "circulated": "通报",
    "subsidised": "补助通知",
}
# Parameters that the engine counts with: the unit each must have, and the largest number that makes sense in it (a year).
_PARAMETERS = {"supplement_working_days": ("工作日", 250)}
_PARAMETERS_OF: Mapping[Occasion, dict[str, tuple[str, int]]] = {
    "announced": {"publicity_working_days": ("工作日", 60)},
}


def check_parameters(file: YamlFile, policy: s.PolicyFile, letters: s.LettersFile | None = None) -> Iterator[Problem]:
    """The parameters the engine needs are there, in their unit, of a size it can count with, and none twice."""
    needed = dict(_PARAMETERS)
    for letter in letters.letters if letters else ():
        needed |= _PARAMETERS_OF.get(letter.when, {})
    yield from repeated_ids(file, "parameters", [parameter.id for parameter in policy.parameters])
    given = {parameter.id: index for index, parameter in enumerate(policy.parameters)}
    for wanted, (unit, largest) in needed.items():
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
    yield from _check_occasions(file, part)
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
            yield from _check_keys(pack, letter, keys, KEYS[letter.when] | set(part.wording))
            used |= keys
    if with_letters and used:
        yield from _unused_wording(file, part, used)


def check_paying(file: YamlFile, part: s.LettersFile) -> Iterator[Problem]:
    """A pack whose honours are rewarded says with what letter: money that is decided on must be told."""
    if not any(letter.when == "subsidised" for letter in part.letters):
        said = "有 honours.yaml（按荣誉补助），却没有补助通知；请补上一种 when: subsidised 的文书，不补助就删去 honours.yaml。"
        yield file.problem(("letters",), said)


def check_issuer(file: YamlFile, head: s.ProgrammeFile, part: s.LettersFile) -> Iterator[Problem]:
    """What letters with a 发文字号 or a 版记 print of the issuer is there."""
    whens = [letter.when for letter in part.letters]
    is_red = any(letter.layout == "red_header" for letter in part.letters)
    needs = {
        "document_code": (
            any(when in _BINDING for when in whens),
            "机关代字（发文字号里〔年份〕前面的字，如“通工发”）",
        ),
        "recipients": (is_red, "主送机关（如“各县（市、区）总工会”）"),
        "printed_by": (is_red, "印发机关（印在版记里，如“某市总工会办公室”）"),
    }
    for key, (is_needed, words) in needs.items():
        if is_needed and getattr(head.issuer, key) is None:
            yield file.problem(("issuer",), f"缺少 {key}：{words}；letters.yaml 里有的文书要印，请在 issuer 里补上。")


def _check_occasions(file: YamlFile, part: s.LettersFile) -> Iterator[Problem]:
    """At most one letter for an occasion; what binds waits for approval; a 公示 is none of the kinds a red head may bear."""
    first: dict[str, str] = {}
    for index, letter in enumerate(part.letters):
        if letter.when not in _DECISIONS and first.setdefault(letter.when, letter.id) != letter.id:
            said = f"“{first[letter.when]}”已经用于 {letter.when}；一种情形只发一种文书，请删去多余的。"
            yield file.problem(("letters", index, "when"), said)
        if letter.when in _BINDING and not letter.binding:
            said = f"{_BINDING[letter.when]}要经批准才能印发，binding 应写 true。"
            yield file.problem(("letters", index, "binding"), said)
        if letter.binding and letter.when not in _BINDING:
            said = f"{letter.when} 的文书办理后随即发出，不经批准；binding 应写 false。"
            yield file.problem(("letters", index, "binding"), said)
        if letter.when == "announced" and letter.layout == "red_header":
            said = "公示不是法定公文种类，不能用红头（red_header）；layout 请写 form 或 letter。"
            yield file.problem(("letters", index, "layout"), said)


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
