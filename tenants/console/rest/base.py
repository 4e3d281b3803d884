"""What every endpoint of the console does first: the scope of the registry, the operator, his second factor."""

from typing import Any, ClassVar

from django.http.response import HttpResponseBase
from rest_framework.response import Response

from core.context import control_scope
from core.errors import NotSignedIn
from core.identity.rest.browser import visitor_of
from core.rest.csrf import refuse_cross_site
from core.rest.request import Request
from core.rest.views import ScopedView
from tenants.console.actions.operators import note_seen
from tenants.console.errors import TotpNeeded
from tenants.console.operators import OperatorActor, operator_of


class OperatorView(ScopedView):
    """Knows its operator. Without a second factor he comes to nothing but its setting up."""

    # The few doors for whoever has no second factor yet.
    before_totp: ClassVar[bool] = False

    @property
    def operator(self) -> OperatorActor:
        """Whoever has signed in; operations open to anybody ask `operator_or_none`."""
        if self.operator_or_none is None:
            raise NotSignedIn()
        return self.operator_or_none

    @property
    def operator_or_none(self) -> OperatorActor | None:
        found: Any = self.request.actor
        return found

    def check_operator(self, request: Any) -> None:
        """In a control scope."""
        caller = operator_of(request, visitor_of(request))
        self.request.actor = caller.actor  # type: ignore[assignment]
        self.request.session_secret = caller.secret
        refuse_cross_site(request, signed_in_by_cookie=caller.by_cookie, secret=caller.secret)
        if caller.actor is not None and not caller.actor.operator.has_totp and not self.before_totp:
            raise TotpNeeded()

    def finalize_response(self, request: Any, response: Response, *args: Any, **kwargs: Any) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        final.setdefault("Cache-Control", "no-store")
        return final


class ConsoleView(OperatorView):
    """An endpoint whose whole work is one transaction of the registry."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with control_scope():
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        self.check_operator(request)
        super().initial(request, *args, **kwargs)
        if self.operator_or_none is not None:
            note_seen(self.operator_or_none)


class OwnScopesView(OperatorView):
    """An endpoint whose work opens scopes of its own: making a module's tables, for one."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        with control_scope():
            self.check_operator(request)
        super().initial(request, *args, **kwargs)
