"""How the shipped font files were made, so that anyone can make them again and check them.

In: a folder with the upstream files (see `RECIPE`). Out: the files of `data/`. Needs fontTools, which formflow itself does not:
`python -m formflow.letters.fonts.build UPSTREAM_FOLDER`. Where upstream files come from is written in `LICENSES/README.md`.

Deliberately not done here: fetching anything, and touching LXGW WenKai, whose reserved font names forbid modified copies (it is
shipped byte for byte).
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

DATA = Path(__file__).parent / "data"
# Beyond GB2312: what official documents need and the code page lacks or maps elsewhere.
OFFICIAL_SIGNS = "〔〕—–―…·〇¥￥①②③④⑤⑥⑦⑧⑨⑩☑☐□■√✓×÷±≥≤～〜【】《》〈〉「」『』“”‘’、。，；：？！（）／％＋－．　─ "
# FandolFang's glyphs sit 85/1000 em lower in their box than those of the fonts beside it (国: ink -182..771; Noto: -97..859).
FANDOL_LIFT = 85


@dataclass(frozen=True, slots=True)
class Source:
    """One upstream file and what is done to it."""

    upstream: str
    target: str
    how: Literal["whole", "subset", "convert"]


RECIPE = (
    Source("NotoSerifSC_900Black.ttf", "NotoSerifSC-Black.ttf", "subset"),
    Source("NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular.ttf", "subset"),
    Source("NotoSansSC_500Medium.ttf", "NotoSansSC-Medium.ttf", "subset"),
    Source("LXGWWenKai-Regular.ttf", "LXGWWenKai-Regular.ttf", "whole"),
    Source("FandolFang-Regular.otf", "FandolFang-Formflow.ttf", "convert"),
)


def gb2312() -> frozenset[int]:
    """Every code point of GB2312 with ASCII and the official signs."""
    codes = {ord(char) for char in OFFICIAL_SIGNS} | set(range(0x20, 0x7F))
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                codes.add(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return frozenset(codes)


def subset(font: Any, codes: frozenset[int]) -> None:
    """Keep only the glyphs of `codes`; hinting, layout features and names that printing does not need are dropped."""
    from fontTools.subset import Options, Subsetter

    options = Options(hinting=False, layout_features=[], name_IDs=["*"], notdef_outline=True, glyph_names=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "STAT", "VDMX"]
    subsetter = Subsetter(options=options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def convert(font: Any) -> None:
    """CFF outlines to TrueType ones (reportlab embeds nothing else), lifted into the box, named as a changed font."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    order, glyph_set, glyphs = font.getGlyphOrder(), font.getGlyphSet(), {}
    for name in order:
        pen = TTGlyphPen(None)
        quadratic = Cu2QuPen(pen, max_err=1.0, reverse_direction=True)
        glyph_set[name].draw(TransformPen(quadratic, (1, 0, 0, 1, 0, FANDOL_LIFT)))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    for tag in ("CFF ", "VORG", "GSUB", "GPOS", "BASE", "DSIG", "vhea", "vmtx"):
        if tag in font:
            del font[tag]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
                  "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints",
                  "maxCompositeContours", "maxComponentDepth"):  # fmt: skip
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
    _rename_converted(font)


def _rename_converted(font: Any) -> None:
    """GPL-3.0 section 5(a): a changed file carries a notice that it was changed."""
    names = font["name"]
    notice = "Changed for formflow: outlines converted to TrueType and lifted by 0.085 em. GPL-3.0 with font exception."
    for record in list(names.names):
        text = {
            1: "FandolFang Formflow",
            3: "FandolFang-Formflow 1.300",
            4: "FandolFang Formflow",
            6: "FandolFang-Formflow",
        }
        if record.nameID in text:
            names.setName(text[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID)
    names.setName(notice, 10, 3, 1, 0x409)


def build(upstream: Path, target: Path = DATA) -> tuple[Path, ...]:
    """Make every shipped file from the upstream folder (searched with its sub-folders)."""
    from fontTools.ttLib import TTFont

    target.mkdir(parents=True, exist_ok=True)
    codes, made = gb2312(), []
    for source in RECIPE:
        found = next(iter(sorted(upstream.rglob(source.upstream))), None)
        if found is None:
            raise SystemExit(f"{source.upstream} is not under {upstream}; see LICENSES/README.md")
        path = target / source.target
        if source.how == "whole":
            shutil.copyfile(found, path)
        else:
            font = TTFont(found, recalcTimestamp=False)
            convert(font) if source.how == "convert" else subset(font, codes)
            font.save(path)
        made.append(path)
    return tuple(made)


if __name__ == "__main__":
    for made_file in build(Path(sys.argv[1])):
        print(f"{made_file.stat().st_size:>10} {made_file.name}")
