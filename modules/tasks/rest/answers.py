"""What endpoints about one task share: they answer with the card as it stands."""

from typing import Any

from rest_framework.response import Response
from rest_framework.serializers import Serializer

from core.rest.cards import AboutCardView, with_etag
from modules.tasks import queries

from .serializers import card_of


class AboutTaskView(AboutCardView):
    """Base of sub-resources of a task; `self.card` is the task."""

    def answer(self, *, status: int = 200) -> Response:
        task = queries.whole_card.read(self.actor, self.kind, self.card.pk)
        response = with_etag(Response(card_of(task, self.kind, self.actor)), task)
        response.status_code = status
        return response

    def given(self, shape: type[Serializer]) -> dict[str, Any]:
        told = shape(data=self.request.data)
        told.is_valid(raise_exception=True)
        return told.validated_data
