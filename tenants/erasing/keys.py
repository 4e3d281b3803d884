"""What Redis remembers of a company."""

import redis
from django.conf import settings

_MANY = 500
# Every process compares what it holds with this word; it ends by itself within the hour.
_WORD = "global:company-version:"


def forget_keys(schema: str) -> int:
    """Delete every key that names a schema; how many."""
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=10)
    count = 0
    try:
        for key in client.scan_iter(match=f"*{schema}*", count=_MANY):
            if not key.decode(errors="replace").startswith(_WORD):
                count += client.delete(key)
    finally:
        client.close()
    return count
