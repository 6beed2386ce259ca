"""A formula that says a sum of yuan in 大写, as Excel, WPS and LibreOffice compute it."""

from __future__ import annotations


def capital_formula(cell: str) -> str:
    """The formula for a cell with a sum of zero or more: 贰万元整, 叁佰贰拾伍元零肆分. As `money.capital` says it."""
    fen = f"ROUND({cell}*100,0)"
    whole, jiao, cents = f"INT({fen}/100)", f"INT(MOD({fen},100)/10)", f"MOD({fen},10)"
    words = 'TEXT({},"[DBNum2]")'.format
    head = f'IF({whole}=0,"",{words(whole)}&"元")'
    tenth = f'IF({jiao}=0,IF(OR({whole}=0,{cents}=0),"","零"),{words(jiao)}&"角")'
    tail = f'IF({cents}=0,"整",{words(cents)}&"分")'
    return f'IF({fen}=0,"零元整",{head}&{tenth}&{tail})'
