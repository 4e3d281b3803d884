"""Where I am signed in: browsers and API tokens."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.identity.actions.recovery import prove_password
from core.identity.actions.sessions import live_sessions, make_token, revoke_all, revoke_one
from core.identity.actions.sign_in import FOUNDING_TOKEN
from core.identity.agents import browser_name
from core.identity.models import Session
from core.rest.access import SIGNED_IN
from core.rest.filters import Filter, Grammar, word
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView
from core.texts import clean_line

from .browser import OwnAccountView, SecretView, drop_cookie, read, user_id_of, visitor_of
from .serializers import NewToken, Revoked, SessionPage, TokenForm

_GRAMMAR = Grammar(
    filters={"kind": Filter("kind", word("browser", "token"))},
    orderings={"last_seen_at": "last_seen_at", "created_at": "created_at"},
    default_ordering="-last_seen_at",
)


class SessionsView(CompanyView):
    works_unpaid = True
    closed_to_support = True
    access = {"get": SIGNED_IN}

    @extend_schema(responses={200: SessionPage})
    def get(self, request: Request) -> Response:
        rows = _GRAMMAR.narrow(live_sessions(user_id_of(self.actor)), request.query_params)
        page = page_of(rows, request.query_params, _GRAMMAR)
        lines = [session_line(session, self.actor.session_id) for session in page.rows]
        return Response({"results": lines, "next": page.next})


class SessionView(CompanyView):
    works_unpaid = True
    access = {"delete": SIGNED_IN}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, session_id: int) -> Response:
        revoke_one(session_id, by=self.actor)
        response = Response(status=204)
        if session_id == self.actor.session_id:
            drop_cookie(response)
        return response


class RevokeOthersView(SecretView):
    access = {"post": SIGNED_IN}

    @extend_schema(request=None, responses={200: Revoked})
    def post(self, request: Request) -> Response:
        return Response({"revoked": revoke_all(self.user(), keeping=self.actor.session_id, by=self.actor)})


class TokensView(OwnAccountView):
    """Asks for the password, because a token may outlive the session that made it."""

    access = {"post": SIGNED_IN}

    @extend_schema(request=TokenForm, responses={201: NewToken})
    def post(self, request: Request) -> Response:
        form, user, visitor = read(TokenForm, request), self.user(), visitor_of(request)
        prove_password(user, form["password"], visitor=visitor, field="password")
        asked = {"name": clean_line(form["name"]), "days": form["days"], "reads_only": form["reads_only"]}
        made = make_token(user, **asked, visitor=visitor, by=self.actor)
        body = {"id": made.session.pk, "token": made.secret, "expires_at": made.session.expires_at}
        return Response(body, status=201)


# Nobody has asked for this one by himself, so it says what it is.
_SHOWN = {FOUNDING_TOKEN: "Вход при регистрации компании: больше не нужен, можно отозвать"}


def session_line(session: Session, current: int | None) -> dict[str, Any]:
    return {
        "id": session.pk,
        "kind": session.kind,
        "name": _SHOWN.get(session.name, session.name) or browser_name(session.user_agent),
        "user_agent": session.user_agent,
        "ip": session.ip,
        "created_at": session.created_at,
        "last_seen_at": session.last_seen_at,
        "expires_at": session.expires_at,
        "reads_only": session.reads_only,
        "current": session.pk == current,
    }
