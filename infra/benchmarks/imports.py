"""The dry run of 10,000 rows of tasks: people by name, dates, choices, tags; every twentieth row is wrong.

Told from the press of the button to the answer, through the queue, as the person waits for it. Beside it stands the
same file read by the library alone.
"""

import io
import time
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from infra.benchmarks.field import Field
from infra.benchmarks.figures import Figure, figure
from infra.launch.product import Session

ROWS, EMPLOYEES = 10_000, 200
CHECK_SECONDS = 20
_SLUG = "imports"
_HEADERS = ("Название", "Исполнитель", "Срок", "Приоритет", "Теги", "Описание", "Оценка", "Статус", "Личная", "Создана")
_LOOK_AGAIN, _LONGEST = 0.1, 300


def run() -> list[Figure]:
    """Seconds of the dry run beside its goal; of making the cards and of taking them back."""
    with Field("imports") as field:
        owner = field.product.sign_up(_SLUG)
        field.manage("fill_company", _SLUG, "--tasks", "100", "--employees", str(EMPLOYEES))
        session = field.product.sign_in(_SLUG, owner["email"], "dlinnyy-parol-1")
        content = workbook(names(session))
        begun = time.perf_counter()
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        bare = time.perf_counter() - begun
        number = bring(session, content)
        checked, told = _timed(session, number, "check/", {}, "checked")
        if told["bad_count"] != ROWS // 20 or told["good_count"] != ROWS - ROWS // 20:
            raise RuntimeError(told)
        made, _ = _timed(session, number, "run/", {"leave_bad": True}, "done")
        undone, _ = _timed(session, number, "undo/", {}, "undone")
        return [
            figure("imports: проверка 10 000 строк", checked, "с", most=CHECK_SECONDS),
            figure("imports: файл прочитан одной библиотекой", bare, "с"),
            figure("imports: создание 9 500 задач", made, "с"),
            figure("imports: отмена 9 500 задач", undone, "с"),
        ]


def names(session: Session) -> list[str]:
    """People who are called as nobody else is."""
    status, told = session.call("GET", "employees/?limit=200")
    if status != 200:
        raise RuntimeError(told)
    found = [person["full_name"] for person in told["results"]]
    return [name for name in found if found.count(name) == 1]


def workbook(names: list[str]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tasks.xlsx"
        book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, _HEADERS)
        for row in range(1, ROWS + 1):
            due = "32.13.2027" if row % 20 == 0 else f"{row % 28 + 1:02}.03.2027 18:00"
            cells = (f"Проверить насос № {row}", names[row % len(names)], due, "Высокий", "Цех, Срочно",
                     "Давление и уплотнения", "90", "Новая", "нет", "01.02.2026 10:00")  # fmt: skip
            sheet.write_row(row, 0, cells)
        book.close()
        return path.read_bytes()


def bring(session: Session, content: bytes) -> int:
    body = {"kind": "tasks.task", "name": "Задачи.xlsx", "size": len(content), "content_type": ""}
    status, told = session.call("POST", "imports/", body)
    if status != 201:
        raise RuntimeError(told)
    upload = told["upload"]
    request = urllib.request.Request(upload["url"], data=content, method="PUT", headers=upload["headers"])
    with urllib.request.urlopen(request, timeout=30):
        _timed(session, told["id"], "complete/", None, "mapping")
    return told["id"]


def _timed(session: Session, number: int, deed: str, body: Any, state: str) -> tuple[float, dict[str, Any]]:
    """(seconds until the import comes to a state, how it stands then)."""
    begun = time.perf_counter()
    status, told = session.call("POST", f"imports/{number}/{deed}", body)
    while status == 200 and told["state"] != state:
        if told["state"] == "failed" or time.perf_counter() - begun > _LONGEST:
            raise RuntimeError(told)
        time.sleep(_LOOK_AGAIN)
        status, told = session.call("GET", f"imports/{number}/")
    if status != 200:
        raise RuntimeError(told)
    return time.perf_counter() - begun, told
