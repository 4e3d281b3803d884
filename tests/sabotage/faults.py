"""Which faults there are, and which tests guard against them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Replace `old` by `new` in `file`; at least one of the `guards` (pytest arguments) must fail.

    `committed` where the guards commit for real, and are left out otherwise: they take longer.
    """

    name: str
    file: str
    old: str
    new: str
    guards: tuple[str, ...]
    committed: bool = False


ISOLATION = ("tests/isolation",)

FAULTS = (
    Fault(
        "role off: the log-in role inherits every company's rights",
        "tenants/provisioning/pool.py",
        "TO pult_app WITH INHERIT FALSE, SET TRUE",
        "TO pult_app WITH INHERIT TRUE, SET TRUE",
        ("tests/isolation/test_database.py",),
    ),
    Fault(
        "rights are set on the session and outlive their transaction",
        "core/context.py",
        "\"SELECT set_config('role', %s, true), set_config('search_path', %s, true),\"",
        "\"SELECT set_config('role', %s, false), set_config('search_path', %s, false),\"",
        ("tests/isolation/test_database.py",),
    ),
    Fault(
        "search path falls back to public",
        "core/context.py",
        'cursor.execute(_SET, [role, f"{schema}, {_LIBRARY}", str(timeout_ms)])',
        'cursor.execute(_SET, [CONTROL_ROLE, f"{schema}, public, {_LIBRARY}", str(timeout_ms)])',
        ISOLATION,
    ),
    Fault(
        "library context manager",
        "core/jobs/telling.py",
        "        with company_scope(company):\n            facts = _read(wanted)\n            _take",
        "        with schema_context(company.schema):\n            facts = _read(wanted)\n            _take",
        ("tests/architecture",),
    ),
    Fault(
        "promises in any company's name",
        "core/outbox/migrations/0002_rights.py",
        "FOR INSERT TO company_base WITH CHECK (company = current_user)",
        "FOR INSERT TO company_base WITH CHECK (true)",
        ("tests/isolation/test_database.py",),
    ),
    Fault(
        "inbox off: a fact may have its effect twice",
        "core/events/queries.py",
        "        return set(cursor.fetchall())\n",
        "        return set(wanted)\n",
        ("tests/core/jobs", "tests/core/notifications"),
    ),
    Fault(
        "relay without back-off",
        "core/outbox/queries.py",
        "make_interval(secs => 4 * power(2, LEAST(%s, 8)))",
        "make_interval(secs => 0 * %s)",
        ("tests/core/jobs",),
    ),
    Fault(
        "unsigned messages pass",
        "core/jobs/envelope.py",
        "    if not hmac.compare_digest(signature, _signature(message, expires)):",
        "    if False:",
        ("tests/isolation/test_messages.py",),
    ),
    Fault(
        "unscoped query: everybody sees every card",
        "core/access/queries.py",
        "    return cards.filter(all_of(bars(actor, permission)), any_of(ways(actor, permission, scope)))",
        "    return cards",
        ("tests/core/access", "tests/conformance", "tests/modules/tasks"),
    ),
    Fault(
        "missing permission: an operation asks nothing of its caller",
        "core/rest/access.py",
        "            request.actor.must(declared.permission)",
        "            pass",
        ("tests/conformance", "tests/core/access"),
    ),
    Fault(
        "module check off",
        "core/rest/access.py",
        "        if module and request.company and module not in request.company.modules:",
        "        if False:",
        ("tests/tenants", "tests/conformance"),
    ),
    Fault(
        "foreign pages may write",
        "core/rest/csrf.py",
        '    if request.META.get("HTTP_SEC_FETCH_SITE", "none") not in ("same-origin", "none"):',
        "    if False:",
        ("tests/core/rest",),
    ),
    Fault(
        "idempotency off",
        "core/rest/idempotency.py",
        '    key = request.META.get("HTTP_IDEMPOTENCY_KEY", "")',
        '    key = ""',
        ("tests/core/rest",),
    ),
    Fault(
        "stale writes pass",
        "core/entities/locks.py",
        "    if version is not None and fresh.version != version:",
        "    if False:",
        ("tests/modules/tasks", "tests/core/entities"),
    ),
    Fault(
        "a revoked session goes on",
        "core/access/loading.py",
        "        revoked_at__isnull=True,\n",
        "",
        ("tests/core/identity",),
    ),
    Fault(
        "what is leased may be sent again at once",
        "core/outbox/queries.py",
        "make_interval(secs => %(lease)s * power(2, LEAST(attempts, 3)))",
        "make_interval(secs => 0 * %(lease)s)",
        ("tests/core/jobs",),
    ),
    Fault(
        "what a living worker has in hand is taken from it",
        "core/outbox/queries.py",
        "WHERE workers.id = outbox.worker",
        "WHERE workers.id <> outbox.worker",
        ("tests/core/jobs",),
    ),
    Fault(
        "the client names the host",
        "tenants/middleware.py",
        'request.META.get("HTTP_HOST", "")',
        'request.META.get("HTTP_X_FORWARDED_HOST") or request.META.get("HTTP_HOST", "")',
        ("tests/isolation/test_hosts.py",),
    ),
    Fault(
        "notices come in a browser whose person has signed out",
        "core/notifications/pushes/queries.py",
        "session__revoked_at__isnull=True, ",
        "",
        ("tests/core/notifications/test_browsers.py",),
    ),
    Fault(
        "whoever has taken a notice gets it with each further attempt",
        "core/notifications/channels/claiming.py",
        ".exclude(pk__in=taken)",
        "",
        ("tests/core/notifications/test_push.py",),
    ),
    Fault(
        "anybody lets a colleague's browser go",
        "core/notifications/pushes/actions.py",
        "filter(pk=subscription_id, principal=by.principal_id).first()",
        "filter(pk=subscription_id).first()",
        ("tests/core/notifications/test_browsers.py",),
    ),
    Fault(
        "a secret opens in any row and company",
        "core/crypto.py",
        'return f"{schema}|{model}|{field}|{pk}".encode()',
        'return b"anywhere"',
        ("tests/core/test_crypto.py",),
    ),
    Fault(
        "seals leave out what facts say",
        "core/audit/rules.py",
        "told = [fact.pk, fact.kind, fact.entity_id, fact.payload, fact.actor_id,",
        "told = [fact.pk, fact.kind, fact.entity_id, fact.actor_id,",
        ("tests/core/audit",),
        committed=True,
    ),
    Fault(
        "facts are sealed before all earlier ones stand",
        "core/audit/jobs.py",
        "return oldest_running() >= transaction",
        "return True",
        ("tests/core/audit",),
        committed=True,
    ),
    Fault(
        "anybody tells what the provider of cards has done",
        "billing/card/client.py",
        "UnicodeDecodeError):\n            continue",
        "UnicodeDecodeError):\n            return True",
        ("tests/billing/test_card_events.py",),
    ),
    Fault(
        "an older reading of a subscription holds over a newer",
        "billing/actions/cards.py",
        "    if ticket <= account.applied:\n        return False\n",
        "",
        ("tests/billing/test_card_events.py",),
    ),
    Fault(
        "another company's payment is answered",
        "billing/queries.py",
        "filter(company=company_id, session=session)",
        "filter(session=session)",
        ("tests/billing/test_cards.py",),
    ),
)
