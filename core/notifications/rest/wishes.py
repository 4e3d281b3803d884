"""The matrix of kinds and channels: one's own wishes, and the company's policy."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.access.actor import Actor
from core.context import enabled_modules
from core.gateways.models import Gateway
from core.gateways.queries import chosen_modes
from core.gateways.rules import MAIL as MAIL_GATEWAY
from core.gateways.rules import SMS as SMS_GATEWAY
from core.identity.models import User
from core.options.queries import option
from core.organization.models import Employee
from core.registry import registry
from core.rest.access import SIGNED_IN, Access, needs
from core.rest.request import Request
from core.rest.views import CompanyView

from ..actions import save_policy, save_preference
from ..choices import DAILY, FORCED, HOURLY, LADDER, LATER, NEVER, OFF, ON, REMINDERS, is_on, word_of
from ..errors import QuietHoursEmpty, QuietHoursHalf
from ..kinds import CHANNELS
from ..models import Preference
from ..moments import is_zone
from ..options import PROVED_ONLY
from ..permissions import MANAGE_POLICY
from ..queries import ladder_of, preference_of, reminders_of, wishes_of
from ..rules import is_mobile
from .chat import ChatOut, chat_out

_WORDS = (ON, OFF, FORCED, NEVER)
_MOST_KINDS = 500


class CellOut(serializers.Serializer):
    """One kind in one channel; `word` is the company's: on, off, forced, never."""

    channel = serializers.CharField()
    on = serializers.BooleanField()
    word = serializers.CharField()
    is_locked = serializers.BooleanField()


class KindOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    group = serializers.CharField()
    cells = CellOut(many=True)


class ChannelOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class QuietField(serializers.Serializer):
    """Local hours of the company."""

    begins = serializers.TimeField(format="%H:%M")
    ends = serializers.TimeField(format="%H:%M")


class ReachOut(serializers.Serializer):
    """Where each channel finds the person; empty: nowhere yet."""

    email = serializers.CharField()
    phone = serializers.CharField()
    phone_is_proved = serializers.BooleanField(help_text="its owner has shown by a code that it is his")
    sms_needs_proof = serializers.BooleanField(help_text="the company sends SMS to proved numbers alone")
    mail_is_on = serializers.BooleanField()
    sms_is_on = serializers.BooleanField()
    sms_is_demo = serializers.BooleanField()
    chat = ChatOut()


class WishesOut(serializers.Serializer):
    """`reminders` are minutes before the due moment, `reminder_choices` those to choose from."""

    channels = ChannelOut(many=True)
    kinds = KindOut(many=True)
    mentions_only = serializers.BooleanField()
    quiet = QuietField(allow_null=True)
    digest = serializers.CharField(help_text="empty, hourly or daily")
    reminders = serializers.ListField(child=serializers.IntegerField())
    reminder_choices = serializers.ListField(child=serializers.IntegerField())
    time_zone = serializers.CharField(help_text="by which moments in notices are told; empty: the company's")
    reach = ReachOut()
    can_edit_policy = serializers.BooleanField()


class _ChoicesIn(serializers.Serializer):
    def validate_choices(self, given: dict[str, Any]) -> dict[str, Any]:
        if len(given) > _MOST_KINDS:
            raise serializers.ValidationError("Слишком много")
        return given


class WishesIn(_ChoicesIn):
    """Only the given fields change; `choices` are kind → channel → yes or no."""

    choices = serializers.DictField(child=serializers.DictField(child=serializers.BooleanField()), required=False)
    mentions_only = serializers.BooleanField(required=False)
    quiet = QuietField(required=False, allow_null=True)
    digest = serializers.ChoiceField(choices=[HOURLY, DAILY], required=False, allow_blank=True)
    reminders = serializers.ListField(
        child=serializers.IntegerField(), required=False, max_length=len(REMINDERS), help_text="of reminder_choices"
    )
    time_zone = serializers.CharField(
        max_length=50, required=False, allow_blank=True, help_text="name of the IANA database; empty: the company's"
    )

    def validate_time_zone(self, given: str) -> str:
        if given and not is_zone(given):
            raise serializers.ValidationError(
                "Такого часового пояса нет. Оставьте пустым, и время будет как в компании"
            )
        return given

    def validate_reminders(self, given: list[int]) -> list[int]:
        if set(given) - set(REMINDERS):
            raise serializers.ValidationError("Выберите из предложенных")
        return sorted(set(given), reverse=True)


class StepOut(serializers.Serializer):
    """One step of the ladder; `after` minutes of lateness he hears of it, null: never."""

    who = serializers.CharField()
    title = serializers.CharField()
    after = serializers.IntegerField(allow_null=True)


class PolicyOut(serializers.Serializer):
    channels = ChannelOut(many=True)
    kinds = KindOut(many=True)
    ladder = StepOut(many=True)
    ladder_choices = serializers.ListField(child=serializers.IntegerField())


class LadderIn(serializers.Serializer):
    """Minutes after the due moment, of `ladder_choices`; null: he does not hear of it."""

    responsible = serializers.IntegerField(allow_null=True)
    manager = serializers.IntegerField(allow_null=True)
    author = serializers.IntegerField(allow_null=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if wrong := [who for who, after in given.items() if after is not None and after not in LATER]:
            raise serializers.ValidationError(dict.fromkeys(wrong, "Выберите из предложенных"))
        return given


class PolicyIn(_ChoicesIn):
    """Kind → channel → on, off, forced or never, others stay; the whole ladder, when it is given."""

    choices = serializers.DictField(
        child=serializers.DictField(child=serializers.ChoiceField(choices=[*_WORDS])), required=False
    )
    ladder = LadderIn(required=False)


class WishesView(CompanyView):
    """What the one who asks wants to hear."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "patch": SIGNED_IN}

    @extend_schema(responses=WishesOut)
    def get(self, request: Request) -> Response:
        return Response(_wishes_out(self.actor))

    @extend_schema(request=WishesIn, responses=WishesOut)
    def patch(self, request: Request) -> Response:
        told = WishesIn(data=request.data, partial=True)
        told.is_valid(raise_exception=True)
        fields = dict(told.validated_data)
        if fields.get("quiet"):
            quiet = fields["quiet"]
            if "begins" not in quiet or "ends" not in quiet:
                raise QuietHoursHalf()
            if quiet["begins"] == quiet["ends"]:
                raise QuietHoursEmpty()
            fields["quiet"] = (quiet["begins"], quiet["ends"])
        save_preference(fields=fields, by=self.actor)
        return Response(_wishes_out(self.actor))


class PolicyView(CompanyView):
    """What the company has decided for everybody."""

    access: ClassVar[dict[str, Access]] = {"get": needs(MANAGE_POLICY), "patch": needs(MANAGE_POLICY)}

    @extend_schema(responses=PolicyOut)
    def get(self, request: Request) -> Response:
        return Response(_policy_out(preference_of(None)))

    @extend_schema(request=PolicyIn, responses=PolicyOut)
    def patch(self, request: Request) -> Response:
        told = PolicyIn(data=request.data)
        told.is_valid(raise_exception=True)
        given = told.validated_data
        policy = save_policy(choices=given.get("choices", {}), ladder=given.get("ladder"), by=self.actor)
        return Response(_policy_out(policy))


def _policy_out(policy: Preference) -> dict[str, Any]:
    ladder = ladder_of(policy)
    steps = [{"who": who, "title": title, "after": ladder[who]} for who, title in LADDER.items()]
    return {**_matrix(policy, None), "ladder": steps, "ladder_choices": list(LATER)}


def _matrix(policy: Preference, own: Preference | None) -> dict[str, Any]:
    wishes = wishes_of(policy, own)
    shown = []
    for what in registry.live_notifications(enabled_modules()):
        if what.fixed:
            continue
        cells = []
        for channel in CHANNELS:
            word = word_of(what, channel, policy.choices)
            on = is_on(what, channel, wishes)
            cells.append({"channel": channel, "on": on, "word": word, "is_locked": word in (FORCED, NEVER)})
        shown.append({"code": what.code, "title": what.title, "group": what.group, "cells": cells})
    channels = [{"code": code, "title": title} for code, title in CHANNELS.items()]
    return {"channels": channels, "kinds": shown}


def _wishes_out(actor: Actor) -> dict[str, Any]:
    policy, own = preference_of(None), preference_of(actor.principal_id)
    quiet = wishes_of(policy, own).quiet
    return {
        **_matrix(policy, own),
        "mentions_only": own.mentions_only,
        "quiet": {"begins": f"{quiet[0]:%H:%M}", "ends": f"{quiet[1]:%H:%M}"} if quiet else None,
        "digest": own.digest,
        "reminders": list(reminders_of(own)),
        "reminder_choices": list(REMINDERS),
        "time_zone": own.time_zone,
        "reach": _reach(actor),
        "can_edit_policy": actor.may(MANAGE_POLICY),
    }


def _reach(actor: Actor) -> dict[str, Any]:
    email = User.objects.filter(principal=actor.principal_id).values_list("email", flat=True).first()
    mine = Employee.objects.filter(principal=actor.principal_id).values_list("phone", "phone_proved").first()
    phone, proved = mine or ("", "")
    modes = chosen_modes()
    sms = modes[SMS_GATEWAY]
    return {
        "email": email or "",
        "phone": phone if is_mobile(phone) else "",
        "phone_is_proved": is_mobile(phone) and phone == proved,
        "sms_needs_proof": option(PROVED_ONLY),
        "mail_is_on": modes[MAIL_GATEWAY] != Gateway.Mode.OFF,
        "sms_is_on": sms != Gateway.Mode.OFF,
        "sms_is_demo": sms == Gateway.Mode.SANDBOX,
        "chat": chat_out(actor),
    }
