"""What can be done with many documents at once; each by the verb of one document."""

from collections.abc import Callable, Mapping
from typing import Any

from rest_framework import serializers

from core.access.actor import Actor
from core.entities import trash
from core.entities.kinds import EntityKind
from core.entities.models import Ref
from core.organization.people import principal_of
from core.rest.bulk import BulkAction
from core.rest.fields import ID
from modules.documents import actions
from modules.documents.actions.moving import go_back, remembered
from modules.documents.actions.routing import take_back
from modules.documents.models import Document


class AnswerIn(serializers.Serializer):
    responsible = serializers.IntegerField(**ID, help_text="employee id")

    def validate_responsible(self, employee: int) -> int:
        return principal_of(employee, field="responsible")


class DocumentDeedTextIn(serializers.Serializer):
    text = serializers.CharField(max_length=10_000, allow_blank=True, default="")


Run = Callable[[Any, EntityKind, Mapping[str, Any], Actor], Any]


def _deed(code: str) -> Run:
    def run(document: Any, kind: EntityKind, values: Mapping[str, Any], by: Actor) -> Any:
        before = remembered(document)
        actions.do_deed(document, code, by=by, **values)
        after = remembered(Document.objects.get(pk=document.pk))
        return {name: value for name, value in before.items() if after[name] != value} or None

    return run


def _back(document: Any, kind: EntityKind, told: Any, by: Actor) -> None:
    go_back(document, told, by=by)


def _send(document: Any, kind: EntityKind, values: Mapping[str, Any], by: Actor) -> Any:
    actions.do_deed(document, "send", by=by, **values)
    return []


def _recall(document: Any, kind: EntityKind, told: Any, by: Actor) -> None:
    take_back(document, by=by)


def _register(document: Any, kind: EntityKind, values: Mapping[str, Any], by: Actor) -> Any:
    # A number that was given stays given: it is not put back.
    actions.do_deed(document, "register", by=by)
    return []


def _answer(document: Any, kind: EntityKind, values: Mapping[str, Any], by: Actor) -> Any:
    before = document.responsible_id
    actions.change_document(document, fields=values, by=by)
    return None if before == values["responsible"] else {"responsible": before}


def _answer_back(document: Any, kind: EntityKind, told: Any, by: Actor) -> None:
    actions.change_document(document, fields=told, by=by)


def _throw(document: Any, kind: EntityKind, values: Mapping[str, Any], by: Actor) -> Any:
    actions.throw_away(document, by=by)
    return []


def _take_back(document: Any, kind: EntityKind, told: Any, by: Actor) -> None:
    trash.restore(Ref(kind.code, document.pk), by=by)


BULK = (
    BulkAction("answer", "Назначить ответственного", _answer, _answer_back, AnswerIn),
    BulkAction("send", "На согласование", _send, _recall, DocumentDeedTextIn),
    BulkAction("submit", "Передать на регистрацию", _deed("submit"), _back),
    BulkAction("register", "Зарегистрировать", _register),
    BulkAction("archive", "В архив", _deed("archive"), _back),
    BulkAction("cancel", "Аннулировать", _deed("cancel"), _back, DocumentDeedTextIn),
    BulkAction("trash", "В корзину", _throw, _take_back),
)
