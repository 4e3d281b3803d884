"""The door by which Telegram brings what people write and press.

Who may knock is known by the secret in the header; whose company it is, by our own codes and signatures, never by
what the update says of itself. The answer carries the reply, so that nobody is called from here.
"""

import logging
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from telegram import Message, Update

from core.companies import find_company
from core.context import Company, company_scope
from core.errors import Forbidden, Refused
from core.gateways.jobs import webhook_secret
from core.gateways.queries import shared_bots, telegram_account
from core.gateways.telegram.client import TelegramAccount
from core.gateways.telegram.links import finish, give_back, is_first_time, redeem
from core.identity.secrets import same
from core.language.quotes import quoted
from core.rest.access import ANYBODY, Access
from core.rest.request import Request
from core.rest.views import ScopedView

from ..channels.words import read_button
from ..errors import ButtonIsDead, LinkIsDead
from .actions import link_chat, press_button

log = logging.getLogger(__name__)
_LONGEST_TOAST = 200
_HELLO = "Это бот Пульта. Чтобы подключить его, откройте в Пульте «Настройки → Уведомления» и нажмите «Подключить»."


class UpdateIn(serializers.Serializer):
    """An update of the Bot API; only its number is looked at before the library reads the rest."""

    update_id = serializers.IntegerField(min_value=0, max_value=2**62)


class _HookView(ScopedView):
    """Base of both doors: opens scopes of its own, because one bot may speak for many companies."""

    access: ClassVar[dict[str, Access]] = {"post": ANYBODY}
    takes_tokens = False

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
            reply = _answer(account, request.data, self.request.company if self.of_company else None)
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


def _answer(account: TelegramAccount, body: Any, company: Company | None) -> dict[str, Any]:
    """The reply to one update, as a method of the Bot API; empty when there is nothing to say."""
    try:
        update = Update.de_json(body, None)
    except (KeyError, TypeError, ValueError, AttributeError):
        log.info("an update of %s does not read", account.name)
        return {}
    if update is None:
        return {}
    if update.callback_query is not None:
        return _pressed(account, update.callback_query, company)
    if update.message is not None and update.message.text:
        return _said(account, update.message, company)
    return {}


def _said(account: TelegramAccount, message: Message, company: Company | None) -> dict[str, Any]:
    command, _, code = (message.text or "").strip().partition(" ")
    if command != "/start" or not code or message.chat.type != "private":
        return _say(message, _HELLO)
    try:
        owner = _linked(account, message, code.strip(), company)
    except Refused as refusal:
        return _say(message, str(refusal.detail or refusal.title))
    return _say(message, f"Подключено: {quoted(owner.name)}. Сюда придут ваши уведомления.")


def _linked(account: TelegramAccount, message: Message, code: str, company: Company | None) -> Company:
    invited = redeem(account, code)
    owner = find_company(invited.schema) if invited else None
    if invited is None or owner is None or not owner.is_open or (company and company.schema != owner.schema):
        raise LinkIsDead()
    sender = message.from_user
    name = f"@{sender.username}" if sender and sender.username else (sender.full_name if sender else "")
    with company_scope(owner):
        link_chat(invited.principal_id, account=account, chat_id=message.chat.id, name=name)
    return owner


def _pressed(account: TelegramAccount, query: Any, company: Company | None) -> dict[str, Any]:
    try:
        text = _done(account, query, company)
    except Refused as refusal:
        text = str(refusal.detail or refusal.title)
    return {"method": "answerCallbackQuery", "callback_query_id": query.id, "text": text[:_LONGEST_TOAST]}


def _done(account: TelegramAccount, query: Any, company: Company | None) -> str:
    read = read_button(query.data or "")
    if read is None:
        raise ButtonIsDead()
    schema, delivery_id, code, signature = read
    owner = find_company(schema)
    if owner is None or not owner.is_open or (company and company.schema != schema):
        raise ButtonIsDead()
    with company_scope(owner):
        return press_button(delivery_id, code, signature, account=account, chat_id=query.from_user.id)


def _say(message: Message, text: str) -> dict[str, Any]:
    return {"method": "sendMessage", "chat_id": message.chat.id, "text": text}
