"""Whatever names a person says what becomes of it when he is dismissed: it goes to another by somebody, or it stays."""

from typing import Any

from django.apps import apps
from django.db.models import ForeignKey

from core.discovery import company_apps
from core.entities.models import Entity
from core.handover.registry import Fate
from core.identity.models import Principal
from core.organization.models import Employee
from core.registry import registry


def declared():
    """(sorts, reasons to stay) of all traits and modules."""
    owners: list[Any] = [*registry.traits.values(), *registry.modules.values()]
    return [sort for one in owners for sort in one.handovers], [stay for one in owners for stay in one.stays]


def naming():
    """Columns of company tables that point to a person."""
    labels = {app.rpartition(".")[2] for app in company_apps()}
    return {
        (model, column.name)
        for model in apps.get_models()
        if model._meta.app_label in labels
        for column in model._meta.local_fields
        if isinstance(column, ForeignKey) and column.related_model in (Principal, Employee)
    }


def test_every_column_that_names_a_person_is_declared():
    sorts, stays = declared()
    known = {column for one in (*sorts, *stays) for column in one.columns}
    assert naming() - known == set(), "say in `handovers` who gets it, or in `stays` why nobody does"
    assert known - naming() == set(), "there are no such columns"


def test_every_kind_of_card_says_what_becomes_of_its_responsible():
    sorts, stays = declared()
    told = {kind for one in sorts if (Entity, "responsible") in one.columns for kind in one.kinds}
    told |= {kind for one in stays for kind in one.kinds}
    assert {kind.code for kind in registry.kinds()} - told == set()


def test_what_stays_tells_why():
    _, stays = declared()
    assert [stay for stay in stays if len(stay.reason.split()) < 4] == []


def test_sorts_are_named_once_and_can_be_handed():
    sorts, _ = declared()
    assert len({sort.code for sort in sorts}) == len({sort.place for sort in sorts}) == len(sorts)
    assert [sort.code for sort in sorts if (sort.hand is None) != (sort.fate == Fate.STAYS)] == []
    assert [sort.code for sort in sorts if not sort.title or not sort.hint] == []
