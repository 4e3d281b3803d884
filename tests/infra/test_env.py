"""Settings from outside: what an address says, and what an empty one means."""

import psycopg
import pytest

from infra.env import Env, database_settings


def env(**told: object) -> Env:
    return Env(_env_file=None, **told)


def test_what_an_address_asks_of_the_driver_reaches_it():
    address = (
        "postgresql://pult_app:p%40ss@db.example:6432/pult?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem"
        "&application_name=pult%20web&connect_timeout=3"
    )
    told = database_settings(address, connect_timeout=10, client_encoding="UTF8")
    assert told["OPTIONS"] == {
        "sslmode": "verify-full",
        "sslrootcert": "/etc/ca.pem",
        "application_name": "pult web",
        "connect_timeout": "3",
        "client_encoding": "UTF8",
    }
    assert (told["HOST"], told["PORT"], told["NAME"], told["PASSWORD"]) == ("db.example", "6432", "pult", "p@ss")


def test_a_socket_folder_is_a_host_and_no_option():
    told = database_settings("postgresql://pult_app:x@/pult?host=%2Frun%2Fpg&port=5433")
    assert (told["HOST"], told["PORT"], told["OPTIONS"]) == ("/run/pg", "5433", {})


def test_django_hands_it_over(settings):
    """The settings of this very run, with an option more, through Django's own backend to the server."""
    from django.db import connections

    alias = connections["default"]
    told = {**alias.settings_dict, "OPTIONS": {**alias.settings_dict["OPTIONS"], "application_name": "asked-for"}}
    made = type(alias)(told).get_connection_params()
    assert made["application_name"] == "asked-for"
    with pytest.raises(psycopg.ProgrammingError, match="sslmoode"):
        psycopg.connect("postgresql://nobody@127.0.0.1:9/x", sslmoode="require")


@pytest.mark.parametrize(
    ("bind", "host"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("0.0.0.0", "127.0.0.1"),
        ("192.168.7.4", "192.168.7.4"),
        ("::", "[::1]"),
        ("::1", "[::1]"),
        ("fd00::5", "[fd00::5]"),
    ],
)
def test_the_launcher_asks_where_it_listens(bind, host):
    assert env(bind=bind).local_host == host


def test_only_development_makes_a_company_with_known_passwords():
    assert env().makes_demo is True
    assert env(demo=False).makes_demo is False
    assert env(pult_env="production").makes_demo is False
    assert env(pult_env="production", demo=True).makes_demo is True
