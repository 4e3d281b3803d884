"""Who is meant when people are named in a line of words."""

from functools import reduce
from operator import or_

from django.db.models import Q, Value
from django.db.models.functions import Lower, Replace

from core.language.line import Colleague, names_in
from core.organization.models import Employee
from core.registry import registry

from .actor import Actor
from .queries import within

_MOST_NAMESAKES = 200


def colleagues_named(actor: Actor, text: str) -> list[Colleague]:
    """Working colleagues whom the actor may see and one of whose names begins like a word of the text; one query at
    most. Ids are principals'."""
    kind = registry.kind_of(Employee.KIND)
    begins = names_in(text)
    if not begins or not actor.may(kind.view):
        return []
    # One names people by their last names, or first names first: either may begin the line.
    alike = reduce(or_, (Q(folded__startswith=one) for one in begins))
    folded = Replace(Lower("last_name"), Value("ё"), Value("е"))
    working = Employee.objects.filter(trashed_at__isnull=True, principal__is_active=True)
    working = working.annotate(folded=folded).filter(alike)
    rows = within(actor, kind.view, working).order_by("last_name", "first_name", "pk")
    columns = rows.values_list("principal_id", "last_name", "first_name")
    return [Colleague(*row) for row in columns[:_MOST_NAMESAKES]]
