"""The journal is added to and read; looks of subdomains and parts of names are found by index."""

from django.db import migrations

_RIGHTS = "REVOKE UPDATE, DELETE, TRUNCATE ON console_deed FROM pult_control"
_LOOKS = """
CREATE INDEX company_look ON tenants_company (
  (translate(replace(replace(replace(slug, '-', ''), 'rn', 'm'), 'vv', 'w'), '0134578i', 'oleastbl'))
)
"""
_NAMES = "CREATE INDEX company_name_part ON tenants_company USING gin (upper(name) extensions.gin_trgm_ops)"
_SLUGS = "CREATE INDEX company_slug_part ON tenants_company USING gin (upper(slug) extensions.gin_trgm_ops)"
_INNS = "CREATE INDEX company_inn ON tenants_company (inn)"
_DROP = "DROP INDEX IF EXISTS {}"


class Migration(migrations.Migration):
    dependencies = [("console", "0001_initial")]

    operations = [
        migrations.RunSQL(_RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL(_LOOKS, _DROP.format("company_look")),
        migrations.RunSQL(_NAMES, _DROP.format("company_name_part")),
        migrations.RunSQL(_INNS, _DROP.format("company_inn")),
        migrations.RunSQL(_SLUGS, _DROP.format("company_slug_part")),
    ]
