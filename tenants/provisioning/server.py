"""Is a PostgreSQL server of somebody else's fit to hold companies: facts read from it, judged in Russian."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

OLDEST = 18
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
_FEWEST_LOCKS = 1024
_SETTINGS = (
    "fsync",
    "full_page_writes",
    "synchronous_commit",
    "data_checksums",
    "recovery_init_sync_method",
    "max_locks_per_transaction",
    "max_connections",
    "idle_in_transaction_session_timeout",
)
_LOST = ("fsync", "full_page_writes", "synchronous_commit")

_FACTS = """
SELECT current_setting('server_version_num')::int / 10000,
  current_setting('server_encoding'),
  lower('ПРИВЕТ') = 'привет' AND 'Ёлка' ILIKE 'ёЛКА',
  (SELECT array_agg(name || '=' || setting) FROM pg_settings WHERE name = ANY(%s)),
  (SELECT coalesce(array_agg(e.extname::text), '{}') FROM pg_extension e
     JOIN pg_namespace n ON n.oid = e.extnamespace WHERE n.nspname = 'extensions'),
  to_regprocedure('extensions.backend_memory()') IS NOT NULL,
  (SELECT coalesce(array_agg(rolname::text), '{}') FROM pg_roles
     WHERE rolname = 'pult_control' AND pg_has_role(session_user, oid, 'SET'))
"""
_OWNER_FACTS = """
SELECT rolcreaterole AND NOT rolsuper AND NOT rolbypassrls,
  has_database_privilege(session_user, current_database(), 'CREATE'),
  (SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'public') = session_user,
  EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles o ON o.oid = m.member
    WHERE r.rolname = 'company_base' AND o.rolname = session_user AND m.admin_option)
FROM pg_roles WHERE rolname = session_user
"""


@dataclass(frozen=True)
class Facts:
    """What a server says of itself. `settings` are the raw values of pg_settings."""

    version: int = OLDEST
    encoding: str = "UTF8"
    knows_russian: bool = True
    settings: dict[str, str] = field(default_factory=dict)
    extensions: frozenset[str] = frozenset(EXTENSIONS)
    has_memory_function: bool = True
    may_become_control: bool = True
    owner_makes_roles: bool = True
    owner_makes_schemas: bool = True
    owner_has_public: bool = True
    owner_gives_base: bool = True


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: `grave` ones forbid the start."""

    grave: bool
    sentence: str
    advice: str


def read_facts() -> Facts:
    """Ask the server, as both log-in roles. OperationalError when it cannot be reached."""
    with connections["default"].cursor() as cursor:
        cursor.execute(_FACTS, [list(_SETTINGS)])
        version, encoding, russian, settings, extensions, memory, control = cursor.fetchone()
    with connections["owner"].cursor() as cursor:
        cursor.execute(_OWNER_FACTS)
        owner: Any = cursor.fetchone()
    return Facts(
        version=version,
        encoding=encoding,
        knows_russian=russian,
        settings=dict(pair.split("=", 1) for pair in settings),
        extensions=frozenset(extensions),
        has_memory_function=memory,
        may_become_control=bool(control),
        owner_makes_roles=owner[0],
        owner_makes_schemas=owner[1],
        owner_has_public=owner[2],
        owner_gives_base=owner[3],
    )


def judge(facts: Facts, *, must_be_durable: bool, connections_needed: int = 0) -> list[Finding]:
    """What is wrong with a server, graver first; an empty list when nothing is."""
    found = [*_of_server(facts), *_of_roles(facts), *_of_settings(facts, must_be_durable, connections_needed)]
    return sorted(found, key=lambda finding: not finding.grave)


def _of_server(facts: Facts) -> Iterator[Finding]:
    if facts.version < OLDEST:
        yield Finding(True, f"PostgreSQL {facts.version}: слишком старый.", f"Нужен {OLDEST} или новее.")
    if facts.encoding != "UTF8":
        yield Finding(
            True, f"База хранит текст в кодировке {facts.encoding}.", "Создайте базу заново с ENCODING 'UTF8'."
        )
    if not facts.knows_russian:
        yield Finding(
            True,
            "Сервер не различает регистр русских букв: lower('ПРИВЕТ') не даёт «привет», поиск работал бы неверно.",
            "Создайте базу командой manage.py make_roles: её локаль PG_UNICODE_FAST от настроек машины не зависит.",
        )
    if missing := sorted(set(EXTENSIONS) - facts.extensions):
        yield Finding(
            True,
            f"В схеме extensions нет расширений: {', '.join(missing)}.",
            "Поставьте пакет contrib своего сервера и выполните manage.py make_roles.",
        )


def _of_roles(facts: Facts) -> Iterator[Finding]:
    advice = "Выполните manage.py make_roles с адресом суперпользователя в DATABASE_ADMIN_URL."
    if not facts.may_become_control:
        yield Finding(True, "Роль из DATABASE_URL не может стать ролью pult_control.", advice)
    if not facts.owner_makes_roles:
        yield Finding(
            True, "Роль из DATABASE_OWNER_URL должна уметь создавать роли и не быть суперпользователем.", advice
        )
    if not facts.owner_makes_schemas:
        yield Finding(True, "Роль из DATABASE_OWNER_URL не может создавать схемы в этой базе.", advice)
    if not facts.owner_has_public:
        yield Finding(True, "Схема public принадлежит не роли из DATABASE_OWNER_URL.", advice)
    if not facts.owner_gives_base:
        yield Finding(True, "Роль из DATABASE_OWNER_URL не может выдавать роль company_base.", advice)
    if not facts.has_memory_function:
        yield Finding(True, "Нет функции extensions.backend_memory().", advice)


def _of_settings(facts: Facts, must_be_durable: bool, connections_needed: int) -> Iterator[Finding]:
    now = facts.settings
    for name in _LOST:
        if now.get(name, "on") == "off":
            yield Finding(
                must_be_durable, f"{name} = off: при сбое пропадёт то, что уже подтверждено людям.", f"Включите {name}."
            )
    locks = int(now.get("max_locks_per_transaction", _FEWEST_LOCKS))
    if locks < _FEWEST_LOCKS:
        yield Finding(
            must_be_durable,
            f"max_locks_per_transaction = {locks}: резервная копия тысячи компаний не снимется.",
            f"Поставьте {_FEWEST_LOCKS} или больше и перезапустите сервер.",
        )
    if now.get("recovery_init_sync_method", "syncfs") != "syncfs":
        yield Finding(
            False,
            "recovery_init_sync_method не syncfs: после сбоя сервер с тысячей компаний поднимается минуты.",
            "Поставьте recovery_init_sync_method = syncfs, если ваш сервер это позволяет.",
        )
    if now.get("data_checksums", "on") == "off":
        yield Finding(False, "Контрольные суммы страниц выключены.", "Включите их: pg_checksums --enable.")
    if now.get("idle_in_transaction_session_timeout", "1") == "0":
        yield Finding(
            False,
            "idle_in_transaction_session_timeout = 0: зависший процесс держал бы замки вечно.",
            "Поставьте 60s.",
        )
    allowed = int(now.get("max_connections", connections_needed))
    if allowed < connections_needed:
        yield Finding(
            False,
            f"max_connections = {allowed}, а процессам этой установки нужно до {connections_needed}.",
            "Увеличьте max_connections или уменьшите WEB_PROCESSES, WEB_THREADS, WORKER_THREADS.",
        )
