"""The page of GB/T 9704-2012 in numbers: millimetres from the page's top left corner, points for type.

The standard closes on itself only with one reading: 28 characters in 156 mm make a 3号 character 5.571 mm, 22 lines with 7/8 of a
character between them make 225 mm. Word's 16 pt is a hair larger and is squeezed by 0.25 pt a character.
"""

from __future__ import annotations

MM = 72 / 25.4  # points in a millimetre

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210.0, 297.0
TOP_MM, LEFT_MM = 37.0, 28.0  # 5.2.1 天头, 订口
TEXT_WIDTH_MM, TEXT_HEIGHT_MM = 156.0, 225.0
RIGHT_MM, BOTTOM_MM = LEFT_MM + TEXT_WIDTH_MM, TOP_MM + TEXT_HEIGHT_MM
CHARS_PER_LINE = 28  # 5.2.3

CHAR_MM = TEXT_WIDTH_MM / CHARS_PER_LINE
CHAR_PT = CHAR_MM * MM
GAP_MM = CHAR_MM * 7 / 8  # 3.2: between two lines
PITCH_MM = CHAR_MM + GAP_MM

# 7.2.4, 7.2.5: the red-headed page.
MARK_TOP_MM = TOP_MM + 35.0
RED_LINE_GAP_MM = 4.0
# 10.1 信函格式.
LETTER_MARK_TOP_MM = 30.0
LETTER_LINE_WIDTH_MM = 170.0
LETTER_LINE_GAP_MM = 4.0
LETTER_BOTTOM_LINE_MM = PAGE_HEIGHT_MM - 20.0
# 7.5: the dash beside the page number stands 7 mm below the text area.
PAGE_NUMBER_TOP_MM = BOTTOM_MM + 7.0

# Word's counterparts (set-up B: margins that put the visible first line at 37 mm).
WORD_PITCH_TWIPS = 592
WORD_TOP_MM, WORD_BOTTOM_MM = 34.58, 32.58


def twips(millimetres: float) -> int:
    """Word's unit, a twentieth of a point."""
    return round(millimetres * MM * 20)
