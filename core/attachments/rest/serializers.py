"""Shapes of files on cards."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from core.organization.people import people
from core.organization.rest.serializers import PersonOut

from ..models import Attachment

_CONTENT = "/api/v1/attachments/{}/content/"


def content_url(attachment_id: int) -> str:
    """Where a checked file is read, after a new check of rights."""
    return _CONTENT.format(attachment_id)


class UploadIn(serializers.Serializer):
    """What is about to be uploaded."""

    name = serializers.CharField(max_length=2000, trim_whitespace=False, help_text="as the browser names it")
    size = serializers.IntegerField(help_text="bytes")
    content_type = serializers.CharField(max_length=300, allow_blank=True, default="")


class UploadAddressOut(serializers.Serializer):
    url = serializers.CharField(help_text="takes exactly the declared bytes for 5 minutes")
    method = serializers.ChoiceField(["PUT"])
    headers = serializers.DictField(child=serializers.CharField(), help_text="to be sent as they are")


class UploadOut(serializers.Serializer):
    id = serializers.IntegerField()
    upload = UploadAddressOut()


class AttachmentOut(serializers.Serializer):
    """One version of a file."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    size = serializers.IntegerField(help_text="bytes")
    content_type = serializers.CharField()
    state = serializers.ChoiceField(Attachment.State.choices)
    reason = serializers.CharField(allow_null=True, help_text="why it was rejected, for the uploader")
    version = serializers.IntegerField()
    author = PersonOut()
    created_at = serializers.DateTimeField()
    url = serializers.CharField(allow_null=True, help_text="gives the content after a new check of rights")


class AttachmentsOut(serializers.Serializer):
    """All files of a card at once: their number is limited."""

    results = AttachmentOut(many=True)
    next = serializers.CharField(allow_null=True)


class SheetPageOut(serializers.Serializer):
    """A page of one sheet."""

    sheets = serializers.ListField(child=serializers.CharField(), help_text="names; none in a file of text")
    name = serializers.CharField(allow_blank=True, help_text="the sheet that is shown")
    width = serializers.IntegerField(help_text="columns")
    height = serializers.IntegerField(help_text="rows that can be asked for")
    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField(allow_blank=True)))
    next = serializers.IntegerField(allow_null=True, help_text="`offset` of the next page")
    is_cut = serializers.BooleanField(help_text="the file has more rows or columns than are shown")


def attachments_out(rows: Sequence[Attachment]) -> list[dict[str, Any]]:
    """Files with their authors, in one query for all people."""
    known = people(row.author_id for row in rows)
    return [
        {
            "id": row.pk,
            "name": row.name,
            "size": row.size,
            "content_type": row.content_type,
            "state": row.state,
            "reason": row.reason or None,
            "version": row.version,
            "author": known[row.author_id],
            "created_at": row.created_at,
            "url": content_url(row.pk) if row.state == Attachment.State.READY else None,
        }
        for row in rows
    ]
