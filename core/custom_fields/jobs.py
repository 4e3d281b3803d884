"""Writing the keys by which lists find cards, after a field has become filterable or computes something else."""

from django.utils import timezone

from core.context import Company, company_scope

from .actions.filling import keys_of_card
from .models import CardFields, Field, FieldKey
from .queries import fields_of

# Few enough for a transaction that keeps nobody waiting.
BATCH = 2000


def fill_keys(company: Company, field_id: int) -> None:
    """Write the keys of a field of all cards anew, batch by batch; then lists may use it.

    Killed anywhere it starts over. Cards changed meanwhile write their own keys: a batch holds its cards' rows.
    """
    with company_scope(company):
        asked = Field.objects.filter(pk=field_id).first()
    after: int | None = 0
    while asked is not None and after is not None:
        with company_scope(company):
            field = Field.objects.filter(pk=field_id, version=asked.version).first()
            if field is None:
                # It has been changed meanwhile, and that change has promised its own writing.
                return
            after = None if field.is_reference else _fill_batch(field, after)
            if after is None and field.is_filterable:
                Field.objects.filter(pk=field_id).update(indexed_at=timezone.now())


def _fill_batch(field: Field, after: int) -> int | None:
    """Write the keys of the next cards; the last card's id, None when there are no more."""
    rows = list(
        CardFields.objects.select_for_update(of=("self",))
        .filter(pk__gt=after, entity__kind=field.kind)
        .select_related("type")
        .order_by("pk")[:BATCH]
    )
    if not rows:
        return None
    FieldKey.objects.filter(field=field, entity__in=[row.pk for row in rows]).delete()
    if field.is_filterable and field.archived_at is None:
        fields = fields_of(field.kind)
        FieldKey.objects.bulk_create(key for row in rows for key in keys_of_card(row, fields, [field]))
    return rows[-1].pk
