"""Files of a card, and one file by its own address."""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.response import Response

from core.budgets import must_bear, upload_cost
from core.context import current_company
from core.entities.models import Entity
from core.errors import Forbidden, NotFound
from core.rest.access import SIGNED_IN
from core.rest.belongings import BelongingView
from core.rest.cards import AboutCardView
from core.rest.csrf import SAFE
from core.rest.request import Request
from core.storage import CompanyStore

from ..actions import Wish, begin_upload, complete_upload, remove
from ..errors import FileIsNotReady, FileIsRejected
from ..models import Attachment
from ..queries import State, living, shown_on, versions_of
from ..rules.types import INLINE, VIEWED
from .serializers import AttachmentOut, AttachmentsOut, UploadIn, UploadOut, attachments_out


class CardAttachmentsView(AboutCardView):
    """Files of one card."""

    access = {"get": SIGNED_IN, "post": SIGNED_IN}

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not self.kind.opens_files(self.actor, self.card):
            raise Forbidden(permission=self.kind.files.code)

    @extend_schema(responses=AttachmentsOut)
    def get(self, request: Request, card_id: int) -> Response:
        return Response({"results": attachments_out(shown_on(self.card, self.actor)), "next": None})

    @extend_schema(request=UploadIn, responses={201: UploadOut})
    def post(self, request: Request, card_id: int) -> Response:
        """Begin an upload: the bytes go straight to the store by the signed address, then call `complete/`."""
        return _upload_address(begin_upload(self.card, _wish(request), by=self.actor))


class AttachmentBase(BelongingView):
    """Finds the file of the address; 404 for whoever may not see its card or its files, and for a file not his to see
    yet. A file that is the card's face (a photo) may be read by all who see the card."""

    shows_face: ClassVar[bool] = False
    card: Entity
    attachment: Attachment

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        found = living().select_related("entity").filter(pk=kwargs["attachment_id"]).first()
        if found is None:
            raise NotFound()
        kind, self.card = self.card_of(found.entity)
        is_face = self.shows_face and kind.face is not None and kind.face(self.card) == found.pk
        if not kind.opens_files(self.actor, self.card) and not (is_face and request.method in SAFE):
            raise NotFound()
        if found.state != State.READY and found.author_id != self.actor.principal_id:
            raise NotFound()
        self.attachment = found

    def checked(self) -> Attachment:
        """The file, when its content may be read. FileIsRejected, FileIsNotReady."""
        if self.attachment.state == State.REJECTED:
            raise FileIsRejected()
        if self.attachment.state != State.READY:
            raise FileIsNotReady()
        return self.attachment


class AttachmentView(AttachmentBase):
    shows_face = True
    access = {"get": SIGNED_IN, "delete": SIGNED_IN}

    @extend_schema(responses=AttachmentOut)
    def get(self, request: Request, attachment_id: int) -> Response:
        return Response(attachments_out([self.attachment])[0])

    @extend_schema(responses={204: None})
    def delete(self, request: Request, attachment_id: int) -> Response:
        """Take the file off its card; the current version takes all earlier ones with it."""
        remove(self.attachment, by=self.actor)
        return Response(status=204)


class CompletionView(AttachmentBase):
    access = {"post": SIGNED_IN}

    @extend_schema(request=None, responses=AttachmentOut)
    def post(self, request: Request, attachment_id: int) -> Response:
        """The bytes have arrived: check them. The file is shown when the check has passed."""
        return Response(attachments_out([complete_upload(self.attachment, by=self.actor)])[0])


class VersionsView(AttachmentBase):
    access = {"get": SIGNED_IN, "post": SIGNED_IN}

    @extend_schema(responses=AttachmentsOut)
    def get(self, request: Request, attachment_id: int) -> Response:
        """Checked versions of the file, newest first."""
        return Response({"results": attachments_out(versions_of(self.attachment)), "next": None})

    @extend_schema(request=UploadIn, responses={201: UploadOut})
    def post(self, request: Request, attachment_id: int) -> Response:
        """Begin the upload of the next version."""
        if self.attachment.state != State.READY:
            raise FileIsNotReady()
        return _upload_address(begin_upload(self.card, _wish(request), next_of=self.attachment, by=self.actor))


class ContentView(AttachmentBase):
    shows_face = True
    access = {"get": SIGNED_IN}

    @extend_schema(
        parameters=[
            OpenApiParameter("show", bool, description="to look at in a frame: PDF too, which is saved otherwise"),
            OpenApiParameter("save", bool, description="to save: pictures too, which are shown otherwise"),
        ],
        responses={302: OpenApiResponse(OpenApiTypes.NONE, "the file itself, at an address for a minute")},
    )
    def get(self, request: Request, attachment_id: int) -> Response:
        """The file; the caller's right to see the card is checked anew each time."""
        found = self.checked()
        asked = request.query_params
        shown = INLINE | VIEWED if asked.get("show") == "true" else INLINE
        address = CompanyStore(current_company().schema).download_address(
            found.object_key,
            name=found.name,
            content_type=found.content_type,
            inline=found.content_type in shown and asked.get("save") != "true",
        )
        return Response(status=302, headers={"Location": address, "Referrer-Policy": "no-referrer"})


def _wish(request: Request) -> Wish:
    told = UploadIn(data=request.data)
    told.is_valid(raise_exception=True)
    # Its bytes pass no process of ours, but the store bears them for everybody.
    must_bear(request.company, upload_cost(told.validated_data["size"]))
    return Wish(**told.validated_data)


def _upload_address(attachment: Attachment) -> Response:
    store = CompanyStore(current_company().schema)
    address = store.upload_address(
        store.quarantine_of(attachment.storage_key), size=attachment.size, content_type=attachment.content_type
    )
    upload = {"url": address, "method": "PUT", "headers": {"Content-Type": attachment.content_type}}
    return Response({"id": attachment.pk, "upload": upload}, status=201)
