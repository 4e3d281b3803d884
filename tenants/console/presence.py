"""How an operator appears in a company: a service by the name of «Поддержка: …», with no password and no card."""

from django.utils import timezone

from core.access.actor import Actor
from core.access.loading import SUPPORT, actor_of_principal
from core.identity.models import Principal, User

from .models import Operator


def user_of(operator: Operator) -> User:
    """The operator's account in the open company, made at his first deed there.

    Its address is of the domain that never exists and its password empty, so that nobody signs in by either.
    """
    email = f"operator-{operator.pk}@console.invalid"
    name = f"Поддержка: {operator.full_name}"[:200]
    found = User.objects.select_related("principal").filter(email=email).first()
    if found is None:
        principal = Principal.objects.create(kind=Principal.Kind.SERVICE, name=name)
        return User.objects.create(principal=principal, email=email, password="", email_verified_at=timezone.now())
    if found.principal.name != name:
        found.principal.name = name
        found.principal.save(update_fields=["name"])
    return found


def actor_in_company(operator: Operator, **known: int) -> Actor:
    """The operator as the doer of facts in the open company."""
    return actor_of_principal(user_of(operator).principal, door=SUPPORT, **known)
