"""What a start of the product on one machine needs, in one process: tables, pool, bucket, demo company."""

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "prepare and, with --demo, make_demo; one process starts twice as fast as two."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--demo", action="store_true", help="make the demo company unless it is there")

    def handle(self, *args, **options) -> None:
        call_command("prepare", stdout=self.stdout)
        if options["demo"]:
            call_command("make_demo", stdout=self.stdout)
