"""What was published and decided is never changed by a company's role: drafts move to their routes, and that a decision
is void is told by its step. Rights are set by whoever migrates companies (tenants/provisioning)."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

_DRAFTS = """
UPDATE routes_route SET draft = v.scheme, draft_by_id = v.author_id, draft_at = v.created_at
  FROM routes_routeversion v WHERE v.route_id = routes_route.id AND v.published_at IS NULL;
DELETE FROM routes_routeversion WHERE published_at IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
_VOID = """
UPDATE routes_step SET void_at = d.void_at FROM routes_decision d
  WHERE d.step_id = routes_step.id AND d.void_at IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0003_reading_keys"),
        ("routes", "0001_initial"),
    ]

    operations = [
        migrations.AddField("route", "draft", models.JSONField(null=True)),
        migrations.AddField("route", "draft_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "route",
            "draft_by",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.principal",
            ),
        ),
        migrations.AddField(
            "run",
            "picked",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField("step", "void_at", models.DateTimeField(null=True)),
        migrations.RunSQL(_DRAFTS, migrations.RunSQL.noop),
        migrations.RunSQL(_VOID, migrations.RunSQL.noop),
        migrations.RemoveConstraint("routeversion", "route_one_draft"),
        migrations.RemoveConstraint("routeversion", "route_one_in_force"),
        migrations.RemoveConstraint("routeversion", "route_version_whole"),
        migrations.RemoveField("routeversion", "retired_at"),
        migrations.RemoveField("decision", "void_at"),
        migrations.AlterField("routeversion", "published_at", models.DateTimeField(default=django.utils.timezone.now)),
        migrations.AlterField(
            "routeversion",
            "published_by",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.principal"),
        ),
    ]
