"""The 说明 that lies beside a file a person has to look at: what it is, why it is there, what to do. Pure; the words are here."""

from __future__ import annotations

from datetime import datetime

from formflow.errors import FormflowError
from formflow.model.case import CODE_STEP, case_number

MOST_LISTED = 20
# By its first line the note about what waits in an inbox is known as ours.
WAITING_TITLE = "收件箱里等了一小时以上的文件（formflow 自动生成、自动更新，都处理完后自动删除）"
HELD_BACK_TITLE = "放不进发件箱的文件（formflow 自动生成、自动更新，都放进去后自动删除）"


def encoded(text: str) -> bytes:
    """As Notepad and WPS show it on every Windows: a byte order mark, and lines that end in CR LF."""
    return ("\ufeff" + text.replace("\n", "\r\n")).encode()


def set_aside(name: str, reason: str, remedy: str, received_at: datetime) -> str:
    """Beside a file that could not be dealt with."""
    return (
        f"文件：{name}\n收到时间：{_minute(received_at)}\n\n"
        f"为什么放在这里：{reason.rstrip('。')}。\n\n怎么办：{_remedy(name, remedy)}\n\n"
        "本文件夹里的原件没有被改动。处理好以后，把文件（或改好的文件）重新放进收件箱即可，本说明可以删除。\n"
    )


def _remedy(name: str, remedy: str) -> str:
    """What to do. Of a sheet saved as .csv nothing is left but its first page's text: it is not the file to go on with."""
    if name.lower().endswith((".csv", ".tsv")):
        return (
            "评分表、审批表等工作簿另存成 .csv 以后，格式和其他各页都丢了，不能用来登记。"
            "请打开原来的工作簿填写，存成 .xlsx 再放入；只有 .csv 的，在 Excel 或 WPS 里打开，另存为 .xlsx，核对无误后放入。"
        )
    return remedy or "请人工核对后处理。"


def duplicate(name: str, received_at: datetime, first_name: str, first_received_at: datetime, later: str = "") -> str:
    """Beside a file that had been received before. `later`: how the version is called that has taken its place since."""
    same = f"{_minute(received_at)} 收到的“{name}”与 {_minute(first_received_at)} 收到的“{first_name}”内容完全相同。\n"
    if later:
        return (
            f"{same}此后该单位又交过材料，案卷以{later}为准；本件没有重复登记，也没有再出具文书。\n"
            "如确实要改回这份内容，请用 Word 或 WPS 打开它，另存一次，再放进收件箱，将作为新的一次提交办理。\n"
        )
    return (
        f"{same}没有重复登记，也没有再出具文书；以前出具的文书仍然有效。\n"
        "如本意是提交改正后的材料，请核对文件是否改过并保存，再放进收件箱。\n"
    )


def repeated_inside(name: str, received_at: datetime) -> str:
    """Beside an archive or mail in which there was nothing new."""
    return (
        f"{_minute(received_at)} 收到的“{name}”里的文件以前都收到过，内容完全相同。\n"
        "没有重复登记，也没有再出具文书；以前出具的文书仍然有效。\n"
        "如本意是提交改正后的材料，请核对里面的文件是否改过并保存，再放进收件箱。\n"
    )


def waiting(count: int, oldest: tuple[tuple[str, datetime, str], ...]) -> str:
    """In an inbox: what has been lying there for more than an hour, `count` things; of the oldest, each name, since when, and why."""
    listed = "".join(
        f"\n{name}\n    从 {_minute(since)} 起；{reason.rstrip('。')}。\n" for name, since, reason in oldest
    )
    more = f"\n……共 {count} 个，完整的清单请运行 formflow cases。\n" if count > len(oldest) else ""
    return (
        f"{WAITING_TITLE}\n{listed}{more}\n"
        "这些文件没有被改动，也没有登记。请按上面说的处理；不需要的，从收件箱移走即可。本说明不是材料，不用理会。\n"
    )


def held_back(count: int, oldest: tuple[tuple[str, datetime, str], ...]) -> str:
    """In the outbox: what cannot be put there, `count` bundles; of the oldest, where each is to stand, since when, why and what to do."""
    listed = "".join(f"\n{name}\n    从 {_minute(since)} 起；{reason}。\n" for name, since, reason in oldest)
    more = f"\n……共 {count} 份，完整的清单请运行 formflow cases。\n" if count > len(oldest) else ""
    return (
        f"{HELD_BACK_TITLE}\n{listed}{more}\n"
        "这些都已经登记，没有丢失，也不会重办；其余文件照常放入。照上面说的处理好以后，会自动放进去。\n"
    )


def letter_failed(title: str, unit: str, serial: str, problem: FormflowError) -> str:
    """In place of a letter whose template is broken."""
    return (
        f"{unit}的{title}（编号 {serial}）没有写成。\n\n原因：{problem.message}\n\n"
        f"怎么办：{problem.remedy or '请检查文书模板。'}\n案卷已经登记。模板改好后，下次启动时自动补出这份文书，并收回本说明。\n"
    )


def unrecognised(programmes: tuple[str, ...]) -> tuple[str, str]:
    """Reason and remedy for a paper of no kind we know."""
    known = "、".join(f"《{name}》" for name in programmes)
    return (
        f"文件能读，但不是已知的申请表或附件（现有项目：{known}）",
        "请核对是否放错了文件；如果是申请表，请使用发放的空白表格填写，表格的标题和栏目名称不要改动。",
    )


def ambiguous(claims: tuple[str, ...]) -> tuple[str, str]:
    """Reason and remedy for a paper that several packs take for theirs."""
    return (
        f"文件同时像几种材料：{'、'.join(claims)}，不能确定归哪一种",
        "请人工确定属于哪个项目，改用该项目的空白表格填写后再放进收件箱。",
    )


def several(count: int) -> tuple[str, str]:
    """Reason and remedy for a file that holds several filled forms."""
    return (
        f"一个文件里有 {count} 份申请表，不能作为一份登记",
        "请把每一份分别存成一个 Word 文件，再放进收件箱。",
    )


def nothing_inside(papers: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Reason and remedy for an archive or mail without a single paper of ours; `papers` are the files inside and what is wrong with each."""
    shown = "".join(f"\n  {name}：{reason.rstrip('。')}" for name, reason in papers[:MOST_LISTED])
    more = f"\n  ……共 {len(papers)} 个文件" if len(papers) > MOST_LISTED else ""
    return (
        f"里面没有能办理的申请表或附件{shown}{more}",
        "请核对是否放错了文件；需要办理的，请按上面的说明改好后重新放进收件箱。",
    )


def nameless(labels: tuple[str, ...]) -> tuple[str, str]:
    """Reason and remedy for a form that does not say whose it is."""
    return (
        f"申请表没有写明是哪个单位的（{'、'.join(labels)}都是空的），无法立案",
        "请与报送人联系，补填单位名称后再放进收件箱。",
    )


def no_application(title: str) -> tuple[str, str]:
    """Reason and remedy for a form of a programme that is about many units."""
    return (
        f"这是《{title}》，不是一个单位的申报材料，不立案",
        "请人工留存；要看识读和核对的结果，可以运行 formflow check 加文件名。",
    )


def homeless(label: str) -> tuple[str, str]:
    """Reason and remedy for an attachment whose case cannot be told."""
    return (
        f"这是“{label}”，但找不到它属于哪一份申请（文中没有写明已收到申请的单位名称，或者同时提到几个单位）",
        "请把它和所属单位的申请表放进同一个文件夹，再把这个文件夹放进收件箱；申请表已收过的，一并放入也不会重复登记。",
    )


def sheet_of_nobody(programme_id: str, year: int, number: int) -> tuple[str, str]:
    """Reason and remedy for a 审核表 of a case we do not have."""
    return (
        f"这是一份审核表，但登记库里没有它的案卷（项目编码 {programme_id}，{year}年度，案卷号 {_case(year, number)}）",
        "请核对表头的项目编码、年度和案卷号是否改动过，是否放到了别的办公室的收件箱。",
    )


def _case(year: int, number: int) -> str:
    """As the sheet says it; of another year than the sheet's, if that is what it says."""
    return case_number(year, number) if number < CODE_STEP else case_number(*divmod(number, CODE_STEP))


def sheet_overtaken(unit: str, current: str) -> tuple[str, str]:
    """Reason and remedy for a 审核表 of a version that is not the latest; `current` is what the latest is called."""
    return (
        f"{unit}的这份审核表已经过时：此后又收到过该单位的材料，或者已按另一份审核表更正过，本表没有采用",
        f"请打开案卷文件夹里的“{current}.xlsx”，在那份表上填写更正，再放进收件箱。",
    )


def sheet_unclear(unit: str, problems: tuple[str, ...]) -> tuple[str, str]:
    """Reason and remedy for a 审核表 with corrections that cannot be taken."""
    listed = "".join(f"\n  {number}. {problem}" for number, problem in enumerate(problems, 1))
    return (
        f"{unit}的审核表里有 {len(problems)} 处更正看不明白，整份没有采用：{listed}",
        "请在本表上按上面说的改好“更正”一栏，保存后重新放进收件箱。",
    )


def sheet_of_another_year(unit: str, year: int, corrected: int) -> tuple[str, str]:
    """Reason and remedy for a correction that would make a case one of another cycle."""
    return (
        f"{unit}的案卷登记在 {year} 年度，按这份审核表更正后却属于 {corrected} 年度，整份没有采用",
        "年度不能用审核表更改。请核对申报时间；确属别的年度的，请把申请表另存或重新扫描一份放进收件箱，仍读错的请改用 Word 版。",
    )


def sheet_of_a_namesake(unit: str, namesake: str, year: int, number: int) -> tuple[str, str]:
    """Reason and remedy for a correction that would give a case the name of another one."""
    return (
        f"{unit}的审核表把单位名称更正成了“{namesake}”，而该单位已有案卷（案卷号 {case_number(year, number)}），整份没有采用",
        "请核对是不是同一个单位：是同一个单位的，请到那个案卷里办理；不是的，请把名称写得能够区别。",
    )


def scores_unclear(problems: tuple[str, ...]) -> tuple[str, str]:
    """Reason and remedy for a file with score sheets of which one cannot be placed, or was not read surely."""
    return (
        f"评分表不能登记{_listed(problems)}",
        "请核对单位名称、评分人和看不清的分数，改好后把整个文件重新放进收件箱；看不清的扫描件请改填空白评分表（score-sheet.xlsx）。",
    )


def votes_unclear(problems: tuple[str, ...]) -> tuple[str, str]:
    """Reason and remedy for an evaluation sheet whose counts cannot be right."""
    return (f"会员评议表有问题，没有登记{_listed(problems)}", "请与填报单位核对，改好后重新放进收件箱。")


def workbook_refused(title: str, problems: tuple[str, ...]) -> tuple[str, str]:
    """Reason and remedy for a workbook of ours that came back and cannot be taken; nothing of it was."""
    return (f"{title}不能照办，整张表都没有生效{_listed(problems)}", "请改好后把这张表重新放进收件箱。")


def workbook_of_nobody(title: str, programme_id: str) -> tuple[str, str]:
    """Reason and remedy for a workbook of a programme that is not there."""
    return (
        f"这张{title}属于项目“{programme_id}”，这里没有这个项目",
        "请核对是否放错了地方；项目文件夹移走了的，请放回 templates。",
    )


def _listed(problems: tuple[str, ...]) -> str:
    shown = "".join(f"\n  {number}. {problem.rstrip('。')}" for number, problem in enumerate(problems[:MOST_LISTED], 1))
    return shown + (f"\n  ……共 {len(problems)} 处" if len(problems) > MOST_LISTED else "")


def own_fault(reference: str) -> tuple[str, str]:
    """Reason and remedy when formflow itself failed."""
    return (
        f"formflow 处理这个文件时出现内部错误（记录编号 {reference}）",
        "文件本身可能没有问题。请把 state/log 文件夹里的记录和这个文件一起交给维护人员；升级后可重新放进收件箱。",
    )


def out_of_memory() -> tuple[str, str]:
    """Reason and remedy for a file that memory did not suffice for, several times."""
    return (
        "内存不够，这个文件试了几次都没有办成",
        "请拆成几个小一些的文件（如少放几张图片，扫描降到 200 dpi），或请管理员给这台机器加内存，再重新放进收件箱。",
    )


def _minute(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
