"""Sorts of reading that are written down. They are declared where they happen, and named in the `reads` of a trait."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadKind:
    """`title` goes on from the reader's name: «посмотрел(а) …»."""

    code: str
    title: str


# Fields that the company itself has marked («Записывать, кто смотрит»).
FIELDS_SHOWN = ReadKind("fields.shown", "посмотрел(а) поля, чтение которых записывается")
LIST_TAKEN = ReadKind("list.taken", "выгрузил(а) в файл список с личными данными")
# Whatever the service's people look at while the company has let them in.
SUPPORT_LOOKED = ReadKind("support.looked", "посмотрел(а) по согласию компании")
READS_SHOWN = ReadKind("reads.shown", "посмотрел(а) журнал чтений")
