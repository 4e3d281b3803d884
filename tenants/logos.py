"""The company's logo: what it may be, and its way to the store and back. All of it outside of any scope."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from botocore.exceptions import BotoCoreError, ClientError

from core.access.actor import Actor
from core.attachments.models import Leftover
from core.attachments.rules.contents import area_of_picture
from core.attachments.rules.types import HEAD, real_type
from core.context import Company as Snapshot
from core.context import company_scope, control_scope
from core.errors import Invalid, NotFound, Unavailable
from core.storage import CompanyStore, ObjectMissing

from .actions import change_logo, expect_logo
from .models import Company

_KB = 1024
MOST_BYTES = 512 * _KB
MOST_POINTS = 16_000_000
# Some 16 MB of a process at the very most.
_REMEMBERED = 32
# A drawing in SVG is a program to a browser, so it is none of them.
_SORTS = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}


@dataclass(frozen=True)
class Picture:
    """A logo as it is given out; the type is what the bytes are."""

    content: bytes
    content_type: str


def hang(company: Snapshot, content: bytes, *, by: Actor) -> Company:
    """Make a picture the company's logo; the registry's row. Invalid on the picture, Unavailable without the store.

    Killed between the steps it leaves an object that `sweep_logo` removes within the hour.
    """
    if refusal := wrong_logo(content):
        raise Invalid({"image": refusal})
    store = CompanyStore(company.schema)
    key = store.new_key()
    with company_scope(company):
        expect_logo(key, by=by)
    with _store_answering():
        store.put(key, content, content_type=_SORTS[real_type(content[:HEAD])])
    with control_scope():
        return change_logo(company.schema, key=key, by=by)


def take_down(company: Snapshot, *, by: Actor) -> Company:
    """Leave the company without a logo; the registry's row."""
    with control_scope():
        return change_logo(company.schema, key="", by=by)


def picture_of(company: Snapshot, version: str) -> Picture:
    """The logo of this version; NotFound when another one stands, Unavailable without the store."""
    if not company.logo or company.logo_version != version:
        raise NotFound()
    try:
        with _store_answering():
            return _stored(company.schema, company.logo)
    except ObjectMissing as missing:
        raise NotFound() from missing


def wrong_logo(content: bytes) -> str | None:
    """Why bytes cannot be a logo, a sentence for people; only the header of the picture is read."""
    if len(content) > MOST_BYTES:
        return f"Файл больше {MOST_BYTES // _KB} КБ. Сожмите его или возьмите картинку поменьше"
    head = content[:HEAD]
    real = real_type(head)
    if real not in _SORTS:
        return "Нужна картинка в формате PNG, JPEG или WebP"
    area = area_of_picture(io.BytesIO(content), real, head)
    if not area:
        return "Картинка повреждена. Проверьте файл и загрузите его снова"
    if area > MOST_POINTS:
        return f"В картинке больше {MOST_POINTS // 1_000_000} мегапикселей. Уменьшите её"
    return None


def sweep_logo(company: Snapshot, leftover_id: int) -> None:
    """Remove the object of a former logo, or of one that never came to be; that which hangs now stays."""
    with company_scope(company):
        key = Leftover.objects.filter(pk=leftover_id).values_list("storage_key", flat=True).first()
    if key is None:
        return
    with control_scope():
        hangs = Company.objects.filter(pk=company.id, logo=key).exists()
    if not hangs:
        CompanyStore(company.schema).remove(key)
    with company_scope(company):
        Leftover.objects.filter(pk=leftover_id).delete()


@lru_cache(maxsize=_REMEMBERED)
def _stored(schema: str, key: str) -> Picture:
    # Under one key the bytes never change, and whoever stands at the door should not wait for the store.
    content = CompanyStore(schema).whole(key)
    return Picture(content, _SORTS[real_type(content[:HEAD])])


@contextmanager
def _store_answering() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as silence:
        raise Unavailable() from silence
