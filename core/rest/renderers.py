"""JSON out."""

from rest_framework.renderers import JSONRenderer

from .blanking import blanked
from .encoding import encoded


class FastJSONRenderer(JSONRenderer):
    """The standard library's encoder without indentation; the framework's own spends most of a list's time."""

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        if renderer_context and data is not None:
            data = blanked(data, getattr(renderer_context["request"], "actor", None))
        return encoded(data)
