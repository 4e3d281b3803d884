"""The first plans, as they stand in the file beside."""

import tomllib
from decimal import Decimal
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).with_name("plans_2026_11.toml")
GB = 1024**3


def write_plans(apps, schema_editor):
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    using = schema_editor.connection.alias
    plans, versions, add_ons, extras = (
        apps.get_model("billing", name).objects.using(using) for name in ("Plan", "PlanVersion", "AddOn", "Extra")
    )
    for rank, plan in enumerate(told["plans"], start=1):
        row = plans.create(code=plan["code"], title=plan["title"], summary=plan["summary"], rank=rank)
        version = versions.create(
            plan=row,
            number=1,
            valid_from=told["valid_from"],
            currency=told["currency"],
            month_price=Decimal(plan["month"]),
            year_price=Decimal(plan["year"]),
            seats_included=plan.get("seats"),
            seat_month_price=_money(plan.get("seat_month")),
            seat_year_price=_money(plan.get("seat_year")),
            storage_bytes=plan["storage_gb"] * GB if "storage_gb" in plan else None,
            modules=plan.get("modules"),
        )
        for code, (unit, free, price) in plan.get("extras", {}).items():
            extras.create(version=version, code=code, unit=unit, free_volume=Decimal(free), unit_price=Decimal(price))
        if version.month_price:
            for sold in told["add_ons"]:
                add_ons.create(
                    version=version,
                    code=sold["code"],
                    title=sold["title"],
                    month_price=Decimal(sold["month"]),
                    year_price=Decimal(sold["year"]),
                    storage_bytes=sold["storage_gb"] * GB,
                )


def _money(text):
    return None if text is None else Decimal(text)


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0001_initial"),
    ]

    operations = [migrations.RunPython(write_plans, migrations.RunPython.noop)]
