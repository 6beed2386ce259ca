"""A formula that says a sum of yuan in 大写, the same in Excel, WPS and LibreOffice: only digits, joined and put right.

The number formats that say numbers in Chinese (DBNum2) are not used: how their patterns are written depends on the program's language.
"""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("元", "拾", "佰", "仟", "万", "拾", "佰", "仟", "亿", "拾", "佰", "仟")
# In this order; ^ stands before the first digit.
_MENDED = (
    ("零仟", "零"), ("零佰", "零"), ("零拾", "零"), ("零零", "零"), ("零零", "零"), ("零零", "零"), ("零零", "零"), ("零亿", "亿"), ("零万", "万"),
    ("零元", "元"), ("亿万", "亿"), ("^零", ""), ("^元", ""), ("^", ""),
)  # fmt: skip


def capital_formula(cell: str) -> str:
    """The formula for a cell with a sum from zero to 9999亿: 贰万元整, 叁佰贰拾伍元零肆分. As `money.capital` says it."""
    fen = f"ROUND({cell}*100,0)"
    whole, jiao, cents = f"INT({fen}/100)", f"MOD(INT({fen}/10),10)", f"MOD({fen},10)"
    high = f'IF({whole}<10^8,"",{_spoken(fen, 8)})&IF({whole}<10^4,"",{_spoken(fen, 4)})'
    mended = f'"^"&{high}&{_spoken(fen, 0)}'
    for before, after in _MENDED:
        mended = f'SUBSTITUTE({mended},"{before}","{after}")'
    tenth = f'IF({jiao}=0,IF(OR({whole}=0,{cents}=0),"","零"),{_digit(jiao)}&"角")'
    tail = f'IF({cents}=0,"整",{_digit(cents)}&"分")'
    return f'IF({fen}=0,"零元整",{mended}&{tenth}&{tail})'


def _spoken(fen: str, lowest: int) -> str:
    """Four digits of the yuan with their places, the highest first."""
    places = range(lowest + 3, lowest - 1, -1)
    return "&".join(f'{_digit(f"MOD(INT({fen}/10^{place + 2}),10)")}&"{_PLACES[place]}"' for place in places)


def _digit(number: str) -> str:
    return f'MID("{_DIGITS}",{number}+1,1)'
