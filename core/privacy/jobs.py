"""Writing a file about a person, and taking him out of texts: outside of the request, as both read much."""

import json
import tempfile
import zipfile
from pathlib import Path

from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.context import Company, company_scope
from core.failpoints import Failpoint
from core.rest.encoding import encoded
from core.storage import CompanyStore

from .actions import CONTENT_TYPE, finish_anonymisation, finish_person_file
from .gathering import tables_about
from .models import Anonymisation, PersonFile
from .queries import forget_words

REDACTED = Failpoint("privacy.redacted")
_LONG_MS = 300_000
_ABOUT = """Что Пульт хранит об одном человеке.

person.json — кто это, когда и кто попросил файл.
tables/*.jsonl — строки, в которых он назван: карточка, вход, сеансы, уведомления, то, что он написал и сделал.
tables/history.jsonl — что делали с его карточкой, как это показывает её история.
Одна строка файла — одна запись. Паролей, ключей и адресов файлов здесь нет: они открывают двери. Нет и того, что
попросивший не видит в Пульте: закрытых от него карточек, чужих черновиков, полей, скрытых от его роли.
"""


def write_person_file(company: Company, file_id: int) -> None:
    """Write the file and put it into the store; killed anywhere, it is written anew under the same key."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "person.zip"
        with company_scope(company, statement_timeout_ms=_LONG_MS):
            file = PersonFile.objects.select_related("employee", "author").filter(pk=file_id, state="waiting").first()
            if file is None:
                return
            asker = actor_of_principal(file.author, door="job")
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
                packed.writestr("ПРОЧТИТЕ.txt", _ABOUT)
                packed.writestr("person.json", _head(file, asker.name))
                _write_tables(packed, file, asker)
        size = path.stat().st_size
        with path.open("rb") as content:
            CompanyStore(company.schema).put(file.storage_key, content, content_type=CONTENT_TYPE)
    with company_scope(company):
        finish_person_file(file_id, size=size)


def redact(company: Company, employee_id: int) -> None:
    """Put the pseudonym in the place of the name, wherever the product itself has written it."""
    with company_scope(company):
        row = Anonymisation.objects.select_related("employee").filter(pk=employee_id).first()
        # Without words there is still his own card: what he was known by stands in its history.
        if row is None or row.finished_at:
            return
        words, instead = list(row.words), row.employee.full_name
    forget_words(company.schema, employee_id, words, instead)
    REDACTED.reach()
    with company_scope(company):
        finish_anonymisation(employee_id)


def _head(file: PersonFile, asked_by: str) -> str:
    told = {
        "employee": file.employee_id,
        "full_name": file.employee.full_name,
        "asked_by": asked_by,
        "asked_at": file.created_at.isoformat(),
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _write_tables(packed: zipfile.ZipFile, file: PersonFile, asker: Actor) -> None:
    written: dict[str, int] = {}
    for name, found in tables_about(file.employee, by=asker):
        written[name] = written.get(name, 0) + 1
        place = name if written[name] == 1 else f"{name}-{written[name]}"
        first = next(found, None)
        if first is None:
            continue
        with packed.open(f"tables/{place}.jsonl", "w") as entry:
            entry.write(encoded(first) + b"\n")
            for row in found:
                entry.write(encoded(row) + b"\n")
