"""What the browser sees: hosts, cookies, headers, static files."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured

from infra.env import ROOT, env

# Processes started without the launcher get no generated secrets, and the fallback below is known to everybody.
_NEEDED = ("secret_key", "membership_key", "field_key", "database_url", "redis_url", "s3_endpoint_url", "smtp_url")
if env.production and (missing := [name.upper() for name in _NEEDED if not getattr(env, name)]):
    raise ImproperlyConfigured(f"При PULT_ENV=production нужны переменные: {', '.join(missing)}.")
if env.production and env.public_scheme != "https":
    raise ImproperlyConfigured("При PULT_ENV=production нужен PUBLIC_SCHEME=https: иначе пароли идут открыто.")

DEBUG = False
SECRET_KEY = env.secret_key or "unset-until-the-launcher-generates-it"
# The host is checked by the company middleware against the registry; a wildcard here only avoids a second list.
ALLOWED_HOSTS = ["*"]
USE_X_FORWARDED_HOST = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.production else None

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.rest.middleware.RequestIdMiddleware",
    "tenants.middleware.HostMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
]
APPEND_SLASH = False

_storage = ["/".join(url.split("/", 3)[:3]) for url in [env.s3_public_url or env.s3_endpoint_url] if "//" in url]
_sockets = f"{'wss' if env.public_scheme == 'https' else 'ws'}://*.{env.base_domain}{env.origin_port}"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:", *_storage],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF, _sockets, *_storage],
        # Documents of the storage are shown in the browser's own viewer.
        "frame-src": [SELF, *_storage],
        "worker-src": [SELF],
        "form-action": [SELF, f"{env.public_scheme}://*.{env.base_domain}{env.origin_port}"],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if env.public_scheme == "https" else 0
# Browsers refuse the __Host- prefix without https; on a local http address the plain name is used.
SESSION_COOKIE_SECURE = env.public_scheme == "https"
SESSION_COOKIE = "__Host-pult" if SESSION_COOKIE_SECURE else "pult"
DEVICE_COOKIE = f"{SESSION_COOKIE}-device"  # core/identity/devices.py

STATIC_URL = "/static/"
STATIC_ROOT = None  # Nothing is collected: WhiteNoise finds the files of installed packages where they lie.
SPA_ROOT = ROOT / "frontend" / "dist"
WHITENOISE_ROOT = SPA_ROOT
WHITENOISE_INDEX_FILE = False
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

DATA_UPLOAD_MAX_MEMORY_SIZE = env.request_body_mb * 1024 * 1024
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

BASE_DOMAIN = env.base_domain
PUBLIC_URL = env.public_url
PUBLIC_SCHEME = env.public_scheme
ORIGIN_PORT = env.origin_port


def WHITENOISE_IMMUTABLE_FILE_TEST(path: str, url: str) -> bool:
    """Built assets carry their hash in the name, so browsers may keep them for good."""
    return url.startswith("/assets/")
