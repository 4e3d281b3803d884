"""`python -m infra.launch run`: start everything, print where to go, stay in the foreground."""

import json
import os
import sys
import time
import urllib.request
from pathlib import Path

from infra.env import Env
from infra.gate import Gate
from infra.launch.data_dir import DataDirLock, end_orphans
from infra.launch.errors import LaunchRefused
from infra.launch.listening import listen
from infra.launch.processes import Supervisor
from infra.launch.stack import Stack

READY_TIMEOUT = 120.0


def main() -> int:
    """Run until Ctrl-C or SIGTERM; 0 after an orderly stop, 2 when the start was refused."""
    started = time.monotonic()
    try:
        return _run(started)
    except LaunchRefused as refusal:
        print(f"\n  ✗ {refusal.sentence}\n    {refusal.advice}".rstrip(), file=sys.stderr)
        return 2


def _run(started: float) -> int:
    env = Env()
    with DataDirLock(env.data_dir):
        end_orphans(env.data_dir)
        listener = listen(env.bind, env.port)
        stack = Stack(env)
        # The sandbox's ports are tried now, so that a busy one is said before anything starts.
        for port in (env.port + 1, env.port + 2) if stack.sandbox else ():
            listen(env.bind, port).close()
        try:
            _say("Запускаю базу данных и очередь…")
            stack.start_servers()
            with Supervisor(env.data_dir, servers=stack.servers) as supervisor:
                _bring_up(env, stack, supervisor, listener.fileno())
                _greet(env, stack, time.monotonic() - started)
                supervisor.run()
        finally:
            for server in reversed(stack.servers):
                server.stop()
    return 0


def _bring_up(env: Env, stack: Stack, supervisor: Supervisor, descriptor: int) -> None:
    os.environ.update(stack.variables())
    write_environment(env.data_dir, stack.variables())
    if stack.sandbox:
        supervisor.add(stack.sandbox_child())
    gate = Gate()
    # They read their code while the others begin, and go on when all that they stand on is there.
    for child in stack.children(descriptor, gate):
        supervisor.add(child)
    if stack.sandbox:
        _await(supervisor, f"http://{env.local_host}:{env.port + 1}/healthz", "Песочница")
    _say("Готовлю таблицы и запас мест для компаний…")
    stack.manage("ready", *(["--demo"] if env.makes_demo else []))
    gate.open()
    _await(supervisor, f"http://{env.local_host}:{env.port}/readyz", "Пульт")
    # Copies are not what somebody at the door waits for.
    for keeper in stack.keepers():
        supervisor.add(keeper)


def write_environment(data_dir: Path, variables: dict[str, str]) -> None:
    """Leave the environment for `manage.py`, readable by its owner only."""
    path = data_dir / "run" / "environment.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(variables))


def _await(supervisor: Supervisor, address: str, name: str) -> None:
    if not supervisor.wait_until(lambda: _answers(address), READY_TIMEOUT):
        raise LaunchRefused(f"{name} не отвечает по адресу {address}.", "Подробности в строках выше.")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2):
            return True
    except OSError:
        return False


def _greet(env: Env, stack: Stack, seconds: float) -> None:
    lines = [f"Пульт работает (запуск {seconds:.1f} с)", f"  Сайт и регистрация   {env.public_url}/"]
    if env.makes_demo:
        lines.append(f"  Демо-компания        {env.url_of('demo')}/")
        lines.append("    директор           director@demo.example / demo-pult-2026")
        lines.append("    сотрудник          petrov@demo.example / demo-pult-2026")
        lines.append(f"  Консоль оператора    {env.url_of('console')}/")
        lines.append("    оператор           operator@demo.example / demo-pult-2026 (код включит при первом входе)")
    if stack.sandbox:
        lines.append(f"  Почтовый ящик        http://{env.base_domain}:{env.port + 1}/mail/")
    lines.append("  Остановить           Ctrl-C")
    print("\n" + "\n".join(f"  {line}" for line in lines) + "\n", flush=True)


def _say(text: str) -> None:
    print(f"  {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
