"""One sandbox for all tests of this folder; those that kill it start their own."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.infra.sandbox.process import LIMITED_ACCESS, LIMITED_SECRET, SandboxProcess


@pytest.fixture(scope="session")
def shared_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    sandbox = SandboxProcess(tmp_path_factory.mktemp("sandbox")).start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def sandbox(shared_sandbox: SandboxProcess) -> Iterator[SandboxProcess]:
    yield shared_sandbox
    assert shared_sandbox.call("DELETE", "/faults")[0] == 204


@pytest.fixture
def own_sandbox(tmp_path: Any) -> Iterator[SandboxProcess]:
    sandbox = SandboxProcess(tmp_path / "data").start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def s3(sandbox: SandboxProcess) -> Any:
    return sandbox.s3()


@pytest.fixture
def limited(sandbox: SandboxProcess) -> Any:
    return sandbox.s3(LIMITED_ACCESS, LIMITED_SECRET)


@pytest.fixture
def bucket(s3: Any) -> str:
    name = f"test-{uuid4().hex}"
    s3.create_bucket(Bucket=name)
    return name


@pytest.fixture
def address() -> str:
    """A recipient nobody else writes to."""
    return f"{uuid4().hex}@example.test"
