"""Secrets of an embedded installation: generated at first start, kept in the data folder, for its owner only."""

import base64
import json
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

NAMES = ("secret_key", "membership_key", "postgres_password", "app_password", "owner_password", "s3_access_key",
         "s3_secret_key", "valkey_password", "sms_password", "bot_secret", "stripe_key", "stripe_secret")  # fmt: skip


def load_secrets(data_dir: Path) -> dict[str, str]:
    """Read `secrets.json`, adding what is missing; written whole or not at all."""
    path = data_dir / "secrets.json"
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    made = {name: secrets.token_urlsafe(32) for name in NAMES if name not in known}
    for name in ("field_key", "audit_key"):
        if name not in known:
            made[name] = base64.b64encode(secrets.token_bytes(32)).decode()
    if "vapid_private_key" not in known:
        number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
        made["vapid_private_key"] = base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()
    if made:
        _write(path, known | made)
    return known | made


def _write(path: Path, values: dict[str, str]) -> None:
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(values, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
