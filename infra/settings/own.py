"""An own server: one company, its host, its licence (docs/operations/own-server.md)."""

from django.core.exceptions import ImproperlyConfigured

from infra.env import env

ONE_COMPANY = env.one_company
# A host of the company's own, as people type it; all its letters lead there.
COMPANY_HOST = (env.company_host or env.base_domain) if env.one_company else ""
LICENCE_FILE = env.licence_file
LICENCE_PUBLIC_KEY = env.licence_public_key

if env.company_host and not env.one_company:
    raise ImproperlyConfigured("COMPANY_HOST действует вместе с ONE_COMPANY: своё имя есть у сервера одной компании.")
if env.licence_file and not env.licence_public_key:
    raise ImproperlyConfigured("К LICENCE_FILE нужен LICENCE_PUBLIC_KEY: без него подпись не проверить.")
