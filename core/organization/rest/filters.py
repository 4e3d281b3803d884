"""How the list of employees is searched, filtered and sorted."""

from collections.abc import Collection, Mapping
from functools import partial

from django.db.models import Q

from core.organization.models import Employee
from core.organization.rules import phone_beginnings
from core.rest.filters import Filter, Grammar, Search, flag, number

_NAMES = ("last_name", "first_name", "middle_name")


class EmployeeGrammar(Grammar):
    """`department` also finds the people of everything below it."""

    def search_without(self, names: Collection[str]) -> Search | None:
        return partial(by_beginnings, without=names)

    def _condition(self, name: str, text: str) -> Q:
        if name != "department":
            return super()._condition(name, text)
        return Q(department__path__overlap=self.read(name, text)[2])


def by_beginnings(text: str, each: bool = False, *, without: Collection[str] = ()) -> Q:
    """People whose names or e-mail begin with each word typed, or whose phone begins with the number typed; and whoever
    has exactly this number of his own: «Т-15», «15».

    `without` are those of `email` and `phone` that the reader may not see.
    """
    columns = _NAMES if "email" in without else (*_NAMES, "work_email")
    found = Q()
    for word in text.split()[:5]:
        begins = Q()
        for column in columns:
            begins |= Q(**{f"{column}__istartswith": word})
        found &= begins
    for beginning in phone_beginnings(text) if "phone" not in without else ():
        found |= Q(phone__startswith=beginning)
    if whole := text.strip():
        # The kind leads the index of numbers.
        numbers = {whole, whole.upper(), f"{Employee.NUMBER_PREFIX}{whole}"}
        found |= Q(kind=Employee.KIND, number__in=sorted(numbers)) & ~Q(number="")
    return found


def meant(words: Mapping[str, str]) -> dict[str, str]:
    """Words of the screen's address as the list takes them: people who work here, unless those who do not are asked."""
    return {**words, "is_active": "false" if words.get("is_active") == "false" else "true"}


GRAMMAR = EmployeeGrammar(
    filters={
        "department": Filter("department", number),
        "position": Filter("position", number),
        "manager": Filter("manager", number),
        "is_active": Filter("principal__is_active", flag),
    },
    orderings={"title": "title", "changed_at": "changed_at", "created_at": "created_at"},
    default_ordering="title",
    search=by_beginnings,
)
