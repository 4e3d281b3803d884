"""What cannot be run here is at least read: the compose file, the proxy, the list of settings, made secrets."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from infra.env import Env, example

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "infra" / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
KNOWN = {name.upper() for name in Env.model_fields}
# Read by compose itself: base images, and the password of the database server's superuser.
COMPOSE_ONLY = {"POSTGRES_PASSWORD"}
INTERPOLATED = re.compile(r"\$\{([A-Z0-9_]+)")


def products() -> dict[str, dict]:
    """Services that run our image."""
    return {name: told for name, told in COMPOSE["services"].items() if "PULT_IMAGE" in told["image"]}


def test_every_setting_is_explained_and_the_example_is_current():
    assert [name for name, field in Env.model_fields.items() if not field.description] == []
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == example()
    assert subprocess.run([sys.executable, "-m", "infra.env", "--check"], cwd=ROOT, check=False).returncode == 0


def test_the_example_copied_as_it_is_changes_nothing(tmp_path):
    copy = tmp_path / ".env"
    copy.write_text(example(), encoding="utf-8")
    for name in KNOWN:
        assert re.search(rf"^{name}=", copy.read_text(encoding="utf-8"), re.M), name
    bare = {name: field.default for name, field in Env.model_fields.items()}
    told = _without_environment(lambda: Env(_env_file=copy).model_dump())
    assert told == bare


def test_an_old_example_is_noticed(tmp_path, monkeypatch, capsys):
    from infra import env

    monkeypatch.setattr(env, "ROOT", tmp_path)
    (tmp_path / ".env.example").write_text("PORT=1\n")
    assert env.main(["--check"]) == 1
    assert ".env.example" in capsys.readouterr().err
    assert env.main([]) == 0
    assert env.main(["--check"]) == 0


@pytest.mark.row("OP-01")
def test_compose_starts_everything_in_order():
    services = COMPOSE["services"]
    assert set(services) == {"db", "redis", "s3", "roles", "prepare", "web", "sockets", "worker", "proxy"}
    for name, told in services.items():
        assert set(told.get("depends_on", {})) <= set(services), name
    assert services["prepare"]["depends_on"]["roles"]["condition"] == "service_completed_successfully"
    for name in ("web", "sockets", "worker"):
        assert services[name]["depends_on"] == {"prepare": {"condition": "service_completed_successfully"}}
    assert set(products()) == {"roles", "prepare", "web", "sockets", "worker"}


def test_the_proxy_asks_anew_where_a_process_made_anew_is():
    waits = COMPOSE["services"]["proxy"]["depends_on"]
    assert waits == {name: {"condition": "service_healthy", "restart": True} for name in ("web", "sockets")}


def test_the_database_is_healthy_when_it_answers_at_its_address():
    assert "--host=127.0.0.1" in COMPOSE["services"]["db"]["healthcheck"]["test"]


def test_compose_gives_only_settings_that_exist():
    named = set(INTERPOLATED.findall((DEPLOY / "compose.yaml").read_text(encoding="utf-8")))
    assert {name for name in named if not name.endswith("_IMAGE")} - COMPOSE_ONLY <= KNOWN
    for name, told in products().items():
        assert set(told["environment"]) <= KNOWN, name


def test_images_are_variables_without_a_host():
    for name, told in COMPOSE["services"].items():
        default = re.fullmatch(r"\$\{[A-Z0-9]+_IMAGE:-(.+)\}", told["image"])
        assert default, f"{name}: {told['image']}"
        assert "." not in default[1].partition("/")[0].partition(":")[0], f"{name} names a host"
    for line in (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("FROM"):
            assert re.match(r"FROM \$\{[A-Z]+_IMAGE\}", line), line


def test_only_the_job_that_makes_roles_knows_the_superuser():
    for name, told in products().items():
        assert bool(told["environment"]["DATABASE_ADMIN_URL"]) == (name == "roles"), name


def test_the_database_is_started_as_the_product_needs_it():
    db = COMPOSE["services"]["db"]
    for told in ("--max_locks_per_transaction=1024", "--recovery_init_sync_method=syncfs"):
        assert told in db["command"]
    for told in ("--builtin-locale=PG_UNICODE_FAST", "--encoding=UTF8", "--data-checksums"):
        assert told in db["environment"]["POSTGRES_INITDB_ARGS"]


def test_the_image_holds_every_part_of_the_product():
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    for source in re.findall(r"^COPY (?!--from)(.+?) \S+$", text, re.M):
        for name in source.split():
            assert (ROOT / name).exists(), name
    for part in ("core", "tenants", "billing", "modules", "infra"):
        assert f"COPY {part}/ {part}/" in text


def test_the_proxy_lets_no_client_name_its_own_address():
    text = (DEPLOY / "proxy.conf.template").read_text(encoding="utf-8")
    assert "proxy_add_x_forwarded_for" not in text
    assert text.count("{") == text.count("}")
    assert set(re.findall(r"\$\{([A-Z_]+)\}", text)) == {"BASE_DOMAIN"}


def test_made_secrets_start_a_production_installation():
    told, again = _made("smtp://mail.example:25"), _made("smtp://mail.example:25")
    assert set(told) - COMPOSE_ONLY <= KNOWN
    assert told["SECRET_KEY"] != again["SECRET_KEY"]
    assert told["DATABASE_ADMIN_URL"] == f"postgresql://postgres:{told['POSTGRES_PASSWORD']}@db/postgres"
    web = {name: _filled(value, told) for name, value in products()["web"]["environment"].items()}
    done = _settings(told | web, "print(settings.SESSION_COOKIE, settings.SESSION_COOKIE_SECURE)")
    assert done.stdout.split() == ["__Host-pult", "True"], done.stderr


def test_a_password_of_mail_is_read_as_it_was_written():
    address = "smtps://user:pa$word@mail.example:465"
    assert _made(address)["SMTP_URL"] == f"'{address}'"
    done = subprocess.run([str(DEPLOY / "new-env"), "pult.example", "smtp://a'b@mail"], capture_output=True, text=True)
    assert done.returncode == 2 and "%27" in done.stderr and not done.stdout


@pytest.mark.parametrize("name", ["SECRET_KEY", "MEMBERSHIP_KEY", "FIELD_KEY", "DATABASE_URL", "SMTP_URL"])
def test_production_without_its_secrets_does_not_start(name):
    done = _settings(_production() | {name: ""}, "print('started')")
    assert done.returncode != 0
    assert name in done.stderr and "PULT_ENV=production" in done.stderr


@pytest.mark.row("OP-04", "SE-01")
def test_production_is_https_all_over():
    refused = _settings(_production() | {"PUBLIC_SCHEME": "http"}, "print('started')")
    assert refused.returncode != 0 and "PUBLIC_SCHEME=https" in refused.stderr
    asked = (
        "from django.test import Client;"
        "answer = Client().get('/healthz', headers={'x-forwarded-proto': 'https', 'host': 'pult.example'});"
        "print(answer['Strict-Transport-Security']); print(answer['Content-Security-Policy']);"
        "print(settings.SESSION_COOKIE, settings.SESSION_COOKIE_SECURE)"
    )
    done = _settings(_production(), asked)
    transport, policy, cookie = done.stdout.strip().splitlines()
    assert transport.startswith("max-age=31536000")
    assert "http://" not in policy and "ws://" not in policy
    assert "wss://*.pult.example" in policy
    assert cookie.split() == ["__Host-pult", "True"]


def _made(smtp: str) -> dict[str, str]:
    made = subprocess.run([str(DEPLOY / "new-env"), "pult.example", smtp], capture_output=True, text=True, check=True)
    return dict(line.split("=", 1) for line in made.stdout.splitlines() if not line.startswith("#"))


def _production() -> dict[str, str]:
    return {
        "PULT_ENV": "production", "PUBLIC_SCHEME": "https", "BASE_DOMAIN": "pult.example", "SECRET_KEY": "s" * 40,
        "MEMBERSHIP_KEY": "m" * 40, "FIELD_KEY": "dGVzdC1maWVsZC1rZXktMzItYnl0ZXMtbG9uZy0xMjM=",
        "DATABASE_URL": "postgresql://pult_app:x@db/pult", "DATABASE_OWNER_URL": "postgresql://pult_owner:x@db/pult",
        "REDIS_URL": "redis://redis:6379/0", "S3_ENDPOINT_URL": "http://s3:9000",
        "S3_PUBLIC_URL": "https://s3.pult.example", "SMTP_URL": "smtp://mail.example",
    }  # fmt: skip


def _settings(environment: dict[str, str], then: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of its own under exactly this environment."""
    code = f"import django; django.setup(); from django.conf import settings; {then}"
    bare = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "infra.settings", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", code], env=bare | environment, cwd=ROOT, capture_output=True, text=True, timeout=120
    )


def _filled(value: str, told: dict[str, str]) -> str:
    return re.sub(r"\$\{([A-Z_]+)[^}]*\}", lambda found: told[found[1]], value)


def _without_environment(read):
    kept = dict(os.environ)
    for name in KNOWN:
        os.environ.pop(name, None)
    try:
        return read()
    finally:
        os.environ.update(kept)
