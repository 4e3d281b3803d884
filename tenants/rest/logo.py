"""The company's logo on its own host: changed by whoever keeps the settings, seen by anybody who comes to the door."""

import base64
import binascii

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.errors import Invalid
from core.rest.access import ANYBODY, needs
from core.rest.request import Request
from core.rest.views import RegistryView
from tenants.logos import hang, picture_of, take_down
from tenants.permissions import MANAGE_COMPANY

from .company import company_answer
from .serializers import CompanyOut, LogoForm

_FOR_GOOD = "public, max-age=31536000, immutable"
# Whatever a browser may take the bytes for, it runs nothing of them.
_CLOSED = "default-src 'none'; sandbox"


class LogoView(RegistryView):
    """Hanging the logo and taking it down."""

    access = {"put": needs(MANAGE_COMPANY), "delete": needs(MANAGE_COMPANY)}

    @extend_schema(request=LogoForm, responses={200: CompanyOut})
    def put(self, request: Request) -> Response:
        form = LogoForm(data=request.data)
        form.is_valid(raise_exception=True)
        return company_answer(hang(request.company, _bytes(form.validated_data["image"]), by=self.actor))

    @extend_schema(responses={200: CompanyOut})
    def delete(self, request: Request) -> Response:
        return company_answer(take_down(request.company, by=self.actor))


class LogoPictureView(RegistryView):
    """The picture itself; every version of it has an address of its own, so that it may be kept for good."""

    works_unpaid = True
    access = {"get": ANYBODY}

    @extend_schema(responses={(200, "image/*"): OpenApiTypes.BINARY})
    def get(self, request: Request, version: str) -> HttpResponseBase:
        tag = f'"{version}"'
        known = version == request.company.logo_version and get_conditional_response(request._request, etag=tag)
        response = known or self._picture(request, version)
        response["ETag"], response["Cache-Control"] = tag, _FOR_GOOD
        return response

    def _picture(self, request: Request, version: str) -> HttpResponse:
        picture = picture_of(request.company, version)
        told = {"Content-Security-Policy": _CLOSED, "X-Content-Type-Options": "nosniff"}
        return HttpResponse(picture.content, content_type=picture.content_type, headers=told)


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise Invalid({"image": "Картинка не читается. Загрузите файл снова"}) from wrong
