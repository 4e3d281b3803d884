"""What a company's schema is like by PostgreSQL's own catalogue, so that two schemas can be compared.

Left out: the order of columns, names of NOT NULL constraints, indexes `cf_*` that a company makes for itself, and
whether a constraint was added without looking at rows that stood (docs/authors/migrations.md): a new schema has none.
"""

from collections.abc import Iterable
from typing import Any

from core.context import owner_scope

from .pool import make_schema, new_schema_name
from .segments import Script, replay

_DESCRIPTION = """
WITH own AS (SELECT oid FROM pg_namespace WHERE nspname = %(schema)s),
relations AS (
  SELECT c.* FROM pg_class c JOIN own ON own.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'S', 'v', 'm'))
SELECT format('relation %%s %%s %%s rls=%%s %%s', relname, relkind, relpersistence, relrowsecurity, reloptions)
  FROM relations
UNION ALL
SELECT format('column %%s.%%s %%s notnull=%%s default=%%s identity=%%s generated=%%s collation=%%s',
    r.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
    a.attidentity, a.attgenerated, NULLIF(a.attcollation, t.typcollation)::regcollation)
  FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
  WHERE r.relkind <> 'S'
UNION ALL
SELECT format('constraint %%s %%s %%s', r.relname, k.conname,
    regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', ''))
  FROM relations r JOIN pg_constraint k ON k.conrelid = r.oid WHERE k.contype <> 'n'
UNION ALL
SELECT format('index %%s %%s', r.relname, pg_get_indexdef(i.indexrelid))
  FROM relations r JOIN pg_index i ON i.indrelid = r.oid JOIN pg_class x ON x.oid = i.indexrelid
  WHERE x.relname NOT LIKE 'cf\\_%%'
UNION ALL
SELECT format('trigger %%s %%s', r.relname, pg_get_triggerdef(g.oid))
  FROM relations r JOIN pg_trigger g ON g.tgrelid = r.oid AND NOT g.tgisinternal
UNION ALL
SELECT format('policy %%s %%s', r.relname, p.polname) FROM relations r JOIN pg_policy p ON p.polrelid = r.oid
UNION ALL
SELECT format('grant %%s %%s to %%s', r.relname, g.privilege_type, g.grantee::regrole)
  FROM relations r, aclexplode(r.relacl) g WHERE g.grantee <> r.relowner
UNION ALL
SELECT format('owner %%s %%s', r.relname, r.relowner::regrole) FROM relations r
UNION ALL
SELECT format('schema grant %%s to %%s', g.privilege_type, g.grantee::regrole)
  FROM own JOIN pg_namespace n ON n.oid = own.oid, aclexplode(n.nspacl) g
UNION ALL
SELECT format('default grant %%s %%s to %%s', f.defaclobjtype, g.privilege_type, g.grantee::regrole)
  FROM own JOIN pg_default_acl f ON f.defaclnamespace = own.oid, aclexplode(f.defaclacl) g
"""


def describe(connection: Any, schema: str) -> frozenset[str]:
    """One line per thing in the schema of the open owner scope; its own name is written `{role}`."""
    with connection.cursor() as cursor:
        cursor.execute(_DESCRIPTION, {"schema": schema})
        return frozenset(line.replace(schema, "{role}") for (line,) in cursor.fetchall())


def fresh(scripts: Iterable[Script]) -> frozenset[str]:
    """What a schema made now from these segments is like; it is made and unmade in one transaction."""
    name = new_schema_name()
    with owner_scope(name, side="company") as connection:
        make_schema(connection, name)
        for script in scripts:
            replay(connection, script, name)
        found = describe(connection, name)
        connection.set_rollback(True)
    return found
