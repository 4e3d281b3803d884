"""Shapes of «кто видит» and «почему видит»; whoever is no person of the company's directory sees no roles in them."""

from rest_framework import serializers

from core.access.models import Scope
from core.organization.rest.serializers import PersonOut

WAYS = ["all", "own", "part", "department", "department_tree"]
OBSTACLES = ["blocked", "draft", "private", "no-right", "scope"]


class SeerOut(serializers.Serializer):
    """Somebody who sees the card."""

    person = PersonOut()
    way = serializers.ChoiceField(WAYS, help_text="by what: everything, own, a part in it, colleagues' parts")
    parts = serializers.ListField(child=serializers.CharField(), help_text="what he is in the card: «Автор»")


class SeersOut(serializers.Serializer):
    results = SeerOut(many=True)
    next = serializers.CharField(allow_null=True)


class HeldRoleOut(serializers.Serializer):
    title = serializers.CharField()
    scope = serializers.ChoiceField(Scope.choices, allow_null=True, help_text="null when it gives no right to see")
    opens = serializers.BooleanField(help_text="whether it alone reaches the card")


class ColleagueOut(serializers.Serializer):
    person = PersonOut()
    part = serializers.CharField()


class OpeningOut(serializers.Serializer):
    """A scope of the right to see that would reach the card, with the company's roles that give it."""

    scope = serializers.ChoiceField(Scope.choices)
    roles = serializers.ListField(child=serializers.CharField())


class ExplanationOut(serializers.Serializer):
    """Why a person sees the card, or what he lacks and what would let him in."""

    person = PersonOut()
    sees = serializers.BooleanField()
    permission = serializers.CharField(help_text="title of the right to see such cards")
    scope = serializers.ChoiceField(Scope.choices, allow_null=True, help_text="the widest that his roles give")
    roles = HeldRoleOut(many=True)
    parts = serializers.ListField(child=serializers.CharField())
    colleagues = ColleagueOut(many=True, help_text="a few people of his department by whose parts he sees it")
    ways = serializers.ListField(child=serializers.ChoiceField(WAYS))
    obstacles = serializers.ListField(child=serializers.ChoiceField(OBSTACLES))
    opening = OpeningOut(allow_null=True, help_text="the narrowest scope that would help; null when none would")
    part = serializers.ChoiceField(
        ["any", "responsible"], allow_null=True, help_text="a part in the card that would let him in"
    )


class RightOut(serializers.Serializer):
    """One right of a person and the roles that give it."""

    code = serializers.CharField()
    title = serializers.CharField()
    group = serializers.CharField()
    scope = serializers.ChoiceField(Scope.choices, allow_null=True)
    roles = serializers.ListField(child=serializers.CharField())


class RightsOut(serializers.Serializer):
    person = PersonOut()
    is_almighty = serializers.BooleanField()
    roles = serializers.ListField(child=serializers.CharField())
    results = RightOut(many=True)
