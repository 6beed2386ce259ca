"""The base of every table whose rows are sealed into the chain of events: says which rows are written, whichever way they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from formflow.register import touched
from formflow.register.models.written import Written, put_in

_Row = TypeVar("_Row", bound="Kept")
# What is only a note to oneself, by the model's name: changing it changes nothing that was entered.
UNSEALED = {"workbook": frozenset({"seen"})}


class KeptQuerySet(models.QuerySet[_Row]):
    """Notes what is changed in bulk; rows that are saved one by one note themselves."""

    def update(self, **values: Any) -> int:
        name = self.model._meta.model_name or ""
        if touched.is_remembering() and _says(name, values):
            touched.note(name, self.values_list("pk", flat=True))
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        if touched.is_remembering():
            touched.note(self.model._meta.model_name or "", self.values_list("pk", flat=True))
        return super().delete()

    def _insert(self, objs: Any, fields: Any, **options: Any) -> Any:
        """As a single row is put in: see there. `options` say how Django does it."""
        is_usual = not (options.get("raw") or options.get("on_conflict"))
        returning, using = options.get("returning_fields") or (), options.get("using") or self.db
        keys = put_in(self.model, list(objs), tuple(fields), tuple(returning), using) if is_usual else None
        return keys or super()._insert(objs, fields, **options)  # type: ignore[misc]

    def bulk_create(self, objs: Iterable[_Row], *args: Any, **options: Any) -> list[_Row]:
        created = super().bulk_create(objs, *args, **options)
        touched.note(self.model._meta.model_name or "", [row.pk for row in created])
        return created


class KeptManager(models.Manager[_Row]):
    """Hands out such querysets; what is called on the manager itself goes by them, too."""

    def get_queryset(self) -> KeptQuerySet[_Row]:
        return KeptQuerySet(self.model, using=self._db)


class Kept(Written):
    """A row that `formflow audit verify` compares with what the chain says of it."""

    objects: ClassVar[KeptManager[Self]] = KeptManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        super().save(*args, **options)
        name, columns = self._meta.model_name or "", options.get("update_fields")
        if columns is None or _says(name, columns):
            touched.note(name, [self.pk])

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        touched.note(self._meta.model_name or "", [self.pk])
        return super().delete(*args, **options)


def _says(name: str, columns: Iterable[str]) -> bool:
    """Whether writing these columns changes what a row says."""
    return not set(columns) <= UNSEALED.get(name, frozenset())
