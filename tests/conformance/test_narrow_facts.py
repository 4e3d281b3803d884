"""Whoever may not ask for a thing does not read of it elsewhere: a door that is shut leaves none of its facts open."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from core.access.actions import create_role
from core.access.loading import actor_of_principal
from core.access.models import Scope
from core.context import company_scope
from core.events.bus import Told
from core.events.models import Fact
from core.events.sight import kinds_kept_from, narrow_kinds
from core.handover.events import FACTS
from core.identity.models import Principal
from core.organization.models import Employee
from core.privacy.gathering import tables_about
from core.realtime.announcing import messages
from core.realtime.queries import missed
from core.realtime.topics import Topic
from core.registry import registry
from tenants.console.permissions import LET_SUPPORT_IN
from tests.architecture.sources import name_of, product_files
from tests.isolation.operations import operations

OF_DISMISSALS = {fact.kind for fact in FACTS}
ABOUT_A_CARD = re.compile(r"api/v1/([\w-]+)/<int:\w+>/[^<]*$")
# Facts of packages of which a door is shut, that tell what is open elsewhere; typed by hand, with the reason.
OPEN_ANYWAY = {
    "access.roles_given": "roles stand on the card of everybody; shut is how far they reach",
    "access.role_created": "of no card; roles are listed for everybody",
    "access.role_changed": "of no card; roles are listed for everybody",
    "access.role_removed": "of no card; roles are listed for everybody",
    "access.field_limits_changed": "of no card",
    "acknowledgements.asked": "the reading list is open with the card; shut is the preview of whom a choice means",
    "acknowledgements.confirmed": "as it stands in the reading list",
    "acknowledgements.withdrawn": "as it stands in the reading list",
    "privacy.anonymised": "his card says it; shut is the file about him",
}

# Files that read facts and show none to a person, with what they do instead; all others ask `core.events.sight`.
SHOW_NOTHING = {
    "core/audit/actions.py": "seals",
    "core/audit/jobs.py": "seals",
    "core/audit/queries.py": "looks seals over",
    "core/events/bus.py": "writes",
    "core/imports/jobs.py": "takes up what it has said itself",
    "core/jobs/telling.py": "hands them to readers, who are code",
    "core/options/queries.py": "one kind, about no card",
    "core/privacy/actions.py": "looks for words that are to go",
    "core/recurrence/queries.py": "counts one kind",
    "core/search/jobs.py": "asks which cards to read anew",
    "modules/tasks/actions/approvals.py": "asks whether a draft is as it was",
    "modules/tasks/actions/giving.py": "takes up what it has said itself",
    "tenants/copies/jobs.py": "asks whether anything has happened",
}


def tell_everything(company, card_id: int) -> None:
    """A fact of each kind there is, on one card."""
    with company_scope(company):
        by = Principal.objects.get(kind="system").pk
        Fact.objects.bulk_create(
            Fact(kind=fact.kind, entity_id=card_id, payload={}, actor_id=by, door="system", is_private=fact.private)
            for fact in registry.facts().values()
        )


def read(who, address: str) -> set[str]:
    """Kinds of facts in a history."""
    kinds, cursor = set(), ""
    while cursor is not None:
        page = who.client.get(f"{address}/history/?limit=100{cursor and f'&cursor={cursor}'}").json()
        kinds |= {line["kind"] for line in page["results"]}
        cursor = page["next"]
    return kinds


def shut_packages(who, plural: str, card_id: int) -> set[str]:
    """Packages that have a door about the card which does not open to somebody."""
    aliases = {"employees": {"employees", "persons", "rights"}}.get(plural, {plural})
    found = set()
    for op in operations("company"):
        about = ABOUT_A_CARD.match(op.route)
        if (
            op.method == "get"
            and about
            and about[1] in aliases
            and who.browser.get(op.path(card_id)).status_code == 403
        ):
            found.add(op.view.__module__.partition(".rest")[0])
    return found


@pytest.mark.row("SE-05")
def test_a_shut_door_leaves_none_of_its_facts_in_a_history_that_the_same_person_reads(company, owner, person):
    reader, other = person(company), person(company)
    task = owner.client.post("tasks/", {"title": "Осмотр", "assignee": reader.id}).json()["id"]
    letter = owner.client.post("documents/", {"title": "Письмо", "watchers": [reader.id]}).json()["id"]
    assert owner.client.post(f"documents/{letter}/do/submit/").status_code == 200
    cards = [("employees", other.id), ("employees", reader.id), ("tasks", task), ("documents", letter)]
    wrong, shut, seen_open = [], set(), set()
    for plural, card_id in cards:
        tell_everything(company, card_id)
        assert read(owner, f"{plural}/{card_id}") >= OF_DISMISSALS
        kinds = read(reader, f"{plural}/{card_id}")
        assert kinds, "the history itself is open"
        for package in shut_packages(reader, plural, card_id):
            shut.add(package)
            own = {kind for kind in kinds if registry.facts()[kind].__module__.startswith(f"{package}.")}
            seen_open |= own
            if left := own - set(OPEN_ANYWAY):
                wrong.append(f"{plural}: {package} is shut, and its facts are read: {sorted(left)}")
    assert not wrong, "\n".join(wrong)
    assert "core.handover" in shut
    assert set(OPEN_ANYWAY) <= seen_open, "what is typed and not needed any more"


def test_whoever_reads_facts_asks_for_whom_they_are():
    texts = {name_of(path): path.read_text(encoding="utf-8") for path in product_files()}
    readers = {
        name
        for name, text in texts.items()
        if re.search(r"^from (?:core\.events)?\.models import .*\bFact\b", text, re.M)
    }
    reading = {name for name in readers if re.search(r"\bFact\.objects\b|is Fact\b", texts[name])}
    asking = {name for name in reading if "from core.events.sight import" in texts[name]}
    assert reading - asking == set(SHOW_NOTHING)
    assert len(asking) >= 4


def test_what_facts_need_is_a_permission_of_the_whole_company():
    assert set(narrow_kinds()) >= OF_DISMISSALS
    assert {needs for needs in narrow_kinds().values() if needs.scopes != (Scope.ALL.value,)} == set()


@pytest.mark.row("SE-05")
def test_a_planned_dismissal_is_told_to_those_who_dismiss_and_to_nobody_else(company, owner, person, deliver):
    leaver, colleague, admin = person(company), person(company), person(company, role="admin")
    day = (timezone.localdate() + timedelta(days=37)).isoformat()
    planned = owner.client.post(f"employees/{leaver.id}/dismiss/", {"last_day": day, "successor": colleague.id})
    assert planned.status_code == 200, planned.json()
    deliver()
    for who in (leaver, colleague):
        assert who.client.get(f"employees/{leaver.id}/handover/").status_code == 403
        assert not OF_DISMISSALS & read(who, f"employees/{leaver.id}")
        for door in (f"employees/{leaver.id}/history/", f"employees/{leaver.id}/", "notices/", "employees/"):
            assert day not in who.client.get(door).content.decode(), door
    assert "handover.planned" in read(admin, f"employees/{leaver.id}")
    with company_scope(company):
        fact = Fact.objects.get(kind="handover.planned")
    # By its number neither: nothing can be put back by what one does not read.
    back = leaver.client.post(f"employees/{leaver.id}/history/{fact.pk}/restore/", {"whole": True})
    assert back.status_code in (403, 404), back.json()


def test_the_file_about_a_person_tells_none_of_them(company, owner, person):
    leaver = person(company)
    tell_everything(company, leaver.id)
    with company_scope(company):
        # He has dismissed somebody himself, as long as he might.
        other = Fact.objects.create(
            kind="handover.planned", entity_id=owner.id, actor_id=leaver.principal.pk, door="screen"
        )
        for who, is_told in ((leaver, False), (owner, True)):
            by = actor_of_principal(Principal.objects.get(pk=who.principal.pk), door="screen")
            tables = {name: list(rows) for name, rows in tables_about(Employee.objects.get(pk=leaver.id), by=by)}
            assert bool(OF_DISMISSALS & {line["kind"] for line in tables["history"]}) is is_told
            assert (other.pk in {row["id"] for row in tables["events_fact"]}) is is_told


def test_open_tabs_hear_that_something_has_changed_and_no_more(company, person):
    ref = f"organization.employee/{person(company).id}"
    with company_scope(company):
        card = Employee.objects.get(pk=int(ref.partition("/")[2]))
        before = Fact.objects.latest("pk").pk
    topic = Topic(f"ref:{ref}", "organization.employee", card.pk)
    told = Told(9, "handover.finished", card.ref, {"given": 1, "stayed": 0, "changes": []}, 1, None, None)
    assert {message["kind"] for _, message in messages(company.schema, told)} == {"changed"}
    with company_scope(company):
        Fact.objects.create(kind="handover.finished", entity=card, actor_id=card.principal_id, door="system")
    ((_, kind, _),) = missed(company, [topic], before).changes
    assert kind == "changed"


def test_the_supports_history_keeps_them_to_those_who_dismiss(company, owner, person):
    with company_scope(company):
        by = actor_of_principal(Principal.objects.get(pk=owner.principal.pk), door="screen")
        role = create_role(
            title="Пускает поддержку", grants=[{"permission": LET_SUPPORT_IN.code, "scope": "all"}], by=by
        )
        support = Principal.objects.create(kind="service", name="Поддержка: Сидоров")
        Fact.objects.create(kind="handover.planned", entity_id=owner.id, actor=support, door="support")
    keeper = person(company, role=role.code)
    lines = {who.id: json.dumps(who.client.get("support/history/").json()["results"]) for who in (keeper, owner)}
    title = json.dumps(registry.facts()["handover.planned"].title)
    assert title in lines[owner.id] and title not in lines[keeper.id]
    with company_scope(company):
        actor = actor_of_principal(Principal.objects.get(pk=keeper.principal.pk), door="screen")
        assert set(kinds_kept_from(actor)) >= OF_DISMISSALS
