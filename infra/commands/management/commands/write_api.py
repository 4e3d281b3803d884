"""Write the OpenAPI documents that the repository keeps: docs/api/{public,company,console}.json."""

import json

from django.core.management.base import BaseCommand

from infra.api_schema import build
from infra.env import ROOT

SIDES = ("public", "company", "console")


class Command(BaseCommand):
    help = "Writes docs/api/*.json from the code; tests/conformance compares them."

    def handle(self, *args, **options) -> None:
        folder = ROOT / "docs" / "api"
        folder.mkdir(exist_ok=True)
        for side in SIDES:
            text = json.dumps(build(side), ensure_ascii=False, indent=1, sort_keys=True, default=str)
            (folder / f"{side}.json").write_text(text + "\n", encoding="utf-8")
