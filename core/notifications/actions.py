"""Writing letters to people: rows beside the effect that caused them, and promises to send them."""

from collections.abc import Iterable

from core.context import current_company
from core.identity.models import User
from core.outbox.queries import promise
from core.verb import verb

from .models import Delivery
from .rules import clean_paragraph, clean_subject

SEND = "job:notifications.send"
_OPEN = "Открыть"


@verb
def notify(
    principal_ids: Iterable[int],
    *,
    kind: str,
    subject: str,
    paragraphs: Iterable[str],
    link_path: str,
    fact_id: int,
) -> None:
    """Write one letter to each of these people about a fact.

    Blocked people and those without a way to sign in get nothing; the same fact and kind never write a second one.
    `link_path` is a path of the company's application (`/tasks/12`), empty for a letter without a button.
    """
    schema = current_company().schema
    people = User.objects.filter(principal_id__in=set(principal_ids), principal__is_active=True)
    texts = [clean_paragraph(text) for text in paragraphs]
    _write(
        Delivery(
            principal_id=principal_id,
            kind=kind,
            address=email,
            subject=clean_subject(subject),
            paragraphs=texts,
            links=[[_OPEN, link_path]] if link_path else [],
            message_id=f"{schema}-{fact_id}-{principal_id}-{kind}",
        )
        for principal_id, email in people.order_by("principal_id").values_list("principal_id", "email")
    )


@verb
def deliver_letter(
    address: str,
    *,
    kind: str,
    subject: str,
    paragraphs: Iterable[str],
    links: Iterable[tuple[str, str]] = (),
    key: str,
) -> None:
    """Write a letter to an address that may belong to nobody yet: an invitation, a password reset.

    `links` are (label, address or path of the company's application); what the letter says is forgotten once it is
    sent. `key` makes it one: the same key and kind never write a second letter.
    """
    letter = Delivery(
        kind=kind,
        address=address,
        subject=clean_subject(subject),
        paragraphs=[clean_paragraph(text) for text in paragraphs],
        links=[[label, target] for label, target in links],
        is_secret=True,
        message_id=f"{current_company().schema}-{key}-{kind}",
    )
    _write([letter])


def _write(letters: Iterable[Delivery]) -> None:
    wanted = {letter.message_id: letter for letter in letters}
    known = Delivery.objects.filter(message_id__in=wanted).values_list("message_id", flat=True)
    for message_id in known:
        del wanted[message_id]
    for letter in Delivery.objects.bulk_create(wanted.values()):
        promise(SEND, letter.pk)
