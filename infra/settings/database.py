"""PostgreSQL: one log-in role without rights for web and worker, another that owns tables for migrations."""

from typing import Any

from infra.env import database_settings, env

_COMMON = {
    "ENGINE": "infra.database",
    # A persistent connection per thread measured faster than psycopg's pool (docs/decisions).
    "CONN_MAX_AGE": None,
    "CONN_HEALTH_CHECKS": True,
    "DISABLE_SERVER_SIDE_CURSORS": True,
}

_OPTIONS: dict[str, Any] = {"client_encoding": "UTF8", "connect_timeout": 10}
_app, _owner = (database_settings(url, **_OPTIONS) for url in (env.database_url, env.database_owner_url))

DATABASES: dict[str, dict[str, Any]] = {
    "default": {**_COMMON, **_app},
    "owner": {**_COMMON, **_owner, "CONN_MAX_AGE": 0, "TEST": {"MIRROR": "default"}},
}
# Only `make_roles` uses it; empty when the roles stand.
DATABASE_ADMIN_URL = env.database_admin_url
# Whether a server that may lose what it has acknowledged is refused or only named.
DATABASE_MUST_BE_DURABLE = env.production
# Threads of web and worker hold one connection each; relay, ticker and the owner's work need a few more.
DATABASE_CONNECTIONS_NEEDED = env.web_processes * env.web_threads + env.worker_threads + 10
BACKEND_MEMORY_MB = env.backend_memory_mb
DATABASE_ROUTERS = ["infra.database.router.SidesRouter"]

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.redis_url or "unix:///nonexistent",
        "KEY_FUNCTION": "core.context.cache_key",
    }
}
POOL_SIZE = env.pool_size
REDIS_URL = env.redis_url
