"""The words by which a paper shows what a line is: bylines, datelines, credits of pictures, ends of articles, the page's own furniture.

A text comes in, what was recognised goes out; nothing here knows what stood before or comes after.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# The commonest family names, which begin nearly all names; double ones first.
_DOUBLE = "欧阳|上官|司马|诸葛|司徒|东方|皇甫|尉迟|公孙|夏侯|令狐|慕容"
_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "韦贾夏付方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟"
    "申欧耿关焦左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司古吉缪简"
    "车项连芦麦褚娄窦戚岑党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师仇栾隋沙商荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封官谈匡"
    "鞠惠荆乐冀胥南班储原湛郁瘳燕楚鄢劳谌奚皮蔺楼盘冼花历厉景邸伏狄揭闻木翦鹿粟亓赖洪卓屠"
)
_NAME = rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[{_SINGLE}](?:[ 　][\u4e00-\u9fff]|[\u4e00-\u9fff]{{1,2}}))"
_NAMES = rf"{_NAME}(?:(?:[、,，/ 　]|\s)+{_NAME}){{0,5}}"
_ROLE = (
    r"(?:[\u4e00-\u9fff—\-]{0,12}?(?:日报|晚报|早报|晨报|时报|工人报|工人日报|都市报|网|在线|电视台|融媒体?中心))?"
    r"(?:本报|本刊|本网|本台|本社)?(?:全媒体|融媒体|特约|特派|见习|实习|首席|驻[\u4e00-\u9fff]{1,4}|文字|摄影|通讯)?(?:记者|通讯员|评论员|作者)"
)
_CREDITED = rf"{_ROLE}[:： 　]*{_NAMES}"
_DID = r"(?:摄影报道|图文报道|综合报道|报道|文/图|图/文|文并摄|文图|采写|整理|撰文|撰稿|编译|/文|文)"
_HEADS = "■□☑☐●○◆◇◎▲△★☆▶▷※►◢◤"

_AGENCIES = r"(?:新华社|新华网|中新社|中新网|中国新闻社|人民网|中工网|央视网|央广网|光明网)"
# How a report begins: the paper or agency that reports, and who.
_DATELINE = re.compile(
    rf"^[【\[〔(（]?(?:(?:本报|本刊|本网|本台)(?:[\u4e00-\u9fff]{{2,6}})?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:综合)?(?:讯|电|消息)"
    rf"|(?P<agency>{_AGENCIES})[\u4e00-\u9fff]{{0,8}}(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:电|讯))[】\]〕)）]?\s*"
)
_WHO_IN_BRACKETS = re.compile(rf"^[(（\[]\s*(?P<who>(?:{_CREDITED}[ 　,，、/]*)+(?:{_DID})?)\s*[)）\]]\s*")
_WHO_BEHIND_DATELINE = re.compile(rf"^(?P<who>(?:{_CREDITED}(?:\s+|[)）】]\s*))+)")
_WHO_REPORTS = re.compile(rf"^(?P<who>(?:{_CREDITED}\s*)+)(?:摄影|图文|综合)?报道\s*[:：]?\s*")
_WHO_ALONE = re.compile(
    rf"^[{_HEADS}\s/(（]*(?P<who>(?:{_CREDITED}[ 　,，、/]*)+(?:{_DID})?(?:[ 　/]*{_NAMES}\s*(?:/?(?:摄影?|图|供图)))?)[)）\s]*$"
)
_MARKED_NAME = re.compile(rf"^[{_HEADS}]\s*(?:文|图|作者|撰文)?[/:： 　]*(?P<who>{_NAMES})\s*(?:{_DID})?$")
_NAMES_ALONE = re.compile(
    rf"^(?:作者|撰文|撰稿|文|文/图|图/文|执笔|口述|整理)\s*[:：/ 　]\s*(?P<who>{_NAMES})$|^(?P<bare>{_NAMES})\s*(?:/?文)?$"
)

_CREDIT = re.compile(
    rf"(?:^|[\s。！”)）])(?P<who>(?:{_ROLE})?[:： 　]*(?:{_NAMES}|[\u4e00-\u9fff]{{2,12}}(?:工会|中心|公司|局|社))\s*/?(?:摄影报道|图文报道|摄影?|供图|图))[)）]?\s*$"
)
_LONGEST_CREDIT = 200
_CAPTION = re.compile(
    r"^(?:图为|上图|下图|左图|右图|图[①-⑩一二三四五1-9]?[:：]|[▲△▼▽←↑→↓]|图片说明)|(?:资料图片?|视频截图|供图|图片由[^。]{2,20}提供)[)）]?$"
)
_SIGNATURE = re.compile(
    rf"[(（]\s*(?P<who>(?:{_ROLE})?[:： 　]*{_NAMES}(?:\s+(?:{_ROLE})?[:： 　]*{_NAMES})*)\s*[)）]\s*$"
)
_AUTHOR_UNIT = re.compile(r"^[(（]?\s*(?:作者|笔者)(?:单位|系|为|是|简介)[:： 　]?\S")

_SOURCE = re.compile(
    r"(?:^|[\s(（|｜])(?P<how>稿件来源|信息来源|文章来源|消息来源|来源|稿源|原载于?|转载自|转载于|转自|摘自|选自)\s*[:：]?\s*[《“\"]?(?P<name>[^\s《》“”\"()（）|｜:：,，。;；]{2,24})"
)
_DATE_LINE = re.compile(
    r"^(?:发布|发表|刊发|更新|日期|时间)?(?:时间|日期)?[:：]?\s*\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?(?P<rest>.*)$"
)
_WEEKDAY = re.compile(r"^(?:星期|周)[一二三四五六日天]|^农历|^[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年")
_FURNITURE = re.compile(
    r"^(?:第?\s*[A-Z]?\d{1,3}\s*版|[A-Z]?\d{1,3}|[A-Z]\d{2}[-/][A-Z]?\d{2})(?:\s|$)|^第[一二三四五六七八九十]+版|^(?:责任?编辑?|本版(?:主编|编辑|责编)|值班(?:主任|编委|总编)|美术?编辑?|美编|版式|"
    r"校对|检校|主编|执行主编|总编辑?|编审|审核|一审|二审|三审|视觉|组版|统筹|策划|监制|编辑)\s*[:：/ 　]|^(?:新闻)?(?:热线|电话|邮箱|传真|地址|网址|邮编|E-?mail)\s*[:：]|"
    r"^(?:https?://|www\.)|国内统一(?:连续出版物|刊)|邮发代号|^(?:总第|今日)\s*\d+\s*[期版]|^当前位置|^您(?:现在)?(?:的|所在)|^(?:上一篇|下一篇|相关(?:阅读|新闻|链接)|打印(?:本页|[:：]|$)|关闭(?:窗口|$)|分享到?(?:[:：]|$)|字号|(?:浏览|阅读|点击)(?:次数|量|数)|扫一扫|"
    r"返回(?:首页|顶部|目录|上页)|版权(?:所有|声明)|免责声明|京ICP|备案|(?:主办|主管|承办|协办)(?:单位)?[:：])|^\W*(?:广告|公告|启事|遗失声明)\W*$|[@＠][a-z0-9-]+\.|^\W+$",
    re.IGNORECASE,
)
_ADVERT = re.compile(r"(?:电话|热线|手机|咨询|订购|联系人|地址)[^。，]{0,8}?[:：]?\s*\d[\d-]{6,}")
_NOTHING_ELSE = re.compile(r"(?:农历[\u4e00-\u9fff]{2,8}|[\s\d年月日版第期总星周一二三四五六七八九十A-Z.,，:：/|·—-])*")
_PRESS = re.compile(
    r"^(?P<name>[\u4e00-\u9fff]{2,10}(?:日报|晚报|早报|晨报|时报|商报|工人报|职工报|都市报|导报|周报|电视台|新闻网|工报))(?P<rest>.*)$"
)
# The head of a page, as it is printed or pasted: the paper, the day, the page and what it is called (民生).
_PAGE_HEAD = re.compile(
    r"^(?P<name>[\u4e00-\u9fff]{2,9}(?:报|讯|刊|台|网))[ 　,，|｜]*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日[^。！？]{0,20}?(?:第?\s*[A-Z]?\d{1,3}|第[一二三四五六七八九十]{1,3})\s*版[^。！？]{0,12}$"
)


@dataclass(frozen=True, slots=True)
class Lead:
    """How a text begins: who reports (as printed, "" if unsaid), the agency that does ("" if it is the paper itself), and the text behind."""

    who: str
    agency: str
    rest: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text says it was taken from. `is_reprint`: it says so in as many words."""

    name: str
    is_reprint: bool


def lead_of(text: str) -> Lead | None:
    """The dateline or reporting byline a text begins with, None if it begins with neither."""
    bare = text.strip()
    dateline = _DATELINE.match(bare)
    rest = bare[dateline.end() :] if dateline else bare
    who = (_WHO_IN_BRACKETS.match(rest) if dateline else None) or _WHO_REPORTS.match(rest)
    who = who or (_WHO_BEHIND_DATELINE.match(rest) if dateline else None)
    if dateline is None and who is None:
        return None
    rest = rest[who.end() :] if who else rest
    return Lead(
        _tidy(who["who"]) if who else "", (dateline["agency"] or "") if dateline else "", rest.lstrip(":： 　\t")
    )


@lru_cache(maxsize=4096)
def byline_of(text: str) -> str | None:
    """Who wrote it, where a line says nothing else."""
    bare = text.strip()
    if len(bare) > 60:
        return None
    found = _WHO_ALONE.match(bare) or _MARKED_NAME.match(bare)
    if found and not _CREDIT.search(bare):
        return _tidy(found["who"])
    return None


def names_alone(text: str) -> str | None:
    """Names without a word beside them: a byline only where one is expected."""
    found = _NAMES_ALONE.match(text.strip())
    return _tidy(found["who"] or found["bare"]) if found and len(text) <= 24 else None


def credit_of(text: str) -> str | None:
    """Who took the picture, where a text ends in that."""
    found = _credit_in(text.strip())
    return _tidy(found["who"]) if found else None


def without_credit(text: str) -> str:
    """The text before the credit of its picture."""
    found = _credit_in(text.strip())
    return text.strip()[: found.start("who")].rstrip(" 　(（") if found else text


def _credit_in(text: str) -> re.Match[str] | None:
    """The credit a text ends in; it is no longer than a line, so only the end is searched."""
    return _CREDIT.search(text, max(0, len(text) - _LONGEST_CREDIT))


def is_caption(text: str) -> bool:
    """Whether a text says what a picture shows."""
    return bool(_CAPTION.search(text.strip()))


def signature_of(text: str) -> str | None:
    """The name in brackets a text ends in."""
    found = _SIGNATURE.search(text.strip())
    return _tidy(found["who"]) if found else None


def without_signature(text: str) -> str:
    """The text before the name in brackets it ends in."""
    found = _SIGNATURE.search(text.rstrip())
    return text.rstrip()[: found.start()].rstrip() if found else text


def is_author_unit(text: str) -> bool:
    """Whether a line says where an author works."""
    return bool(_AUTHOR_UNIT.match(text.strip()))


def source_of(text: str) -> Source | None:
    """Where a short line says its text comes from."""
    found = _SOURCE.search(text.strip()) if len(text) <= 120 else None
    if found is None or (found.start() > 0 and len(text) > 80):
        return None
    return Source(
        found["name"].rstrip('》”"'), found["how"] not in ("来源", "稿件来源", "信息来源", "文章来源", "稿源")
    )


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page and to no article: its number, day, staff, telephone."""
    bare = text.strip()
    if len(bare) > 100 or "。" in bare:
        return False
    dated = _DATE_LINE.match(bare)
    if len(bare) <= 60 and _ADVERT.search(bare):
        return True
    is_dated = dated is not None and len(dated["rest"]) <= 60 and "。" not in bare
    return (
        is_dated or bool(_FURNITURE.search(bare) or _WEEKDAY.match(bare) or masthead_of(bare)) or _is_source_line(bare)
    )


def masthead_of(text: str) -> str | None:
    """The name of a paper, where a line says nothing but that and when or on which page, as heads of pages do."""
    bare = text.strip()
    if head := _PAGE_HEAD.match(bare):
        return head["name"]
    found = _PRESS.match(re.sub(r"(?<=[\u4e00-\u9fff])[ 　](?=[\u4e00-\u9fff](?:[ 　]|$))", "", bare))
    if found is None or not _NOTHING_ELSE.fullmatch(found["rest"]):
        return None
    return found["name"]


def _is_source_line(text: str) -> bool:
    source = _SOURCE.search(text)
    return source is not None and source.start() == 0 and "。" not in text


def _tidy(who: str) -> str:
    return re.sub(r"\s+", " ", who).strip(" ,，、/:：)）】")
