"""What is done with the product where there is no network: `python -m tests.infra.alone FOLDER`."""

import json
import os
import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

from infra.env import ROOT
from infra.launch.product import Product

_OWN = ("ONE_COMPANY", "COMPANY_HOST", "LICENCE_PUBLIC_KEY", "LICENCE_FILE")
_EMAIL, _PASSWORD = "boss@svoya.example", "dlinnyy-parol-1"
_OUTSIDE = re.compile(r"""(?:src|href)=["']https?://(?!localhost|127\.0\.0\.1)[^"']+""")


def main(folder: str) -> None:
    must_be_alone()
    product = Product(Path(folder), **{name: os.environ[name] for name in _OWN}).start()
    try:
        manage(product, "found_company", "--name", "ООО «Своя»", "--email", _EMAIL, "--full-name", "Свой Степан")
        print(manage(product, "licence"))
        token = said(product.call("POST", "auth/token/", {"email": _EMAIL, "password": _PASSWORD}))["token"]
        me = said(product.call("GET", "me/", token=token))
        task = said(product.call("POST", "tasks/", {"title": "Без сети", "assignee": me["id"]}, token=token), 201)
        found = said(product.call("GET", "tasks/", token=token))["results"]
        assert [row["id"] for row in found] == [task["id"]]
        with urllib.request.urlopen(f"http://127.0.0.1:{product.port}/", timeout=30) as answer:
            assert not _OUTSIDE.search(answer.read().decode())
        assert me["allowance"]["stage"] == "licence"
        print("ничего снаружи не понадобилось")
    finally:
        product.stop()


def must_be_alone() -> None:
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=2).close()
    except OSError:
        return
    raise SystemExit("there is a network")


def manage(product: Product, *words: str) -> str:
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    running = json.loads((product.folder / "data" / "run" / "environment.json").read_text())
    environment = os.environ | running
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def said(answer: tuple[int, Any], status: int = 200) -> Any:
    assert answer[0] == status, answer
    return answer[1]


if __name__ == "__main__":
    main(sys.argv[1])
