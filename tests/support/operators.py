"""Operators of the console in tests."""

import time
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

import pyotp
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from core.context import control_scope
from core.crypto import encrypt
from core.identity.secrets import digest, new_secret
from core.rest.csrf import CONSOLE, csrf_token
from tenants.console.models import Operator, OperatorSession

from .client import Api

PASSWORD = "operator-pass-1"
HOST = f"console.{settings.BASE_DOMAIN}"
_numbers = count(1)


@dataclass
class OperatorPerson:
    """An operator with his ways in."""

    operator: Operator
    token: str
    cookie: str
    totp: str

    @property
    def client(self) -> Api:
        return Api(host=HOST, token=self.token)

    @property
    def browser(self) -> "Browser":
        return Browser(self.cookie)

    def code(self) -> str:
        """What his authenticator shows now."""
        return pyotp.TOTP(self.totp).at(int(time.time()))


class Browser:
    """An operator at a browser: his cookie, and the token that his writes carry."""

    def __init__(self, cookie: str) -> None:
        self.api = Api(host=HOST, cookie=cookie)
        self.headers = {
            "X_CSRF_Token": csrf_token(CONSOLE, cookie),
            "Origin": f"{settings.PUBLIC_SCHEME}://{HOST}{settings.ORIGIN_PORT}",
        }

    def call(self, method: str, path: str, body: Any = None) -> Any:
        return self.api.call(method, path, body, headers=self.headers if method != "get" else None)

    def get(self, path: str) -> Any:
        return self.call("get", path)

    def post(self, path: str, body: Any = None) -> Any:
        return self.call("post", path, body)


def make_operator(role: str = "chief", *, proved: bool = True) -> OperatorPerson:
    """An operator signed in at a browser and by a key; without `proved` he has no second factor yet."""
    number = next(_numbers)
    secret = pyotp.random_base32()
    with control_scope():
        row = Operator.objects.create(
            email=f"operator{number}@console.example", full_name=f"Операторов Номер{number}", role=role,
            password=make_password(PASSWORD),
        )  # fmt: skip
        if proved:
            row.totp_secret = encrypt(
                secret.encode(), model="console.operator", field="totp_secret", pk=row.pk, owner="console"
            )
            row.totp_confirmed_at = timezone.now()
            row.save()
        ways = {kind: new_secret() for kind in ("token", "browser")}
        for kind, way in ways.items():
            OperatorSession.objects.create(
                operator=row, kind=kind, secret_hash=digest(way), expires_at=timezone.now() + timedelta(hours=1)
            )
    return OperatorPerson(row, ways["token"], ways["browser"], secret)
