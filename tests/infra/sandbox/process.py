"""The sandbox as a real child process, and ways to talk to it that hide nothing."""

import http.client
import json
import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

ROOT = Path(__file__).resolve().parents[3]
ACCESS, SECRET = "sandbox-key", "sandbox-secret"
LIMITED_ACCESS, LIMITED_SECRET = "limited-key", "limited-secret"
LIMITED_PREFIX = "t/alfa/"
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "SANDBOX_S3_ACCESS_KEY": ACCESS,
    "SANDBOX_S3_SECRET_KEY": SECRET,
    "SANDBOX_S3_CREDENTIALS": json.dumps(
        [{"access_key": LIMITED_ACCESS, "secret_key": LIMITED_SECRET, "prefix": LIMITED_PREFIX}]
    ),
}


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_to_end(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start a sandbox that is expected to refuse."""
    command = [sys.executable, "-m", "infra.sandbox", *arguments]
    return subprocess.run(command, cwd=ROOT, env=ENVIRONMENT | environment, capture_output=True, text=True, timeout=20)


class SandboxProcess:
    """One sandbox over one data folder; may be killed and started again."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data, self.port, self.smtp_port = data, free_port(), free_port()
        self._environment = ENVIRONMENT | environment
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "SandboxProcess":
        """Start and wait until it answers."""
        command = [sys.executable, "-m", "infra.sandbox", "--port", str(self.port), "--smtp-port", str(self.smtp_port)]
        self._child = subprocess.Popen([*command, "--data", str(self.data)], cwd=ROOT, env=self._environment)
        deadline = time.monotonic() + 20
        while self._child.poll() is None and time.monotonic() < deadline:
            try:
                if self.call("GET", "/healthz")[0] == 200:
                    return self
            except ConnectionError:
                time.sleep(0.02)
        raise AssertionError("the sandbox did not start")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """End the process by a signal; returns its status."""
        assert self._child is not None
        if self._child.poll() is None:
            self._child.send_signal(number)
        return self._child.wait(timeout=20)

    def s3(self, access: str = ACCESS, secret: str = SECRET, **config: Any) -> Any:
        """A boto3 client, configured as the product's own."""
        settings = Config(
            signature_version="s3v4", s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}, **config
        )
        return boto3.client(
            "s3", endpoint_url=f"{self.url}/s3", region_name="us-east-1", config=settings,
            aws_access_key_id=access, aws_secret_access_key=secret,
        )  # fmt: skip

    def call(
        self, method: str, target: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """One HTTP exchange; path and query go out exactly as given. Returns status, headers, body."""
        parts = urlsplit(target)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        try:
            connection.request(method, address, body, headers or {})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def json(self, target: str) -> Any:
        """The document at an address."""
        status, _, body = self.call("GET", target)
        assert status == 200, body
        return json.loads(body)

    def order(self, **fault: Any) -> int:
        """Order trouble; returns the status of the answer."""
        return self.call("POST", "/faults", json.dumps(fault).encode(), {"Content-Type": "application/json"})[0]

    def smtp(self) -> smtplib.SMTP:
        """An SMTP connection."""
        return smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=20)
