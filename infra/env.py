"""Every setting that comes from outside, typed, in one list. `.env.example` is generated from it."""

import sys
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args, get_origin
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Env(BaseSettings):
    """Environment of one installation; a name here is the name of the variable in upper case."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", env_ignore_empty=True)

    pult_env: Literal["development", "production"] = Field(
        default="development", description="production forbids the sandbox and insecure cookies"
    )
    port: int = Field(default=8000, description="TCP port of the product; the sandbox takes PORT+1 and its SMTP PORT+2")
    bind: str = Field(default="127.0.0.1", description="address to listen on; 0.0.0.0 opens it to other machines")
    base_domain: str = Field(default="localhost", description="companies live at <company>.BASE_DOMAIN")
    public_scheme: Literal["http", "https"] = Field(default="http", description="scheme people see in the browser")
    public_port: int | None = Field(default=None, description="port people see; empty: PORT for http, none for https")
    data_dir: Path = Field(
        default=Path(".data"), description="databases, files, secrets and logs of an embedded installation"
    )
    demo: bool | None = Field(
        default=None, description="1 or 0: a demo company or none; empty: one in development, none in production"
    )

    backups: bool = Field(
        default=True, description="1 or 0: the embedded database is copied all the time into DATA_DIR/backups or not"
    )
    backup_days: int = Field(
        default=14, description="how long copies, nightly archives and files taken off cards are kept"
    )

    secret_key: str = Field(default="", description="signs tokens and links; generated into DATA_DIR when empty")
    membership_key: str = Field(
        default="", description="keyed hash of e-mails in public.memberships; generated when empty"
    )
    field_key: str = Field(
        default="",
        description="base64 of 32 bytes that encrypt secrets at rest, or 2:<new>,1:<former>; generated when empty",
    )
    audit_key: str = Field(
        default="", description="base64 of 32 bytes that sign seals of the history; generated when empty"
    )

    database_url: str = Field(default="", description="postgresql://pult_app:…@host/db; empty: embedded server")
    database_owner_url: str = Field(
        default="", description="postgresql://pult_owner:…@host/db for migrations and provisioning"
    )
    database_admin_url: str = Field(default="", description="superuser, used once by `make_roles`; empty afterwards")
    redis_url: str = Field(default="", description="redis://… or unix:///path; empty: embedded Valkey")

    s3_endpoint_url: str = Field(default="", description="S3 endpoint as the servers see it; empty: sandbox")
    s3_public_url: str = Field(default="", description="S3 endpoint as browsers see it; empty: the same")
    s3_region: str = Field(default="us-east-1", description="region that requests are signed for")
    s3_bucket: str = Field(default="pult", description="one bucket for all companies, made when missing")
    s3_access_key: str = Field(default="", description="key that may read, write and delete in the bucket")
    s3_secret_key: str = Field(default="", description="its secret")

    smtp_url: str = Field(default="", description="smtp://user:password@host:port or smtps://; empty: sandbox mailbox")
    mail_from: str = Field(default="Пульт <no-reply@localhost>", description="sender of all letters")

    telegram_api_url: str = Field(default="https://api.telegram.org", description="where Telegram's Bot API answers")
    telegram_bot_token: str = Field(default="", description="bot of all companies, by @BotFather; empty: sandbox")
    telegram_bot_name: str = Field(default="", description="its name, as in t.me/<name>")
    morpher_url: str = Field(default="https://ws3.morpher.ru", description="where Morpher answers")
    smsc_api_url: str = Field(default="https://smsc.ru/sys", description="where SMSC.ru answers")
    smsru_api_url: str = Field(default="https://sms.ru", description="where SMS.ru answers")
    smsaero_api_url: str = Field(default="https://gate.smsaero.ru/v2", description="where SMS Aero answers")
    sms_provider: str = Field(default="smsc", description="whose the account below is: smsc, smsru or smsaero")
    sms_login: str = Field(default="", description="account that pays for SMS of all companies; empty: sandbox")
    sms_password: str = Field(default="", description="its password or key for the API")
    sms_sender: str = Field(default="", description="agreed name of the sender; empty: the provider's own")
    vapid_private_key: str = Field(
        default="", description="base64url of a P-256 number, names us to push services; generated when empty"
    )
    push_contact: str = Field(
        default="", description="mailto: or https: address for push services; empty: the sender of letters"
    )
    stripe_secret_key: str = Field(
        default="", description="sk_… of the account that takes cards; empty: sandbox, in production no cards"
    )
    stripe_webhook_secret: str = Field(
        default="", description="whsec_… of the endpoint /api/v1/hooks/stripe/; two with a comma while one is changed"
    )
    stripe_api_url: str = Field(default="https://api.stripe.com", description="where Stripe answers")
    sandbox_url: str = Field(default="", description="the sandbox as the servers see it; set by the launcher")
    sandbox_public_url: str = Field(default="", description="the sandbox as browsers see it; set by the launcher")
    sandbox_smtp_url: str = Field(default="", description="the sandbox's mailbox; set by the launcher")
    sandbox_bot_token: str = Field(default="", description="the sandbox's bot; set by the launcher")
    sandbox_sms_password: str = Field(default="", description="the sandbox's SMS account; set by the launcher")
    sandbox_stripe_key: str = Field(default="", description="the sandbox's key for cards; set by the launcher")
    sandbox_stripe_secret: str = Field(default="", description="what the sandbox signs with; set by the launcher")

    seller_name: str = Field(default="", description="who sells the service, as in invoices; empty: none are issued")
    seller_inn: str = Field(default="", description="INN of the seller")
    seller_kpp: str = Field(default="", description="KPP of the seller; empty for a sole trader")
    seller_address: str = Field(default="", description="legal address of the seller")
    seller_account: str = Field(default="", description="20 digits of the account that payments come to")
    seller_bank: str = Field(default="", description="name of the bank that keeps it")
    seller_bic: str = Field(default="", description="BIC of that bank")
    seller_bank_account: str = Field(default="", description="correspondent account of that bank")
    seller_vat: str = Field(default="", description="rate of VAT that prices hold, in percent; empty: without VAT")

    support_phone: str = Field(default="", description="telephone of support, shown in «Помощь»; empty: none")
    support_email: str = Field(default="", description="e-mail of support, shown in «Помощь»; empty: none")

    one_company: str = Field(
        default="", description="subdomain of the only company of an own server; empty: many companies"
    )
    company_host: str = Field(
        default="", description="host at which that company is opened, as crm.firma.ru; empty: BASE_DOMAIN itself"
    )
    licence_file: str = Field(default="", description="licence of an own server, checked without any network")
    licence_public_key: str = Field(default="", description="base64 of the Ed25519 key that licences are checked by")

    requests_per_second: int = Field(
        default=200, description="most requests a second of one company, by its seats fewer; 0: no budgets"
    )
    signups_per_hour: int = Field(default=100, description="sign-ups an hour from one address")
    pool_size: int = Field(default=8, description="ready schemas kept for new companies")
    web_processes: int = Field(default=2, description="processes that answer HTTP and sockets")
    trusted_proxies: str = Field(
        default="", description="addresses of proxies that name the client; empty: nobody is believed"
    )
    web_threads: int = Field(default=8, description="threads, hence database connections, of one web process")
    worker_threads: int = Field(default=4, description="background jobs at work at once, in one worker process")
    backend_memory_mb: int = Field(default=240, description="a database backend over this is recycled")
    request_body_mb: int = Field(default=5, description="largest JSON body accepted")
    upload_max_mb: int = Field(default=1024, description="largest file accepted")
    sentry_dsn: str = Field(default="", description="where faults are reported (Sentry); empty: nowhere")
    release: str = Field(default="", description="name of this version in reports of faults")
    metrics_token: str = Field(default="", description="opens /metrics to a Prometheus; empty: nobody")
    worker_metrics_port: int | None = Field(
        default=None, description="port at which a worker in a container of its own tells what it counts; empty: none"
    )

    @cached_property
    def production(self) -> bool:
        return self.pult_env == "production"

    @cached_property
    def makes_demo(self) -> bool:
        """Whether the start makes the demo company, whose passwords everybody knows."""
        return not self.production if self.demo is None else self.demo

    @cached_property
    def local_host(self) -> str:
        """Where this machine itself reaches what listens on `bind`, written as in an address: `[::1]`."""
        own = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(self.bind, self.bind)
        return f"[{own}]" if ":" in own else own

    @cached_property
    def origin_port(self) -> str:
        """`:8000` or an empty string: what stands after the host in an address people see."""
        port = self.public_port or (self.port if self.public_scheme == "http" else None)
        return "" if port in (None, 80 if self.public_scheme == "http" else 443) else f":{port}"

    def host_of(self, slug: str) -> str:
        """Host with port of a company, `acme.localhost:8000`."""
        return f"{slug}.{self.base_domain}{self.origin_port}"

    def url_of(self, slug: str) -> str:
        return f"{self.public_scheme}://{self.host_of(slug)}"

    @cached_property
    def public_url(self) -> str:
        return f"{self.public_scheme}://{self.base_domain}{self.origin_port}"


def database_settings(url: str, **options: Any) -> dict[str, Any]:
    """Split a postgresql:// address; `?host=/dir` names a socket directory.

    All other parameters (`sslmode`, `sslrootcert`, `application_name`…) reach the driver as they are, over `options`;
    one that it does not know stops the first connection.
    """
    parts = urlsplit(url)
    told = dict(parse_qsl(parts.query, keep_blank_values=True))
    host, port = told.pop("host", parts.hostname or ""), told.pop("port", "")
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or port),
        "OPTIONS": options | told,
    }


def example() -> str:
    """Text of `.env.example`: each setting with its meaning and default. Copied as it is, it changes nothing."""
    lines = ["# Made by `python -m infra.env`: edit infra/env.py. Copy to .env and change what you need."]
    for name, field in Env.model_fields.items():
        choices = f" ({' | '.join(get_args(field.annotation))})" if get_origin(field.annotation) is Literal else ""
        lines += ["", f"# {field.description}{choices}", f"{name.upper()}={_written(field.default)}"]
    return "\n".join([*lines, ""])


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return f'"{value}"' if " " in str(value) else str(value)


def main(arguments: list[str]) -> int:
    """Write `.env.example`; with `--check` only say whether it is current (0) or not (1)."""
    path = ROOT / ".env.example"
    if "--check" not in arguments:
        path.write_text(example(), encoding="utf-8")
        return 0
    if path.exists() and path.read_text(encoding="utf-8") == example():
        return 0
    print(".env.example устарел: выполните python -m infra.env", file=sys.stderr)
    return 1


env = Env()

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
