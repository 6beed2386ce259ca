"""The number books: 发文字号 by 机关代字 and year, without a gap, each given once and for ever.

Everything here belongs inside a transaction of the caller's: a number is given together with the letter that bears it, or not at all.
"""

from __future__ import annotations

from formflow.register import models as rows


def give(code: str, year: int, letter: rows.Letter) -> rows.DocumentNumber:
    """The next number of the book goes to `letter`. ValueError without a 机关代字."""
    if not code:
        raise ValueError("a number needs the code of who issues it")
    rows.NumberBook.objects.get_or_create(code=code, year=year)
    # Locked where the database can; SQLite lets one transaction write at a time anyway.
    book = rows.NumberBook.objects.select_for_update().get(code=code, year=year)
    book.last += 1
    book.save(update_fields=("last",))
    return rows.DocumentNumber.objects.create(book=book, number=book.last, letter=letter)


def void(letter: rows.Letter, reason: str) -> rows.DocumentNumber:
    """The number of a withdrawn letter stays in the book as 作废; nobody else gets it."""
    number = rows.DocumentNumber.objects.get(letter=letter)
    number.is_void, number.reason = True, reason
    number.save(update_fields=("is_void", "reason"))
    return number


def printed(number: rows.DocumentNumber) -> str:
    """As it stands on the letter: 通工发〔2026〕3号."""
    return str(number)
