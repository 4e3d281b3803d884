"""`kill -9` inside the jobs that touch the outside world: nothing is lost, and what may happen twice is known."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.utils import timezone

from core.access.loading import actor_of_principal
from core.attachments.actions import Wish, begin_upload, complete_upload
from core.attachments.models import Attachment, Leftover
from core.context import Company, company_scope
from core.failpoints import KILLED
from core.identity.models import User
from core.notifications.actions import notify
from core.notifications.kinds import MAIL, Notification
from core.notifications.models import Delivery
from core.organization.models import Employee
from core.storage import CompanyStore
from tenants.snapshots import find
from tests.infra.sandbox.process import ACCESS, SECRET, SandboxProcess

pytestmark = pytest.mark.committed
BUCKET = "files"
LETTER = Notification("x.letter", "Письмо", "Прочее", channels=(MAIL,))
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """S3 and a mail server."""
    sandbox = SandboxProcess(tmp_path_factory.mktemp("outside")).start()
    sandbox.s3().create_bucket(Bucket=BUCKET)
    yield sandbox
    sandbox.stop()


@pytest.fixture
def run(committed: Any, outside: SandboxProcess, settings: Any) -> Callable[..., int]:
    """`run(job, id, fail="")` does a job in a process of its own; its status."""
    told = {
        "S3_ENDPOINT_URL": f"{outside.url}/s3",
        "S3_PUBLIC_URL": f"{outside.url}/s3",
        "S3_BUCKET": BUCKET,
        "S3_ACCESS_KEY": ACCESS,
        "S3_SECRET_KEY": SECRET,
        "SMTP_URL": f"smtp://127.0.0.1:{outside.smtp_port}",
    }
    for name, value in told.items():
        setattr(settings, name, value)

    def work(job: str, subject_id: int, fail: str = "") -> int:
        return committed.child("job", job, alfa().schema, str(subject_id), fail=fail, **told)[0]

    return work


def alfa() -> Company:
    found = find(host="alfa.localhost")
    assert found is not None
    return found


def upload() -> int:
    """A file whose bytes have arrived and wait for the check, on the owner's own card."""
    company = alfa()
    with company_scope(company):
        card = Employee.objects.select_related("principal").get()
        by = actor_of_principal(card.principal, door="screen")
        attachment = begin_upload(card, Wish("Паспорт.pdf", len(PDF), "application/pdf"), by=by)
        complete_upload(attachment, by=by)
    store = CompanyStore(company.schema)
    waiting = store.quarantine_of(attachment.storage_key)
    address = store.upload_address(waiting, size=len(PDF), content_type="application/pdf")
    assert httpx.put(address, content=PDF, headers={"Content-Type": "application/pdf"}).status_code == 200
    return attachment.pk


def letter() -> int:
    with company_scope(alfa()):
        owner = User.objects.get()
        notify([owner.principal_id], kind=LETTER, subject="Письмо", paragraphs=["Текст"], link_path="/", fact_id=1)
        return Delivery.objects.get().pk


@pytest.mark.row("PL-06")
@pytest.mark.parametrize("place,state", [("attachments.copied", "checking"), ("attachments.judged", "ready")])
def test_a_check_killed_anywhere_ends_with_one_file(run, outside, place, state):
    pk = upload()
    assert run("attachments.check", pk, fail=place) == KILLED
    with company_scope(alfa()):
        assert Attachment.objects.get(pk=pk).state == state
    assert run("attachments.check", pk) == 0
    with company_scope(alfa()):
        found = Attachment.objects.get(pk=pk)
        (leftover,) = Leftover.objects.all()
    assert (found.state, found.version) == ("ready", 1)
    assert run("attachments.erase", leftover.pk) == 0
    listed = outside.s3().list_objects_v2(Bucket=BUCKET, Prefix=CompanyStore(alfa().schema).prefix)
    assert [one["Key"] for one in listed["Contents"]] == [found.storage_key]
    outside.s3().delete_object(Bucket=BUCKET, Key=found.storage_key)


@pytest.mark.row("T-19")
@pytest.mark.parametrize("place,letters", [("notifications.claimed", 1), ("notifications.sent", 2)])
def test_a_letter_killed_on_the_way_comes_once_or_twice_under_one_name(run, outside, place, letters):
    """Between the server's «accepted» and our mark lies a gap that SMTP cannot close: rather twice than never."""
    before = len(outside.json("/mail/messages?to=owner@alfa.example"))
    pk = letter()
    assert run("notifications.send", pk, fail=place) == KILLED
    with company_scope(alfa()):
        assert Delivery.objects.get(pk=pk).status == "waiting"
        Delivery.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert run("notifications.send", pk) == 0
    assert run("notifications.send", pk) == 0
    came = outside.json("/mail/messages?to=owner@alfa.example")
    assert len(came) - before == letters
    assert len({one["headers"]["Message-ID"] for one in came}) == 1
    with company_scope(alfa()):
        assert Delivery.objects.get(pk=pk).status == "sent"
