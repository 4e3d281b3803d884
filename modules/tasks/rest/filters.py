"""What the list of tasks understands."""

import re

from django.db.models import Q, QuerySet

from core.rest.filters import Filter, Grammar, PersonFilter, moment, word
from modules.tasks.models import Status, Task

_MOMENT = ("gte", "lte", "gt", "lt")
_NUMBER = re.compile(r"(?:[зz]-?)?(\d{1,12})", re.IGNORECASE)
_WORDS = 8


def search(rows: QuerySet, text: str) -> QuerySet:
    """Tasks whose title has every word of the text, or whose number begins with it («З-15», «15»)."""
    found = Q()
    for piece in text.split()[:_WORDS]:
        # A case-insensitive regular expression is what the trigram index on the bare column serves.
        found &= Q(title__iregex=re.escape(piece))
    if number := _NUMBER.fullmatch(text):
        # The index of numbers leaves out cards without one, so the condition says it too.
        found |= Q(number__startswith=f"{Task.NUMBER_PREFIX}{number[1]}") & ~Q(number="")
    return rows.filter(found)


grammar = Grammar(
    filters={
        "assignee": PersonFilter("responsible"),
        "initiator": PersonFilter("author"),
        "status": Filter("status", word(*Status.values)),
        "state": Filter("state", word("open", "done", "cancelled")),
        "due_at": Filter("due_at", moment, _MOMENT),
        "created_at": Filter("created_at", moment, _MOMENT),
        "changed_at": Filter("changed_at", moment, _MOMENT),
    },
    orderings={"due_at": "due_at", "changed_at": "changed_at", "created_at": "created_at"},
    default_ordering="-created_at",
    search=search,
)
