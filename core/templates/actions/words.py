"""Verbs about words: how a phrase reads in a case, told by people or by a service."""

import re
from collections.abc import Mapping

from django.utils import timezone

from core.access.actor import Actor
from core.errors import Invalid, NotFound
from core.events.bus import Change, emit
from core.gateways.actions import drop_key, keep_key, note_silence
from core.gateways.models import Gateway
from core.gateways.rules import MORPHER
from core.language.cases import LONGEST_PHRASE, Case, key_of_phrase
from core.verb import verb

from ..events import MorpherChanged, WordingChanged
from ..models import Wording
from ..permissions import MANAGE_TEMPLATES

MOST_WORDINGS = 20_000
_KEY = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LIKE_A_KEY = "Ключ Морфера выглядит так: 00000000-0000-0000-0000-000000000000. Скопируйте его из личного кабинета"
Source = Wording.Source


@verb
def put_right(phrase: str, case: str, form: str, *, by: Actor) -> Wording:
    """Say how a phrase reads in a case, from now on and in every template. Errors: Forbidden, Invalid."""
    by.must(MANAGE_TEMPLATES)
    key = key_of_phrase(phrase)
    if case not in [one.value for one in Case] or case == Case.NOMINATIVE.value:
        raise Invalid({"case": "Выберите падеж"})
    if not key or len(phrase) > LONGEST_PHRASE:
        raise Invalid({"phrase": f"От одного до {LONGEST_PHRASE} знаков"})
    found = Wording.objects.select_for_update().filter(key=key, case=case).first()
    if found is None and Wording.objects.count() >= MOST_WORDINGS:
        raise Invalid({"phrase": f"В словаре уже {MOST_WORDINGS} слов. Удалите ненужные"})
    before = found.form if found else None
    row = found or Wording(key=key, case=case)
    row.phrase, row.form, row.source = phrase, form, Source.PERSON
    row.author_id, row.changed_at = by.principal_id, timezone.now()
    row.save()
    if before != form:
        emit(WordingChanged(None, phrase, case, (Change("form", before, form),)), by=by)
    return row


@verb
def forget_wording(wording: Wording, *, by: Actor) -> None:
    """Leave a phrase to the dictionaries again. Errors: Forbidden, NotFound."""
    by.must(MANAGE_TEMPLATES)
    if not Wording.objects.filter(pk=wording.pk).delete()[0]:
        raise NotFound()
    emit(WordingChanged(None, wording.phrase, wording.case, (Change("form", wording.form, None),)), by=by)


@verb
def remember_forms(forms: Mapping[str, Mapping[str, str]]) -> None:
    """Keep what a service has answered, {phrase: {case: form}}; what a person has said stands."""
    Wording.objects.bulk_create(
        (
            Wording(phrase=phrase, key=key_of_phrase(phrase), case=case, form=form[:300], source=Source.MORPHER)
            for phrase, told in forms.items()
            for case, form in told.items()
            if len(phrase) <= LONGEST_PHRASE
        ),
        ignore_conflicts=True,
    )


@verb
def connect_morpher(key: str, *, by: Actor) -> Gateway:
    """Have Morpher asked for cases by the company's own key. Errors: Forbidden, Invalid."""
    by.must(MANAGE_TEMPLATES)
    if not _KEY.fullmatch(key.strip()):
        raise Invalid({"key": _LIKE_A_KEY})
    row = keep_key(MORPHER, key.strip())
    emit(MorpherChanged(None, is_on=True), by=by)
    return row


@verb
def disconnect_morpher(*, by: Actor) -> None:
    """Leave phrases to our own dictionaries. Errors: Forbidden."""
    by.must(MANAGE_TEMPLATES)
    if drop_key(MORPHER):
        emit(MorpherChanged(None, is_on=False), by=by)


@verb
def note_trouble(error: str) -> None:
    """Keep why Morpher has not answered, for whoever looks at the settings; empty when it has."""
    note_silence(MORPHER, error)
