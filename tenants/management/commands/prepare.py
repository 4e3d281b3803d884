"""Bring an installation to the state of this code: public tables, segments, companies, pool, bucket."""

from botocore.exceptions import ClientError
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.storage import client
from tenants.management.commands.check_db import check_server
from tenants.provisioning.fanout import BrokenMigration, migrate_companies
from tenants.provisioning.pool import refill, sweep
from tenants.provisioning.public_schema import migrate_public, store_segments


class Command(BaseCommand):
    help = "Migrates, fills the pool, makes the bucket. Safe to repeat; run at every start and deploy."

    def handle(self, *args, **options) -> None:
        check_server(self.stdout)
        migrate_public(self.stdout.write)
        store_segments()
        self._migrate()
        sweep()
        refill()
        make_bucket()

    def _migrate(self) -> None:
        try:
            report = migrate_companies(self.stdout.write)
        except BrokenMigration as broken:
            raise CommandError(f"Миграция не проходит на пустых схемах, компании не тронуты. {broken}") from broken
        for name, reason in report.failed.items():
            self.stdout.write(f"  ✗ {name} на обслуживании: {reason}")


def make_bucket() -> None:
    """Make the bucket unless it exists."""
    try:
        client().head_bucket(Bucket=settings.S3_BUCKET)
    except ClientError as missing:
        if missing.response["Error"]["Code"] not in ("404", "NoSuchBucket"):
            raise
        client().create_bucket(Bucket=settings.S3_BUCKET)
