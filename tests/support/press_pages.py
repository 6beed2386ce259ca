"""Pages of newspapers that never were, with their truth: invented stories, set as different papers set them and as extraction leaves them.

A `Story` is the truth; a setting turns several into the lines of a page. It knows nothing of the code that reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Story:
    """One article: headlines, who wrote it (`reporter` in the text's dateline, `byline` in a line of its own, `signed` in brackets at the
    end, `photo` under a picture), its paragraphs and headings between them (`sections`: before which paragraph each stands)."""

    title: str
    paragraphs: tuple[str, ...]
    over: tuple[str, ...] = ()
    subtitle: str = ""
    reporter: str = ""
    dateline: str = ""
    byline: str = ""
    signed: str = ""
    photo: str = ""
    author_unit: str = ""
    sections: tuple[tuple[int, str], ...] = ()

    @property
    def body(self) -> tuple[str, ...]:
        """The text's own lines, headings inside it among them."""
        sections = dict(self.sections)
        return tuple(
            line for at, text in enumerate(self.paragraphs) for line in (*filter(None, (sections.get(at),)), text)
        )

    @property
    def text(self) -> str:
        return "\n".join(self.body)


COOLING = Story(
    "烈日下的清凉驿站",
    (
        "7月4日中午，气温直逼36摄氏度。即墨环卫工人孙桂芳走进青岛市海泊社会工作服务中心设在墨河边的驿站，接过一瓶冰镇的绿豆汤。“以前只能蹲在树荫下歇脚，现在有空调、有座位，还能给手机充电。”她说。",
        "这处驿站由青岛市海泊社会工作服务中心承接运营，是“墨河清风”户外劳动者关爱项目的一部分。项目去年启动，已建成驿站26个，服务户外劳动者4.2万人次，满意率达98.6%。",
        "海泊社会工作服务中心负责人介绍，下一步将把理发、量血压、法律咨询等服务送到驿站，让更多劳动者在家门口享受到工会的关怀。",
    ),
    over=("户外劳动者有了歇脚的地方",),
    dateline="本报7月4日讯",
    reporter="记者 高远",
)  # fmt: skip
MEDIATION = Story(
    "一间调解室化解百起劳动纠纷",
    (
        "走进李沧区九水路上的职工法律服务站，墙上挂着十几面锦旗。青岛市齐衡法律服务社派驻在这里的调解员王春燕刚刚送走一位来讨要加班费的快递员。",
        "齐衡法律服务社去年与工会签订服务协议，安排12名律师轮流值班。一年来，服务站接待职工1300余人次，调解劳动争议107起，为职工挽回经济损失215万元。",
        "“小事不出企业，大事不出街道。”王春燕告诉记者，多数纠纷在半个月内就能化解，双方都省了打官司的时间。",
    ),
    byline="本报记者 于晓燕 通讯员 崔志强",
    subtitle="——青岛市齐衡法律服务社参与劳动争议调解见闻",
)  # fmt: skip
SCHOOL = Story(
    "暑期托管班开到了车间旁",
    (
        "本市首个建在工业园区里的职工子女暑期托管班日前在胶州开班，首批招收58名孩子，大多是园区双职工家庭的子女。",
        "托管班由园区工会牵头，胶州市启明青少年服务中心派出8名社工，开设书法、游泳、编程等课程。开班以来，家长们中午就能来看看孩子。",
        "装配车间职工刘凯说，往年一放假就发愁，今年孩子就在厂区旁边，下了班一起回家，心里踏实。",
    ),
    signed="宋雅琴",
)  # fmt: skip
PICTURE = Story(
    "巧手绣出新生活",
    (
        "日前，平度市同和街道的女职工在非遗工坊里学习刺绣。工坊由街道妇女手工协会开办，每周三晚上开课，已有90多名女职工结业。",
    ),
    photo="通讯员 姜丽 摄",
)
ESSAY = Story(
    "社会组织参与职工服务的几点思考",
    (
        "随着就业形态变化，职工的需求越来越细。只靠工会自己的力量，难以样样周全，把专业的事交给专业的人做，是一条可行的路子。",
        "购买服务之前要先摸清需求。问卷、座谈、蹲点都是好办法，关键是让职工自己说话，而不是坐在办公室里想象。",
        "评估不能走过场。谁来评、评什么、评完怎么用，都要事先写进合同，做到有据可查。",
    ),
    over=("工运论坛",),
    byline="■ 韩立群",
    author_unit="（作者单位：莱西市总工会）",
    sections=((1, "一、需求在前"), (2, "二、评估在后")),
)  # fmt: skip
AGENCY = Story(
    "快递小哥有了技能等级证书",
    (
        "全国首批快递员职业技能等级证书近日在杭州发放，340名一线快递员拿到了证书，凭证书每月可以多领一笔技能津贴。",
        "主管部门有关人士表示，今年还将组织10万人次的技能培训，帮助新就业群体提升本领，拓宽职业发展的通道。",
    ),
    dateline="新华社杭州7月3日电",
    reporter="记者 段菁菁",
)
TREE = Story(
    "浮山后的“解忧树”",
    (
        "市北区浮山后社区的一棵老槐树下，每周六上午都摆着一张小方桌。桌前坐的，是青岛市暖阳心理咨询中心的志愿者，职工有烦心事，都愿意来这里坐一坐。",
        "暖阳心理咨询中心成立6年，开展心理讲座83场，接听热线9700余次。中心主任臧敏说，听完对方的话，比急着给主意更要紧。",
        "出租车司机老辛因为连续熬夜和家里闹了矛盾，在树下聊了两回，又参加了中心的减压小组，如今成了组里的热心人。",
        "去年，暖阳心理咨询中心的“解忧树”项目走进17家企业，为一线职工做了5200份心理测评，其中的百余人得到了后续的一对一辅导。",
    ),
    over=("心理服务走进工间",),
    byline="□ 本报记者 丛珊 文/图",
    sections=((1, "一张方桌"), (3, "一条热线")),
)  # fmt: skip
LIGHT = Story(
    "港口夜班工人吃上了热乎饭",
    (
        "凌晨一点，前湾港的职工食堂灯火通明。吊车司机任海涛端着一碗热馄饨坐下，十分钟后他还要回到四十米高的驾驶室里。",
        "港口工会调查发现，夜班工人最盼的就是一口热饭。今年春天，工会拿出专项经费，与餐饮企业约定，夜里十一点到凌晨三点不熄火。",
        "三个月下来，夜宵窗口卖出热饭2.1万份，职工打分从过去的71分升到了95分。",
    ),
    dateline="本报讯",
    reporter="通讯员 牟文博",
)
STORIES = (COOLING, MEDIATION, SCHOOL, PICTURE, ESSAY, AGENCY, TREE, LIGHT)

Setting = Callable[[Sequence[Story]], list[str]]


def opening(story: Story) -> str:
    """The first paragraph as printed: with the dateline and who reports."""
    first = story.paragraphs[0]
    if story.dateline:
        return (
            f"{story.dateline}（{story.reporter}）{first}"
            if "电" in story.dateline
            else f"{story.dateline}（{story.reporter}） {first}"
        )
    return first


def heads_of(story: Story) -> list[str]:
    return [*story.over, story.title, *filter(None, (story.subtitle,))]


def text_of(story: Story) -> list[str]:
    """The lines below the headlines, paragraphs whole."""
    lines = [story.byline] if story.byline else []
    body = [opening(story) if line == story.paragraphs[0] else line for line in story.body]
    if story.signed:
        body[-1] += f"（{story.signed}）"
    lines += body
    return [*lines, *filter(None, (story.photo, story.author_unit))]


def plain(stories: Sequence[Story]) -> list[str]:
    """A daily's page: masthead and day on top, the staff at the foot."""
    lines = ["青岛日报", "2023年7月5日 星期三 第4版", "责任编辑：纪晓文 美编：穆青"]
    for story in stories:
        lines += [*heads_of(story), *text_of(story)]
    return [*lines, "新闻热线：0532-12345678", "A04"]


def indented(stories: Sequence[Story]) -> list[str]:
    """Paragraphs set in by two characters, a blank line between articles."""
    lines = ["大众日报 2023年7月5日 星期三 农历五月十八"]
    for story in stories:
        body = text_of(story)
        own = {story.byline, story.photo, story.author_unit, *(head for _, head in story.sections)}
        lines += ["", *heads_of(story), *(line if line in own else f"　　{line}" for line in body)]
    return lines


def set_in(text: str, ems: int) -> list[str]:
    """The text in lines of a column; a mark that ends a sentence hangs over its end."""
    lines, room = [""], 0.0
    for character in text:
        size = 1.0 if character > "\u2000" else 0.5
        if room + size > ems and character not in "，。、；：！？”）":
            lines.append("")
            room = 0.0
        lines[-1] += character
        room += size
    return lines


def wrapped(stories: Sequence[Story], width: int = 15) -> list[str]:
    """Every line of the columns a line of its own, as OCR and many converters leave them."""
    lines = ["青岛日报 2023年7月5日"]
    for story in stories:
        own = {story.byline, story.photo, story.author_unit, *(head for _, head in story.sections)}
        lines += heads_of(story)
        for line in text_of(story):
            if line in own:
                lines.append(line)
                continue
            lines += set_in(f"　　{line}", width)
    return lines


def in_ascii(stories: Sequence[Story]) -> list[str]:
    """With the marks an extraction turned into ASCII, no masthead, three blank lines here and there."""
    marks = str.maketrans("，：；？！（）", ",:;?!()")
    lines: list[str] = []
    for number, story in enumerate(stories):
        lines += [*([""] * (3 if number % 2 else 1)), *heads_of(story), *text_of(story)]
    return [line.translate(marks) for line in lines]


def broken_off(stories: Sequence[Story]) -> list[str]:
    """Each paragraph over two columns: cut where the column ended, in the middle of a sentence."""
    lines = ["2023年7月5日", "青岛日报"]
    for story in stories:
        lines += heads_of(story)
        for line in text_of(story):
            middle = len(line) // 2
            is_cut = len(line) > 60 and line[middle - 1] not in "。！？” ，" and line[middle] not in "。！？”，"
            lines += [line[:middle], line[middle:]] if is_cut else [line]
    return lines


def interrupted(stories: Sequence[Story]) -> list[str]:
    """The first article breaks off in its last paragraph; the rest stands behind the second."""
    first, second, *others = stories
    body = text_of(first)
    cut = body[-1].index("，", len(body[-1]) // 3) + 3
    lines = ["青岛日报 2023年7月5日 第2版", *heads_of(first), *body[:-1], body[-1][:cut]]
    lines += [*heads_of(second), *text_of(second), body[-1][cut:]]
    for story in others:
        lines += [*heads_of(story), *text_of(story)]
    return lines


def with_adverts(stories: Sequence[Story]) -> list[str]:
    """Between the articles what else stands on a page."""
    lines = ["青岛日报", "2023年7月5日"]
    between = (["广告", "电话：0532-87654321"], ["遗失声明"], ["第5版"], ["扫一扫 看视频"])
    for number, story in enumerate(stories):
        lines += [*heads_of(story), *text_of(story), *between[number % len(between)]]
    return lines


SETTINGS: dict[str, Setting] = {
    "plain": plain,
    "indented": indented,
    "wrapped": wrapped,
    "in_ascii": in_ascii,
    "broken_off": broken_off,
    "interrupted": interrupted,
    "with_adverts": with_adverts,
}
