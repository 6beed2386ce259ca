"""Questions that are asked of the register for every paper: put into SQL once, where Django would put them together anew each time, which takes
ten times as long as the answer.

In: a question as a queryset, with stand-ins for what changes from one time to the next. Out: the rows, or values, of the queryset. What changes
has to be text or whole numbers, and must not change which question it is: nothing may be missing (None) and no list grow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators

_Answer = TypeVar("_Answer")
_Value = str | int
# What stands for text and numbers while a question is put into SQL; nobody asks for these.
_TEXT, _NUMBER = "\ue000 stands for what is asked {}", 2_000_000_000
Converters = Iterable[
    tuple[int, Any, Iterable[Callable[..., Any]]]
]  # by place: an expression, and what makes its value of what was read


class Asked(Generic[_Answer]):
    """One question. `question`: the queryset for some values, of rows (`select_related` goes with them) or of `values_list`; `kinds` are
    those of the values in order."""

    def __init__(self, question: Callable[..., QuerySet[Any, _Answer]], *kinds: type[_Value]) -> None:
        self._question, self._kinds = question, kinds
        self._prepared: dict[str, _Prepared] = {}  # by the kind of database

    def all(self, *values: _Value) -> list[_Answer]:
        """Everything that answers the question."""
        prepared = self._prepared.get(connection.vendor)
        if prepared is None:
            prepared = self._prepared[connection.vendor] = _Prepared(self._question, self._kinds)
        return prepared.answers(values)

    def first(self, *values: _Value) -> _Answer | None:
        """The first answer; None if there is none. The question says in which order, and that one is enough ([:1])."""
        return next(iter(self.all(*values)), None)


class _Prepared:
    """A question as one kind of database is asked it."""

    def __init__(self, question: Callable[..., QuerySet[Any, Any]], kinds: tuple[type[_Value], ...]) -> None:
        stand_ins = [_TEXT.format(at) if kind is str else _NUMBER + at for at, kind in enumerate(kinds)]
        queryset = question(*stand_ins)
        compiler = queryset.query.get_compiler(connection=connection)
        self._sql, given = compiler.as_sql()
        # Of each parameter, which of the values it is; else what it always is.
        self._parameters = [(stand_ins.index(one), None) if one in stand_ins else (None, one) for one in given]
        if {at for at, _ in self._parameters if at is not None} != set(range(len(kinds))):
            raise ValueError(f"a value does not stand in the question as it is: {self._sql}")
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        self._converters = [(at, column, found) for at, (found, column) in compiler.get_converters(columns).items()]
        self._made = _maker(queryset, compiler)

    def answers(self, values: tuple[_Value, ...]) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [constant if at is None else values[at] for at, constant in self._parameters])
            read = cursor.fetchall()
        return [self._made(_converted(row, self._converters) if self._converters else row) for row in read]


def _converted(row: Iterable[Any], converters: Converters) -> list[Any]:
    values = list(row)
    for at, expression, found in converters:
        for convert in found:
            values[at] = convert(values[at], expression, connection)
    return values


def _maker(queryset: QuerySet[Any, Any], compiler: Any) -> Callable[[Any], Any]:
    """What makes an answer of what was read."""
    kind = queryset._iterable_class
    if kind is not ModelIterable:
        return _first if kind is FlatValuesListIterable else tuple
    info: dict[str, Any] = compiler.klass_info
    model, begin, end = info["model"], info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column.target.attname for column, *_ in compiler.select[begin:end]]
    related = get_related_populators(info, compiler.select, queryset.db)  # type: ignore[call-arg]  # the stubs are of Django 6

    def row_of(read: Any) -> Any:
        row = model.from_db(queryset.db, names, read[begin:end])
        for populator in related:
            populator.populate(read, row)
        return row

    return row_of


def _first(read: Any) -> Any:
    return read[0]
