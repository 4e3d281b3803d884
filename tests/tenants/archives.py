"""A company worth an archive, archives of it, and archives that somebody has altered."""

import hashlib
import io
import json
import zipfile

import pytest

from core.attachments.models import Attachment
from core.context import company_scope
from core.crypto import encrypt
from core.entities.models import Entity
from core.gateways.models import Gateway
from core.identity.models import Principal, Session, User
from core.registry import registry
from core.storage import CompanyStore
from tenants.archives.reading import ArchiveFile
from tenants.archives.rules import EXPORT, MANIFEST, table_entry
from tenants.archives.writing import write_archive
from tenants.snapshots import find

PASSWORD_HASH = "argon2$a-hash-that-nobody-else-may-see"


@pytest.fixture
def alfa(committed, store):
    """The company with tasks, a file in the store, and secrets."""
    company = find(host="alfa.localhost")
    registry.modules["tasks"].fill(company, 60)
    kept = CompanyStore(company.schema)
    key = kept.new_key()
    kept.put(key, b"contract" * 1000, content_type="text/plain")
    with company_scope(company):
        card, author = Entity.objects.order_by("pk").first(), Principal.objects.order_by("pk").first()
        attach(card, author, key, kept.prefix)
        User.objects.update(password=PASSWORD_HASH)
        told = {"user": User.objects.first(), "kind": "browser", "secret_hash": "a" * 64}
        Session.objects.create(last_seen_at="2026-11-20T09:00Z", expires_at="2036-11-20T09:00Z", **told)
        gateway = Gateway.objects.create(code="sms", mode="own")
        gateway.secret = encrypt(b"sms-password", model="gateways.gateway", field="secret", pk=gateway.pk)
        gateway.save()
    return company


def attach(card, author, key: str, prefix: str) -> None:
    told = {"entity": card, "size": 8000, "content_type": "text/plain", "author": author, "state": "ready"}
    first = Attachment.objects.create(name="Договор.txt", storage_key=key, **told)
    # A copy on another card, without bytes of its own.
    Attachment.objects.create(name="Он же.txt", storage_key=f"{prefix}{'0' * 32}", shared_key=first.storage_key, **told)


def archive_of(company, flavour: str = EXPORT) -> io.BytesIO:
    target = io.BytesIO()
    write_archive(company, flavour, target)
    return target


def opened(target: io.BytesIO) -> ArchiveFile:
    target.seek(0)
    return ArchiveFile(target)


def texts(target: io.BytesIO) -> str:
    """All of it, unpacked."""
    with zipfile.ZipFile(target) as unpacked:
        return "\n".join(unpacked.read(name).decode(errors="replace") for name in unpacked.namelist())


def altered(target: io.BytesIO, **parts: bytes | None) -> io.BytesIO:
    """The archive with other bytes in entries of these names (`/` and `.` are written `__`, `_dot_`)."""
    changed = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    result = io.BytesIO()
    with zipfile.ZipFile(target) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            if (content := changed.pop(name, old.read(name))) is not None:
                new.writestr(name, content)
        for name, content in changed.items():
            new.writestr(name, content)
    return result


def rewritten(target: io.BytesIO, table: str, rows: list[dict]) -> io.BytesIO:
    """The archive with other rows and the checksums of them: whoever makes one can write whatever he likes."""
    lines = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    told = json.loads(zipfile.ZipFile(target).read(MANIFEST))
    told["tables"][table] = {"rows": len(rows), "sha256": hashlib.sha256(lines).hexdigest()}
    parts = {table_entry(table): lines, MANIFEST: json.dumps(told).encode()}
    return altered(target, **{name.replace("/", "__").replace(".", "_dot_"): parts[name] for name in parts})
