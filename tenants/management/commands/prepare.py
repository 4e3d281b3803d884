"""Bring an installation to the state of this code: public tables, segments, companies, pool, bucket."""

import logging

from botocore.exceptions import ClientError
from django.conf import settings
from django.core.management.base import BaseCommand

from core.storage import client
from tenants.provisioning.pool import refill, sweep
from tenants.provisioning.public_schema import migrate_public, store_segments
from tenants.startup import refuse_mighty_role

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Migrates, fills the pool, makes the bucket. Safe to repeat; run at every start and deploy."

    def handle(self, *args, **options) -> None:
        refuse_mighty_role()
        migrate_public(self.stdout.write)
        store_segments()
        sweep()
        refill()
        make_bucket()


def make_bucket() -> None:
    """Make the bucket unless it exists."""
    try:
        client().head_bucket(Bucket=settings.S3_BUCKET)
    except ClientError as missing:
        if missing.response["Error"]["Code"] not in ("404", "NoSuchBucket"):
            raise
        client().create_bucket(Bucket=settings.S3_BUCKET)
