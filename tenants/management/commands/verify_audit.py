"""Whether the history stands as it was sealed."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.audit.queries import verify
from core.audit.rules import public_key
from core.context import Company, control_scope
from tenants.models import Company as Row
from tenants.snapshots import find

_NOT_THERE = (Row.Status.PROVISIONING, Row.Status.GONE)


class Command(BaseCommand):
    help = "Looks over the seals of the history; names the first line that was changed, deleted or slipped in."

    def add_arguments(self, parser) -> None:
        parser.add_argument("slug", nargs="?", default="", help="one company; all of them without it")
        parser.add_argument("--public-key", default="", metavar="HEX", help="of the seals, when it is not ours")
        parser.add_argument("--head", default="", metavar="DIGEST", help="a seal that must be in the chain, from a log")

    def handle(self, *args, **options) -> None:
        broken = 0
        self.stdout.write(f"Открытый ключ печатей: {options['public_key'] or public_key()}")
        for company in self._companies(options["slug"]):
            verdict = verify(company, public=options["public_key"])
            fault = verdict.broken
            if not fault and options["head"] and options["head"] not in verdict.heads:
                fault = "печати, названной в --head, в цепочке нет: её конец отрезан"
            broken += bool(fault)
            told = f"печатей {verdict.seals}, строк {verdict.facts}, ещё не запечатано {verdict.open}"
            gone = f", ушло с удалёнными карточками {verdict.gone}" if verdict.gone else ""
            gone += f", обезличено {verdict.restated}" if verdict.restated else ""
            self.stdout.write(f"  {'✗' if fault else '✓'} {company.slug}: {fault or told + gone}")
            if not fault and verdict.seals:
                self.stdout.write(f"      последняя печать {verdict.head}")
        if broken:
            raise CommandError(f"История изменена в обход Пульта, компаний: {broken}.")

    def _companies(self, slug: str) -> list[Company]:
        if slug:
            found = [find(host=f"{slug}.{settings.BASE_DOMAIN}")]
            if found[0] is None:
                raise CommandError(f"Компании с поддоменом {slug} здесь нет.")
        else:
            with control_scope():
                rows = Row.objects.exclude(status__in=_NOT_THERE).order_by("pk")
                schemas = list(rows.values_list("schema_name", flat=True))
            found = [find(schema=schema) for schema in schemas]
        return [company for company in found if company is not None]
