"""What no return of a company undoes: doors that were shut since, secrets that were changed, names taken away.

Ids are given anew after a return, so a person is known by his id and the moment when his card or account was made.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.access.loading import system_actor
from core.context import Company, company_scope
from core.entities.locks import lock
from core.organization.actions import shut_out
from core.organization.models import Employee
from core.privacy.actions import anonymise_again
from core.registry import registry
from core.statuses.actions.moving import land

from .errors import NobodyToOpen

# Sessions and keys that have ended since do not live again, and nobody's remembered rights do: the new epochs are
# greater than any, which have been counted from one or set so.
_ALIVE = "SELECT coalesce(array_agg(secret_hash), '{}') FROM identity_session WHERE revoked_at IS NULL"
_END = "UPDATE identity_session SET revoked_at = now() WHERE revoked_at IS NULL AND secret_hash <> ALL(%s)"
_JUMP = "UPDATE identity_principal SET access_epoch = access_epoch + extract(epoch FROM now())::bigint"
# A link that was taken back lets nobody in; one that was used since may be used again: its guest is gone.
_REVOKED = "SELECT coalesce(array_agg(secret_hash), '{}') FROM identity_invitation WHERE revoked_at IS NOT NULL"
_REVOKE = "UPDATE identity_invitation SET revoked_at = now() WHERE revoked_at IS NULL AND secret_hash = ANY(%s)"
_LIVES = """
SELECT p.id, coalesce(e.created_at, u.created_at) AS born, p.is_active FROM identity_principal p
LEFT JOIN organization_employee m ON m.principal_id = p.id LEFT JOIN entities_entity e ON e.id = m.entity_ptr_id
LEFT JOIN identity_user u ON u.principal_id = p.id
"""
_SHUT = f"SELECT id, born FROM ({_LIVES}) life WHERE NOT is_active"
_SHUT_AGAIN = f"""
UPDATE identity_principal p SET is_active = false
FROM ({_LIVES}) life, unnest(%s::bigint[], %s::timestamptz[]) shut(id, born)
WHERE p.id = life.id AND p.id = shut.id AND p.is_active AND life.born IS NOT DISTINCT FROM shut.born
"""
_OWNED = """
SELECT EXISTS (SELECT FROM access_roleassignment a JOIN access_role r ON r.id = a.role_id AND r.code = 'owner'
JOIN identity_principal p ON p.id = a.principal_id AND p.is_active)
"""
_USERS = "SELECT coalesce(json_agg(u), '[]')::text FROM identity_user u"
_SAME_USER = (
    "FROM json_populate_recordset(NULL::identity_user, %s::json) n WHERE n.id = u.id AND n.created_at = u.created_at"
)
_PASSWORDS = f"""
UPDATE identity_user u SET password = n.password, password_changed_at = n.password_changed_at {_SAME_USER}
AND n.password_changed_at > coalesce(u.password_changed_at, '-infinity')
"""
# Codes that have been used since are used, and a factor that was set up anew is not the lost one again.
_FACTORS = f"""
UPDATE identity_user u SET totp_secret = n.totp_secret, totp_confirmed_at = n.totp_confirmed_at,
  totp_last_step = n.totp_last_step, recovery_hashes = n.recovery_hashes {_SAME_USER}
AND n.totp_confirmed_at >= coalesce(u.totp_confirmed_at, '-infinity')
"""
_NAMELESS = """
SELECT a.employee_id, e.created_at, a.author_id, a.created_at
FROM privacy_anonymisation a JOIN entities_entity e ON e.id = a.employee_id
"""
# Whoever took the name away may have come after that moment: then it is the product that does it.
_NAMELESS_AGAIN = """
INSERT INTO privacy_anonymisation (employee_id, author_id, created_at, words)
SELECT e.id, coalesce(p.id, (SELECT id FROM identity_principal WHERE kind = 'system')), gone.at, '[]'
FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[], %s::timestamptz[]) gone(id, born, author, at)
JOIN entities_entity e ON e.id = gone.id AND e.created_at = gone.born
JOIN organization_employee m ON m.entity_ptr_id = e.id LEFT JOIN identity_principal p ON p.id = gone.author
ON CONFLICT DO NOTHING RETURNING employee_id
"""


@dataclass(frozen=True)
class Standing:
    """How doors and names stand now: hashes, JSON of all accounts, (id, born) and what goes with them in columns."""

    alive: list[str]
    revoked: list[str]
    users: str
    shut: tuple[list[int], list[datetime | None]]
    nameless: tuple[list[int], list[datetime], list[int], list[datetime]]


def as_it_stands(cursor: Any) -> Standing:
    """What is to outlive the return; the tables are locked, so nothing of it changes any more."""
    return Standing(
        alive=_one(cursor, _ALIVE),
        revoked=_one(cursor, _REVOKED),
        users=_one(cursor, _USERS),
        shut=_columns(cursor, _SHUT, 2),
        nameless=_columns(cursor, _NAMELESS, 4),
    )


def keep(cursor: Any, stood: Standing) -> list[int]:
    """Let it stand over what has been loaded, in the same transaction; cards whose names are to be taken again.

    NobodyToOpen when no owner would be left who may come in.
    """
    cursor.execute(_END, [stood.alive])
    cursor.execute(_REVOKE, [stood.revoked])
    cursor.execute(_PASSWORDS, [stood.users])
    cursor.execute(_FACTORS, [stood.users])
    cursor.execute(_SHUT_AGAIN, list(stood.shut))
    if cursor.rowcount and not _one(cursor, _OWNED):
        raise NobodyToOpen()
    cursor.execute(_JUMP)
    cursor.execute(_NAMELESS_AGAIN, list(stood.nameless))
    return [employee for (employee,) in cursor.fetchall()]


def tell(company: Company, nameless: list[int]) -> None:
    """Bring the cards to where their people stand, by the verbs that did it before; nobody is let in meanwhile.

    Killed before it is done, the whole return is repeated, and finds what `keep` has written.
    """
    kind, blocked = registry.kind_of(Employee.KIND), Employee.Status.BLOCKED
    with company_scope(company):
        by = system_actor()
        shut = Employee.objects.filter(principal__is_active=False, trashed_at__isnull=True).exclude(status=blocked)
        for row in shut.order_by("pk"):
            employee = lock(row)
            shut_out(employee, land(employee, kind, blocked), by=by)
        for employee_id in nameless:
            anonymise_again(employee_id, by=by)


def _one(cursor: Any, query: str) -> Any:
    cursor.execute(query)
    return cursor.fetchone()[0]


def _columns(cursor: Any, query: str, count: int) -> Any:
    cursor.execute(query)
    rows = cursor.fetchall()
    return tuple([row[place] for row in rows] for place in range(count))
