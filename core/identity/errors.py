"""What sign-in and everything around it may refuse."""

from dataclasses import dataclass
from typing import Any

from core.errors import AccessClosed, Invalid, Refused, SlowDown


@dataclass(frozen=True)
class Failure:
    """What the audit must remember of a refused sign-in: `user_id` when the account exists, a `reason` code."""

    reason: str
    user_id: int | None = None


class SignInRefused(Refused):
    """A refused sign-in; `failure` is for the audit only and never reaches the caller."""

    status = 401

    def __init__(self, failure: Failure | None = None, **data: Any) -> None:
        super().__init__(**data)
        self.failure = failure


class InvalidCredentials(SignInRefused):
    """The same for an unknown address and a wrong password, whoever is blocked."""

    code, title = "invalid-credentials", "Неверная почта или пароль. Проверьте их или восстановите пароль"


class ShutOut(SignInRefused):
    """Said to whoever has proved by the right password that he is the one whose access is closed."""

    code, title = AccessClosed.code, AccessClosed.title


class MfaRequired(SignInRefused):
    code, title = "mfa-required", "Введите код из приложения или запасной код"


class MfaInvalid(SignInRefused):
    code, title = "mfa-invalid", "Код не подошёл. Дождитесь следующего кода и введите его"


class CodeInvalid(Invalid):
    """The same said to somebody who is signed in already, beside the field."""

    def __init__(self, failure: Failure | None) -> None:
        super().__init__({"code": MfaInvalid.title})
        self.failure = failure


class LockedOut(SlowDown):
    """Too many wrong tries; `retry_after` seconds."""

    code, title = "locked-out", "Слишком много неверных попыток. Подождите 15 минут или восстановите пароль"

    def __init__(self, failure: Failure | None = None, **data: Any) -> None:
        super().__init__(**data)
        self.failure = failure


class LinkDead(Refused):
    code, status, title = "link-dead", 409, "Ссылка больше не действует. Запросите новую"


class InvitationDead(Refused):
    code, status, title = "invitation-dead", 409, "Приглашение больше не действует. Попросите прислать новое"


class AlreadyMember(Refused):
    code, status, title = "already-member", 409, "С этой почтой уже есть сотрудник. Войдите со своим паролем"


class TotpOn(Refused):
    code, status, title = "totp-on", 409, "Вход по коду уже включён. Чтобы сменить приложение, сначала выключите его"


class TotpNotSetUp(Refused):
    code, status, title = "totp-not-set-up", 409, "Вход по коду не настроен. Начните настройку заново"


class NotByToken(Refused):
    code, status, title = "not-by-token", 403, "По ключу доступа это недоступно. Войдите в браузере"


class OwnAddress(Refused):
    code, status = "own-address", 409
    title = "Свой адрес входа меняют с паролем: откройте настройки, раздел «Вход и безопасность»"


class NoAccount(Refused):
    code, status = "no-account", 409
    title = "У этого человека нет входа: он заблокирован или ещё не принял приглашение"


class EmailUnproved(Refused):
    code, status, title = "email-unproved", 409, "Сначала подтвердите почту: мы отправили на неё письмо со ссылкой"
