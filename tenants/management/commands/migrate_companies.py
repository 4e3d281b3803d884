"""Bring the tables of all companies to the state of this code."""

from django.core.management.base import BaseCommand, CommandError

from tenants.provisioning.fanout import WORKERS, BrokenMigration, migrate_companies
from tenants.provisioning.plans import Group, behind, group

# Measured per schema: SQL replayed, operations run (docs/operations/upgrade.md).
_SECONDS_PLAIN, _SECONDS_OPERATIONS = 0.01, 0.06


class Command(BaseCommand):
    help = "Migrates companies that are behind; may be repeated and interrupted. Run manage.py prepare first."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--plan", action="store_true", help="show what would run, change nothing")
        parser.add_argument("--only", default="", metavar="SLUG", help="one company, the pool left alone")
        parser.add_argument("--workers", type=int, default=WORKERS, help="connections at work at once")

    def handle(self, *args, **options) -> None:
        if options["plan"]:
            self._show(options["only"], options["workers"])
            return
        try:
            report = migrate_companies(self.stdout.write, only=options["only"], workers=options["workers"])
        except BrokenMigration as broken:
            raise CommandError(f"Миграция не проходит на пустых схемах, компании не тронуты. {broken}") from broken
        self.stdout.write(f"Обновлено схем: {len(report.done)}, не удалось: {len(report.failed)}")
        for name, reason in report.failed.items():
            self.stdout.write(f"  ✗ {name}: {reason}")
        if report.failed:
            raise CommandError("Компании с ошибкой закрыты на обслуживание. Исправьте причину и повторите команду.")

    def _show(self, only: str, workers: int) -> None:
        groups, absent = group(behind(only))
        for one in groups:
            self.stdout.write(_described(one, workers))
        for target in absent:
            self.stdout.write(f"  ✗ {target.name}: схемы {target.schema} нет")
        if not groups and not absent:
            self.stdout.write("Все схемы соответствуют коду.")


def _described(one: Group, workers: int) -> str:
    way, each = ("готовым SQL", _SECONDS_PLAIN) if one.is_plain else ("операциями", _SECONDS_OPERATIONS)
    pool = sum(1 for target in one.targets if not target.slug)
    title = f"Схем: {len(one.targets)} (из них в запасе {pool}), {way}, около {len(one.targets) * each / workers:.0f} с"
    return "\n".join([title, *(f"    {name}" for name in one.records or ["только отметка"])])
