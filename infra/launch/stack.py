"""The product on one machine: embedded servers where no outside ones are named, and the product's own processes."""

import os
import subprocess
import sys
import urllib.parse
from collections.abc import Callable

import psycopg

from infra.copies.server import let_go
from infra.env import ROOT, Env
from infra.gate import Gate
from infra.launch.data_dir import MARKER, counts_folder
from infra.launch.errors import LaunchRefused
from infra.launch.postgres import EmbeddedPostgres
from infra.launch.processes import Child, Server
from infra.launch.secrets import load_secrets
from infra.launch.valkey import EmbeddedValkey
from tenants.provisioning.roles import make_database, make_roles, make_shared_rights

DATABASE = "pult"
# People wait for it: a web process that is killed again and again comes back soon each time.
WEB_DELAY = 5.0


class Stack:
    """Which servers are embedded, and the environment that the product's processes get."""

    def __init__(self, env: Env, *, say: Callable[[str], None] = print, fast: bool = False) -> None:
        self.env, self.say = env, say
        self.data_dir = env.data_dir.resolve()
        self.secrets = load_secrets(self.data_dir)
        self.postgres = None if env.database_url else self._postgres(fast)
        self.valkey = None if env.redis_url else EmbeddedValkey(
            self.data_dir / "valkey", password=self.secrets["valkey_password"], fast=fast, say=say
        )  # fmt: skip
        self.sandbox = not (env.s3_endpoint_url and env.smtp_url)
        if self.sandbox and env.production:
            raise LaunchRefused(
                "Песочница внешнего мира не запускается в production.",
                "Задайте S3_ENDPOINT_URL и SMTP_URL настоящих служб.",
            )

    @property
    def servers(self) -> list[Server]:
        return [server for server in (self.postgres, self.valkey) if server is not None]

    def start_servers(self) -> None:
        """Start the embedded servers and make roles and database."""
        for server in self.servers:
            server.start()
        if self.postgres is not None:
            self._make_database(self.postgres)

    def variables(self) -> dict[str, str]:
        """Environment of every process of the product, complete: nothing else need be set."""
        env, port = self.env, self.env.port
        told = {
            MARKER: str(self.data_dir),
            "DJANGO_SETTINGS_MODULE": "infra.settings",
            "DATA_DIR": str(self.data_dir),
            "PORT": str(port),
            "PULT_ENV": env.pult_env,
            "BASE_DOMAIN": env.base_domain,
            "SECRET_KEY": env.secret_key or self.secrets["secret_key"],
            "MEMBERSHIP_KEY": env.membership_key or self.secrets["membership_key"],
            "FIELD_KEY": env.field_key or self.secrets["field_key"],
            "AUDIT_KEY": env.audit_key or self.secrets["audit_key"],
            "VAPID_PRIVATE_KEY": env.vapid_private_key or self.secrets["vapid_private_key"],
            "DATABASE_URL": env.database_url or self._url("pult_app", self.secrets["app_password"]),
            "DATABASE_OWNER_URL": env.database_owner_url or self._url("pult_owner", self.secrets["owner_password"]),
            "REDIS_URL": env.redis_url or self._redis_url(),
            "PYTHONUNBUFFERED": "1",
        }
        if not env.s3_endpoint_url:
            told["S3_ENDPOINT_URL"] = f"http://{env.local_host}:{port + 1}/s3"
            told["S3_PUBLIC_URL"] = f"http://{env.base_domain}:{port + 1}/s3"
            told["S3_ACCESS_KEY"], told["S3_SECRET_KEY"] = self.secrets["s3_access_key"], self.secrets["s3_secret_key"]
        if not env.smtp_url:
            told["SMTP_URL"] = f"smtp://{env.local_host}:{port + 2}"
        if self.sandbox:
            told["SANDBOX_URL"] = f"http://{env.local_host}:{port + 1}"
            told["SANDBOX_PUBLIC_URL"] = f"http://{env.base_domain}:{port + 1}"
            told["SANDBOX_SMTP_URL"] = f"smtp://{env.local_host}:{port + 2}"
            told["SANDBOX_BOT_TOKEN"] = f"1000000001:{self.secrets['bot_secret']}"
            told["SANDBOX_SMS_PASSWORD"] = self.secrets["sms_password"]
            told["SANDBOX_STRIPE_KEY"] = f"sk_test_{self.secrets['stripe_key']}"
            told["SANDBOX_STRIPE_SECRET"] = f"whsec_{self.secrets['stripe_secret']}"
            told["MORPHER_URL"] = f"http://{env.local_host}:{port + 1}/morpher"
            if not env.telegram_bot_token:
                # A bot of a company's own is tried out in the sandbox, too.
                told["TELEGRAM_API_URL"] = f"http://{env.local_host}:{port + 1}/telegram"
        return told

    def manage(self, *arguments: str) -> None:
        """Run an administrative command to its end; its failure stops the start."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, env=os.environ | self.variables(), cwd=ROOT, check=False)
        if done.returncode:
            raise LaunchRefused(f"Команда «{' '.join(arguments)}» не удалась, подробности выше.")

    def sandbox_child(self) -> Child:
        port, python = self.env.port, sys.executable
        keys = {
            "SANDBOX_S3_ACCESS_KEY": self.secrets["s3_access_key"],
            "SANDBOX_S3_SECRET_KEY": self.secrets["s3_secret_key"],
            "SANDBOX_STRIPE_HOOK": f"http://{self.env.local_host}:{port}/api/v1/hooks/stripe/",
        }
        argv = [python, "-m", "infra.sandbox", "--port", str(port + 1), "--smtp-port", str(port + 2),
                "--bind", self.env.bind, "--data", str(self.data_dir / "sandbox"), "--yields"]  # fmt: skip
        return Child("sandbox", argv, env=self.variables() | keys, cwd=ROOT)

    def children(self, descriptor: int, gate: Gate) -> list[Child]:
        """Web processes on the shared listening socket, and the worker with relay and ticker; all wait at the gate."""
        counts = {"PROMETHEUS_MULTIPROC_DIR": str(counts_folder(self.data_dir))}
        python, told = sys.executable, self.variables() | gate.variables | counts
        uvicorn = [python, "-m", "uvicorn", "infra.asgi:application", "--fd", str(descriptor), "--no-access-log",
                   "--log-level", "warning", "--no-server-header", "--timeout-graceful-shutdown", "10",
                   "--ws-max-size", "65536", *_proxies(self.env)]  # fmt: skip
        web = [
            Child(f"web-{number + 1}", uvicorn, env=told, cwd=ROOT, pass_fds=(descriptor, gate.waits_at),
                  longest_delay=WEB_DELAY)
            for number in range(self.env.web_processes)
        ]  # fmt: skip
        worker = [python, "-m", "infra.worker"]
        return [*web, Child("worker", worker, env=told, cwd=ROOT, pass_fds=(gate.waits_at,))]

    def keepers(self) -> list[Child]:
        """Who copies the embedded database all the time; nobody when it is not to be copied or is none of ours."""
        if self.postgres is None or not self.env.backups:
            return []
        keeper = [sys.executable, "-m", "infra.copies.keeper"]
        return [Child("копии", keeper, env=self.variables(), cwd=ROOT)]

    def _postgres(self, fast: bool) -> EmbeddedPostgres:
        password = self.secrets["postgres_password"]
        return EmbeddedPostgres(self.data_dir / "postgres", password=password, fast=fast, say=self.say)

    def _make_database(self, server: EmbeddedPostgres) -> None:
        with psycopg.connect(**server.dsn(), autocommit=True) as connection:
            make_roles(
                connection, app_password=self.secrets["app_password"], owner_password=self.secrets["owner_password"]
            )
            make_database(connection, DATABASE)
        with psycopg.connect(**server.dsn(dbname=DATABASE), autocommit=True) as connection:
            make_shared_rights(connection)
            if not self.env.backups:
                let_go(connection)

    def _url(self, user: str, password: str) -> str:
        if self.postgres is None:
            raise LaunchRefused("Задан DATABASE_URL, но не DATABASE_OWNER_URL.", "Нужны оба адреса.")
        host = urllib.parse.quote(str(self.postgres.socket_dir), safe="")
        return f"postgresql://{user}:{urllib.parse.quote(password)}@/{DATABASE}?host={host}&port={self.postgres.port}"

    def _redis_url(self) -> str:
        if self.valkey is None:
            raise LaunchRefused("Нет адреса Redis.", "Задайте REDIS_URL.")
        return f"unix://:{urllib.parse.quote(self.secrets['valkey_password'])}@{self.valkey.socket}"


def _proxies(env: Env) -> list[str]:
    """Whose word about the client's address uvicorn takes: nobody's unless proxies are named."""
    if not env.trusted_proxies:
        return ["--no-proxy-headers"]
    return ["--proxy-headers", "--forwarded-allow-ips", env.trusted_proxies]
