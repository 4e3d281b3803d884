"""A database cluster and a Redis of its own for each test worker, copied from a template kept under `.cache/`."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "test"
PASSWORD = "only-for-tests"
DATABASE = "pult"
# A change of any of these makes another template: tables, first rows, provisioning.
_SHAPES = ("models.py", "seed.py", "trait.py", "manifest.py", "permissions.py")


class Cluster:
    """One PostgreSQL and one Valkey in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data" / "postgres"
        self.run_dir = folder / "r"
        self.servers: list = []

    def variables(self, port: int = 8000) -> dict[str, str]:
        """Environment by which the product's processes use this cluster."""
        host = quote(str(self.run_dir / "pg"), safe="")
        address = "postgresql://{}:" + PASSWORD + f"@/{DATABASE}?host={host}&port=5432"
        return {
            "DJANGO_SETTINGS_MODULE": "infra.settings",
            "DATABASE_URL": address.format("pult_app"),
            "DATABASE_OWNER_URL": address.format("pult_owner"),
            "REDIS_URL": f"unix://{self.run_dir / 'kv' / 'valkey.sock'}",
            "DATA_DIR": str(self.folder / "data"),
            "PORT": str(port),
            "SECRET_KEY": "test-" + "s" * 40,
            "MEMBERSHIP_KEY": "test-" + "m" * 40,
            "FIELD_KEY": "dGVzdC1maWVsZC1rZXktMzItYnl0ZXMtbG9uZy0xMjM=",
            "AUDIT_KEY": "dGVzdC1hdWRpdC1rZXktMzItYnl0ZXMtbG9uZy0xMjM=",
            "VAPID_PRIVATE_KEY": "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
            "S3_ENDPOINT_URL": "http://127.0.0.1:9/s3",
            "S3_ACCESS_KEY": "test-access",
            "S3_SECRET_KEY": "test-secret",
            "SMTP_URL": "smtp://127.0.0.1:9",
            "BASE_DOMAIN": "localhost",
            "PUBLIC_SCHEME": "http",
            "POOL_SIZE": "4",
        }

    def start(self) -> None:
        """Start both servers; the data folder must be there."""
        from infra.launch.postgres import EmbeddedPostgres
        from infra.launch.valkey import EmbeddedValkey

        self.run_dir.mkdir(parents=True, exist_ok=True)
        self.run_dir.chmod(0o711)
        postgres = EmbeddedPostgres(self.data, password=PASSWORD, run_dir=self.run_dir, fast=True, say=_silent)
        valkey = EmbeddedValkey(self.folder / "valkey", run_dir=self.run_dir, fast=True, say=_silent)
        for server in (postgres, valkey):
            server.start()
            self.servers.append(server)

    def stop(self) -> None:
        for server in reversed(self.servers):
            server.stop()
        self.servers.clear()


def _silent(text: str) -> None:
    """Servers of tests have nothing to say to people."""


def fresh_folder(name: str) -> Path:
    """A short folder of this checkout and worker, emptied: socket paths are limited to 107 bytes."""
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:6]
    folder = Path(tempfile.gettempdir()) / f"pt-{os.getuid()}-{mark}" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    folder.chmod(0o711)
    folder.parent.chmod(0o711)
    return folder


def fingerprint() -> str:
    """What the template depends on."""
    seen = hashlib.sha256()
    parts = ("core", "tenants", "billing", "modules")
    paths = [path for part in parts for path in ROOT.glob(f"{part}/**/*") if path.suffix in (".py", ".toml", ".html")]
    chosen = [
        path
        for path in paths
        if path.name in _SHAPES
        or {"migrations", "provisioning"} & set(path.parts)
        or path.parent.name in ("models", "templates")
    ]
    for path in sorted([*chosen, ROOT / "tests/support/template.py", ROOT / "core/organization/actions.py"]):
        seen.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return seen.hexdigest()[:16]


def template() -> Path:
    """The folder of a stopped cluster with two companies and a pool, made when missing; safe for many at once."""
    folder = CACHE / fingerprint()
    with _alone(CACHE / "lock"):
        if not (folder / "PG_VERSION").exists():
            for old in CACHE.glob("*"):
                if old.is_dir():
                    shutil.rmtree(old)
            building = Cluster(fresh_folder("template"))
            command = [sys.executable, "-m", "tests.support.template", str(building.folder)]
            subprocess.run(command, check=True, cwd=ROOT, env=os.environ | building.variables())
            _copy(building.data, folder)
            shutil.rmtree(building.folder)
    return folder


def copy_of_template(name: str) -> Cluster:
    """A new cluster, not started, from the template."""
    cluster = Cluster(fresh_folder(name))
    cluster.data.parent.mkdir(parents=True)
    _copy(template(), cluster.data)
    return cluster


def _copy(source: Path, target: Path) -> None:
    # cp keeps the owner (the server runs as another user under root) and shares blocks where the disk can.
    subprocess.run(["cp", "-a", "--reflink=auto", str(source), str(target)], check=True)


@contextmanager
def _alone(path: Path):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
