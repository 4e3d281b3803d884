"""The door by which Telegram brings what people write and press.

Who may knock is known by the secret in the header; whose company it is, by our own codes and signatures, never by
what the update says of itself. The answer carries the reply, so that nobody is called from here.
"""

import logging
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from telegram import CallbackQuery, Update

from core.companies import find_company
from core.context import company_scope
from core.errors import Forbidden, Refused
from core.gateways.jobs import webhook_secret
from core.gateways.queries import shared_bots, telegram_account
from core.gateways.telegram.client import TelegramAccount
from core.gateways.telegram.links import finish, give_back, is_first_time
from core.gateways.telegram.memory import meet
from core.identity.secrets import same
from core.rest.access import ANYBODY, Access
from core.rest.request import Request
from core.rest.views import ScopedView

from ..channels.words import read_button
from ..errors import ButtonIsDead
from .actions import ask_to_renew, press_button
from .answers import NOTHING, Knock, Reply, toast, why
from .talking import said
from .talks import go_on, is_step

log = logging.getLogger(__name__)


class UpdateIn(serializers.Serializer):
    """An update of the Bot API; only its number is looked at before the library reads the rest."""

    update_id = serializers.IntegerField(min_value=0, max_value=2**62)


class _HookView(ScopedView):
    """Base of both doors: opens scopes of its own, because one bot may speak for many companies."""

    access: ClassVar[dict[str, Access]] = {"post": ANYBODY}
    takes_tokens = False
    # The messenger would knock again and again; whoever asks for a deed is told by the bot why there is none.
    works_unpaid = True

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        self.request.actor = None
        super().initial(request, *args, **kwargs)

    def accounts(self) -> list[TelegramAccount]:
        raise NotImplementedError

    @extend_schema(request=UpdateIn, responses={200: None})
    def post(self, request: Request) -> Response:
        account = self._knocked(request)
        told = UpdateIn(data=request.data)
        told.is_valid(raise_exception=True)
        number = told.validated_data["update_id"]
        if not is_first_time(account, number):
            return Response({})
        try:
            reply = _answer(Knock(account, self.request.company if self.of_company else None, number), request.data)
        except Exception:
            give_back(account, number)
            raise
        finish(account, number)
        return Response(reply)

    def _knocked(self, request: Request) -> TelegramAccount:
        secret = request.META.get("HTTP_X_TELEGRAM_BOT_API_SECRET_TOKEN", "")
        for account in self.accounts():
            if secret and same(secret, webhook_secret(account)):
                return account
        raise Forbidden("Неизвестный отправитель")


class SharedHookView(_HookView):
    """Of the bots that all companies share; on the public host."""

    of_company = False

    def accounts(self) -> list[TelegramAccount]:
        return shared_bots()


class OwnHookView(_HookView):
    """Of a company's own bot; on the company's host."""

    def accounts(self) -> list[TelegramAccount]:
        with company_scope(self.request.company):
            account = telegram_account()
        return [account] if account and account.scope == self.request.company.schema else []


def _answer(knock: Knock, body: Any) -> Reply:
    """The reply to one update; empty when there is nothing to say."""
    try:
        update = Update.de_json(body, None)
    except (KeyError, TypeError, ValueError, AttributeError):
        log.info("an update of %s does not read", knock.account.name)
        return NOTHING
    if update is None:
        return NOTHING
    if update.callback_query is not None:
        return _pressed(knock, update.callback_query)
    return said(knock, update.message) if update.message is not None else NOTHING


def _pressed(knock: Knock, query: CallbackQuery) -> Reply:
    if is_step(query.data or ""):
        return go_on(knock, query)
    try:
        return toast(query.id, _done(knock, query))
    except Refused as refusal:
        return toast(query.id, why(refusal))


def _done(knock: Knock, query: CallbackQuery) -> str:
    read = read_button(query.data or "")
    if read is None:
        raise ButtonIsDead()
    schema, delivery_id, code, signature = read
    owner = find_company(schema)
    if owner is None or not owner.is_open or (knock.company and knock.company.schema != schema):
        raise ButtonIsDead()
    account, chat_id = knock.account, query.from_user.id
    try:
        with company_scope(owner):
            told = press_button(delivery_id, code, signature, account=account, chat_id=chat_id, query=query.id)
    except ButtonIsDead:
        raise
    except Refused:
        # It is a true button whose time has gone: what can be done now is put in its place.
        with company_scope(owner):
            ask_to_renew(delivery_id)
        raise
    meet(account, chat_id, schema)
    return told
