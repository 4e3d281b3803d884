"""Files of an employee's card: his own, his heads' and those of whom the company lets; a photo is for all."""

import pytest

from core.attachments.events import AttachmentReady
from core.attachments.models import Attachment
from core.context import company_scope
from core.entities.models import Ref
from core.events.bus import Change, emit
from core.organization.models import Employee
from core.storage import CompanyStore


@pytest.fixture
def passport(company, person, owner):
    """(Anna, id of a scan on her card, of which the history speaks by name)."""
    anna = person(company)
    return anna, attached(company, anna, owner, "Паспорт Анны.pdf")


def attached(company, anna, by, name):
    with company_scope(company):
        made = Attachment.objects.create(
            entity_id=anna.id, author=by.principal, name=name, size=5, content_type="image/png", state="ready",
            storage_key=CompanyStore(company.schema).new_key(),
        )  # fmt: skip
        ref = Ref("organization.employee", anna.id)
        changes = (Change("file", None, name),)
        emit(AttachmentReady(ref, attachment_id=made.pk, name=name, version=1, changes=changes), by=by.actor())
        return made.pk


@pytest.mark.row("SE-05")
def test_a_colleague_sees_the_card_and_neither_its_files_nor_their_names(company, person, passport):
    anna, scan = passport
    colleague = person(company).client
    assert colleague.get(f"employees/{anna.id}/").status_code == 200
    assert colleague.get(f"employees/{anna.id}/attachments/").status_code == 403
    form = {"name": "x.png", "size": 5, "content_type": "image/png"}
    assert colleague.post(f"employees/{anna.id}/attachments/", form).status_code == 403
    for tail in ("", "content/", "versions/"):
        assert colleague.get(f"attachments/{scan}/{tail}").status_code == 404
    assert colleague.post(f"attachments/{scan}/versions/", form).status_code == 404
    assert colleague.delete(f"attachments/{scan}/").status_code == 404
    assert "Паспорт" not in colleague.get(f"employees/{anna.id}/history/").content.decode()


def test_the_person_and_whoever_holds_the_right_see_them(company, person, owner, passport):
    anna, scan = passport
    grants = [{"permission": f"organization.{what}", "scope": "all"} for what in ("view", "files")]
    role = owner.client.post("roles/", {"title": "Кадровик", "grants": grants}).json()["code"]
    for reader in (anna, person(company, role), owner):
        listed = reader.client.get(f"employees/{anna.id}/attachments/").json()["results"]
        assert [file["id"] for file in listed] == [scan]
        assert reader.client.get(f"attachments/{scan}/content/").status_code == 302
        assert "Паспорт" in reader.client.get(f"employees/{anna.id}/history/").content.decode()


def test_a_photo_is_for_all_until_it_is_replaced(company, person, owner, passport):
    anna, scan = passport
    colleague, photo = person(company).client, attached(company, anna, anna, "Анна.png")
    with company_scope(company):
        Employee.objects.filter(pk=anna.id).update(photo_id=photo)
    assert colleague.get(f"attachments/{photo}/content/").status_code == 302
    assert colleague.get(f"attachments/{scan}/content/").status_code == 404
    with company_scope(company):
        Employee.objects.filter(pk=anna.id).update(photo_id=None)
    assert colleague.get(f"attachments/{photo}/content/").status_code == 404
