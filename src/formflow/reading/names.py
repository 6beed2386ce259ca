"""The element and attribute names of WordprocessingML that mean something to us, in lxml's {namespace}name form.

Strict documents are brought to these (Transitional) namespaces before they are parsed, see `package`.
"""

from __future__ import annotations

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = f"{{{W_NS}}}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_R = f"{{{R_NS}}}"

# Blocks
DOCUMENT, BODY, P, TBL, TR, TC = (_W + name for name in ("document", "body", "p", "tbl", "tr", "tc"))
ALT_CHUNK = _W + "altChunk"
# Wrappers
SDT, SDT_CONTENT, SDT_PR, SHOWING_PLACEHOLDER = (_W + name for name in ("sdt", "sdtContent", "sdtPr", "showingPlcHdr"))
CUSTOM_XML, SMART_TAG, HYPERLINK, FLD_SIMPLE = (
    _W + name for name in ("customXml", "smartTag", "hyperlink", "fldSimple")
)
INS, DEL, MOVE_FROM, MOVE_TO, DIR, BDO = (_W + name for name in ("ins", "del", "moveFrom", "moveTo", "dir", "bdo"))
DELETIONS = frozenset({DEL, MOVE_FROM})
CHECKBOX_14, CHECKED_14, VAL_14 = _W14 + "checkbox", _W14 + "checked", _W14 + "val"
ALTERNATE, CHOICE, FALLBACK = _MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"
# Paragraphs
PPR, PSTYLE, NUM_PR, NUM_ID, ILVL, TABS = (_W + name for name in ("pPr", "pStyle", "numPr", "numId", "ilvl", "tabs"))
LEADER = _W + "leader"
# Runs
R, RPR, T, TAB, PTAB, BR, CR = (_W + name for name in ("r", "rPr", "t", "tab", "ptab", "br", "cr"))
U, VANISH, RSTYLE, RFONTS = (_W + name for name in ("u", "vanish", "rStyle", "rFonts"))
STRIKE, DOUBLE_STRIKE, VERT_ALIGN = (_W + name for name in ("strike", "dstrike", "vertAlign"))
NO_BREAK_HYPHEN, SYM, FONT, CHAR, ASCII, HANSI = (
    _W + name for name in ("noBreakHyphen", "sym", "font", "char", "ascii", "hAnsi")
)
RUBY, RUBY_BASE = _W + "ruby", _W + "rubyBase"
OMATH, OMATH_PARA, MATH_T = _M + "oMath", _M + "oMathPara", _M + "t"
# Fields
FLD_CHAR, FLD_CHAR_TYPE, FF_DATA = _W + "fldChar", _W + "fldCharType", _W + "ffData"
FF_CHECKBOX, FF_CHECKED, FF_DEFAULT = _W + "checkBox", _W + "checked", _W + "default"
FF_LIST, FF_RESULT, FF_ENTRY = _W + "ddList", _W + "result", _W + "listEntry"
# Drawings
DRAWING, PICT, OBJECT, TXBX_CONTENT = (_W + name for name in ("drawing", "pict", "object", "txbxContent"))
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
EMBED, RELATIONSHIP_ID = _R + "embed", _R + "id"
# Tables
TR_PR, TC_PR = _W + "trPr", _W + "tcPr"
GRID_BEFORE, GRID_SPAN = _W + "gridBefore", _W + "gridSpan"
V_MERGE, H_MERGE = _W + "vMerge", _W + "hMerge"
CELL_DEL, CELL_MERGE = _W + "cellDel", _W + "cellMerge"
# Styles and numbering
STYLE, STYLE_ID, BASED_ON, NAME, DEFAULT, TYPE = (
    _W + name for name in ("style", "styleId", "basedOn", "name", "default", "type")
)  # fmt: skip
ABSTRACT_NUM, ABSTRACT_NUM_ID, NUM, NUM_STYLE_LINK, STYLE_LINK = (
    _W + name for name in ("abstractNum", "abstractNumId", "num", "numStyleLink", "styleLink")
)  # fmt: skip
LVL, LVL_OVERRIDE, START, START_OVERRIDE, LVL_TEXT, NUM_FMT, IS_LGL, LVL_RESTART = (
    _W + name for name in ("lvl", "lvlOverride", "start", "startOverride", "lvlText", "numFmt", "isLgl", "lvlRestart")
)  # fmt: skip
FORMAT = _W + "format"
# Beside the body
FOOTNOTE, ENDNOTE, COMMENT = (_W + name for name in ("footnote", "endnote", "comment"))
FOOTNOTE_REFERENCE, ENDNOTE_REFERENCE = _W + "footnoteReference", _W + "endnoteReference"

VAL = _W + "val"
_OFF = frozenset({"0", "false", "off", "none"})


def is_on(value: str | None) -> bool:
    """An on/off property by its `w:val`: the element alone means on."""
    return value is None or value.lower() not in _OFF


def number(value: str | None, default: int = 0) -> int:
    """A whole number as an attribute gives it; the default if it is none, or too long to be meant."""
    if value is None or len(value) > 12:
        return default
    try:
        return int(value)
    except ValueError:
        return default
