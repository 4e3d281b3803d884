"""The licence page of an own server: what stands, what is refused and why, what holds from the next request on."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from core.context import company_scope, control_scope
from core.events.models import Fact
from core.identity.queries import seats_taken
from tenants.licensing.rules import GRACE, Licence, best_of, new_pair, signed
from tenants.models import Company
from tenants.snapshots import snapshots

PRIVATE, PUBLIC = new_pair()
TODAY, DAY = date.today(), timedelta(days=1)
HOST = "crm.alfa.example"


def licence(**more) -> Licence:
    told = {"number": "Л-7", "holder": "ООО «Альфа»", "seats": 50, "modules": ("tasks", "warehouse"),
            "begins": TODAY - DAY, "until": TODAY + 100 * DAY}  # fmt: skip
    return Licence(**told | more)


@pytest.fixture
def own_server(company, settings, tmp_path):
    """`own_server(licence)` writes the file of this own server of `alfa`, or leaves it without one."""
    settings.ONE_COMPANY, settings.COMPANY_HOST = "alfa", HOST
    settings.LICENCE_PUBLIC_KEY, settings.LICENCE_FILE = PUBLIC, str(tmp_path / "licence.json")
    snapshots.forget()

    def lie(one: Licence | None) -> None:
        if one is not None:
            (tmp_path / "licence.json").write_text(signed(one, PRIVATE))
        snapshots.forget()

    return lie


def put(who, one: Licence | str, key: str = PRIVATE):
    return who.client.put("company/licence/", {"content": one if isinstance(one, str) else signed(one, key)})


@pytest.mark.row("MN-05", "OP-02")
def test_the_page_tells_what_the_licence_says(own_server, owner):
    own_server(licence())
    told = owner.client.get("company/licence/").json()
    assert told["own_server"] and told["has_key"] and told["trouble"] is None
    assert (told["mode"], told["stage"], told["host"]) == ("full", "licence", HOST)
    assert told["works_until"] == (TODAY + 100 * DAY + GRACE).isoformat()
    line = told["licence"]
    assert (line["number"], line["holder"], line["seats"]) == ("Л-7", "ООО «Альфа»", 50)
    # What this version does not know yet goes by its code.
    assert line["modules"] == [{"code": "tasks", "title": "Задачи"}, {"code": "warehouse", "title": "warehouse"}]
    assert line["host"] is None
    with company_scope(owner.company):
        assert told["seats_taken"] == seats_taken() >= 1


@pytest.mark.row("MN-05", "OP-02")
def test_a_licence_that_is_put_holds_at_once(own_server, owner):
    own_server(None)
    assert owner.client.get("company/licence/").json()["stage"] == "licence_missing"
    task = {"title": "Дело", "assignee": owner.id}
    assert owner.client.post("tasks/", task).json()["type"] == "/problems/licence-over"
    answer = put(owner, licence(number="Л-8"))
    assert (answer.status_code, answer.json()["licence"]["number"]) == (200, "Л-8")
    assert owner.client.post("tasks/", task).status_code == 201
    with company_scope(owner.company):
        (fact,) = Fact.objects.filter(kind="tenants.licence_put")
        assert (fact.payload["number"], fact.payload["seats"], fact.actor_id) == ("Л-8", 50, owner.principal.pk)
    # A repetition finds it in place and says nothing twice.
    assert put(owner, licence(number="Л-8")).status_code == 200
    with company_scope(owner.company):
        assert Fact.objects.filter(kind="tenants.licence_put").count() == 1


@pytest.mark.row("MN-05")
@pytest.mark.parametrize(
    ("one", "key", "code", "words"),
    [
        (licence(), new_pair()[0], "licence-unfit", "Подпись лицензии не сходится"),
        ("это не лицензия", PRIVATE, "licence-unfit", "не читается"),
        (licence(host="crm.beta.example"), PRIVATE, "licence-unfit", "выдана для crm.beta.example"),
        (licence(until=TODAY - DAY), PRIVATE, "licence-ended", f"вышел {TODAY - DAY:%d.%m.%Y}"),
        (licence(begins=TODAY + DAY), PRIVATE, "licence-not-yet", f"действовать {TODAY + DAY:%d.%m.%Y}"),
    ],
    ids=["other signature", "no licence", "other server", "over", "not begun"],
)
def test_what_does_not_hold_is_refused_with_its_reason(own_server, owner, one, key, code, words):
    own_server(licence())
    answer = put(owner, one, key)
    assert answer.status_code in (409, 422) and answer.json()["type"] == f"/problems/{code}"
    assert words in answer.json()["detail"]
    assert owner.client.get("company/licence/").json()["licence"]["number"] == "Л-7"


@pytest.mark.row("MN-05")
def test_fewer_seats_than_people_are_refused(own_server, owner, person, company):
    own_server(licence())
    person(company)
    with company_scope(company):
        taken = seats_taken()
    refused = put(owner, licence(seats=taken - 1))
    assert refused.json()["type"] == "/problems/licence-too-small"
    assert (refused.json()["seats"], refused.json()["taken"]) == (taken - 1, taken)
    assert put(owner, licence(seats=taken)).status_code == 200


def test_its_own_host_is_no_matter_of_letters(own_server, owner):
    own_server(None)
    assert put(owner, licence(host=HOST.upper())).json()["licence"]["host"] == HOST.upper()


def test_a_file_for_another_server_lets_people_read_and_says_so(own_server, owner):
    own_server(licence(host="crm.beta.example"))
    told = owner.client.get("company/licence/").json()
    assert told["licence"] is None and "выдана для crm.beta.example" in told["trouble"]
    assert told["mode"] == "read_only"
    # The page is what helps out of it.
    assert put(owner, licence()).json()["trouble"] is None


def test_without_a_key_nothing_can_be_put(own_server, owner, settings):
    own_server(None)
    settings.LICENCE_PUBLIC_KEY = ""
    assert put(owner, licence()).json()["type"] == "/problems/no-licence-key"


def test_in_the_cloud_there_is_no_licence(company, owner):
    told = owner.client.get("company/licence/").json()
    assert (told["own_server"], told["licence"], told["mode"]) == (False, None, "full")
    assert put(owner, licence()).json()["type"] == "/problems/no-own-server"


def test_of_several_the_one_that_has_begun_last_counts_unless_it_is_over():
    long, new = licence(number="старая"), licence(number="новая", begins=TODAY, until=TODAY + 10 * DAY)
    coming = licence(number="завтра", begins=TODAY + DAY)
    for order in ([long, new, coming], [coming, new, long]):
        assert best_of(order, TODAY) == new
        assert best_of(order, TODAY + 50 * DAY) == coming
    assert best_of([long, new], TODAY + 11 * DAY) == long
    assert best_of([coming], TODAY) == coming and best_of([], TODAY) is None


def test_the_command_tells_of_what_was_put(own_server, owner, capsys):
    own_server(None)
    put(owner, licence(number="Л-9"))
    call_command("licence")
    assert "Л-9" in capsys.readouterr().out
    with control_scope():
        assert "Л-9" in Company.objects.get(slug="alfa").licence
