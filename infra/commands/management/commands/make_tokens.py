"""API tokens of owners, for load tests: `make_tokens c-1 c-2 …` prints {slug: {token, id}} as JSON."""

import json

from django.core.management.base import BaseCommand, CommandError

from core.context import company_scope, control_scope
from core.identity.actions.sessions import SCRIPT_LIFE, open_session
from core.identity.attempts import Visitor
from core.identity.models import Session, User
from tenants.models import Company
from tenants.snapshots import snapshot_of


class Command(BaseCommand):
    help = "Prints a fresh API token and the employee id of the first user of each named company (all when none named)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("slugs", nargs="*")

    def handle(self, *args, **options) -> None:
        with control_scope():
            rows = Company.objects.filter(status="active").order_by("pk")
            named = rows.filter(slug__in=options["slugs"]) if options["slugs"] else rows
            companies = [snapshot_of(row) for row in named]
        found = {}
        for company in companies:
            with company_scope(company):
                user = User.objects.select_related("principal__employee").order_by("pk").first()
                if user is None:
                    raise CommandError(f"В компании {company.slug} нет пользователей.")
                found[company.slug] = {"token": _token(user), "id": user.principal.employee.pk}
        self.stdout.write(json.dumps(found))


def _token(user: User) -> str:
    opened = open_session(user, kind=Session.Kind.TOKEN, life=SCRIPT_LIFE, visitor=Visitor(), name="Нагрузка")
    return opened.secret
