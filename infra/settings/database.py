"""PostgreSQL: one log-in role without rights for web and worker, another that owns tables for migrations."""

from infra.env import database_settings, env

_COMMON = {
    "ENGINE": "infra.database",
    # A persistent connection per thread measured faster than psycopg's pool (docs/decisions).
    "CONN_MAX_AGE": None,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {"client_encoding": "UTF8", "connect_timeout": 10},
    "DISABLE_SERVER_SIDE_CURSORS": True,
}

DATABASES = {
    "default": {**_COMMON, **database_settings(env.database_url)},
    "owner": {**_COMMON, **database_settings(env.database_owner_url), "CONN_MAX_AGE": 0, "TEST": {"MIRROR": "default"}},
}
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
