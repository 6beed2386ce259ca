"""Which typeface has which part in an official document: its official name, and the open font that stands in for it."""

from __future__ import annotations

from dataclasses import dataclass

# The names the office's machines know; written into Word files whatever this machine has.
OFFICIAL = {
    "title": "方正小标宋简体",
    "body": "仿宋_GB2312",
    "heading": "黑体",
    "script": "楷体_GB2312",
    "song": "宋体",
}


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface's part: official name, other family names that are the same design, the shipped file and its family name."""

    role: str
    official: str
    same: tuple[str, ...]
    file: str
    stand_in: str


FACES = (
    Face("title", OFFICIAL["title"], ("方正小标宋_GBK", "方正小标宋简", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "小标宋"),
         "NotoSerifSC-Black.ttf", "Noto Serif SC Black"),
    Face("body", OFFICIAL["body"], ("仿宋", "FangSong_GB2312", "FangSong", "SimFang", "STFangsong", "华文仿宋", "方正仿宋简体", "方正仿宋_GBK"),
         "FandolFang-Formflow.ttf", "FandolFang Formflow"),
    Face("heading", OFFICIAL["heading"], ("SimHei", "方正黑体简体", "方正黑体_GBK", "STHeiti", "华文黑体"),
         "NotoSansSC-Medium.ttf", "Noto Sans SC Medium"),
    Face("script", OFFICIAL["script"], ("楷体", "KaiTi_GB2312", "KaiTi", "SimKai", "STKaiti", "华文楷体", "方正楷体简体", "方正楷体_GBK"),
         "LXGWWenKai-Regular.ttf", "LXGW WenKai"),
    Face("song", OFFICIAL["song"], ("SimSun", "NSimSun", "新宋体", "方正书宋简体", "方正书宋_GBK", "STSong", "华文宋体"),
         "NotoSerifSC-Regular.ttf", "Noto Serif SC"),
)  # fmt: skip
BY_ROLE = {face.role: face for face in FACES}
# Where a character is looked for that a face lacks: the widest first.
FALLBACK_ROLES = ("script", "song", "heading")
