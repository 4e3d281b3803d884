"""Shapes of templates of print and of words."""

from typing import Any

from rest_framework import serializers

from core.language.cases import LONGEST_PHRASE, Case
from core.rest.fields import LineField

from ..models import PrintTemplate, Wording
from ..rules.values import Sort

_CODE: dict[str, Any] = {"max_length": 40, "allow_blank": True}
_FILE: dict[str, Any] = {"max_length": 1_500_000, "help_text": "the file in base64, up to 1 MB"}
_DECLINED = [case.value for case in Case if case != Case.NOMINATIVE]


class PrintTemplateIn(serializers.Serializer):
    kind = serializers.CharField(max_length=60, help_text="documents.document")
    card_type = serializers.CharField(**_CODE, default="")
    title = LineField(max_length=200)
    file_name = LineField(max_length=255, help_text="its ending tells the format: docx, xlsx, html")
    content = serializers.CharField(**_FILE)


class PrintTemplateChangeIn(serializers.Serializer):
    """Only what is given changes; a new file comes with its name."""

    title = LineField(max_length=200, required=False)
    card_type = serializers.CharField(**_CODE, required=False)
    file_name = LineField(max_length=255, required=False)
    content = serializers.CharField(**_FILE, required=False)
    is_archived = serializers.BooleanField(required=False)


class PrintTemplateOut(serializers.Serializer):
    """A template; `formats` are what it may be printed as, the first is the usual one."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    card_type = serializers.CharField(allow_blank=True)
    title = serializers.CharField()
    form = serializers.ChoiceField(PrintTemplate.Form.choices)
    file_name = serializers.CharField()
    formats = serializers.ListField(child=serializers.CharField())
    marks_count = serializers.IntegerField()
    unknown = serializers.ListField(child=serializers.CharField(), help_text="names in it that no card has")
    is_archived = serializers.BooleanField()
    changed_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class PrintTemplatePage(serializers.Serializer):
    results = PrintTemplateOut(many=True)
    next = serializers.CharField(allow_null=True)


class VariableOut(serializers.Serializer):
    name = serializers.CharField(help_text="as it stands in {{ … }}")
    sort = serializers.ChoiceField(choices=[one.value for one in Sort])
    sort_title = serializers.CharField()
    example = serializers.CharField(allow_blank=True)


class FilterOut(serializers.Serializer):
    name = serializers.CharField()
    hint = serializers.CharField()
    sorts = serializers.ListField(child=serializers.CharField())


class PrintNamesOut(serializers.Serializer):
    """What templates of a kind may print, and what may be done with it; `pages_by` says what makes PDFs here."""

    results = VariableOut(many=True)
    filters = FilterOut(many=True)
    pages_by = serializers.ChoiceField(choices=["own", "office"])


class CheckedMarkOut(serializers.Serializer):
    """A mark of a template with what it prints on this card, or what is wrong with it.

    `case` is one that the words before it (`because`) ask for; `suggestion` a name that was meant, most likely.
    """

    text = serializers.CharField()
    value = serializers.CharField(allow_blank=True)
    sort = serializers.CharField(allow_blank=True)
    is_empty = serializers.BooleanField()
    error = serializers.CharField(allow_blank=True)
    suggestion = serializers.CharField(allow_blank=True)
    case = serializers.CharField(allow_blank=True)
    because = serializers.CharField(allow_blank=True)


class CheckedTemplateOut(serializers.Serializer):
    results = CheckedMarkOut(many=True)
    is_sound = serializers.BooleanField(help_text="nothing is unknown, wrong or empty")


class WordingIn(serializers.Serializer):
    phrase = LineField(max_length=LONGEST_PHRASE)
    case = serializers.ChoiceField(choices=_DECLINED)
    form = LineField(max_length=LONGEST_PHRASE)


class WordingOut(serializers.Serializer):
    id = serializers.IntegerField()
    phrase = serializers.CharField()
    case = serializers.CharField()
    form = serializers.CharField()
    told_by = serializers.ChoiceField(Wording.Source.choices)
    changed_at = serializers.DateTimeField()


class WordingPage(serializers.Serializer):
    results = WordingOut(many=True)
    next = serializers.CharField(allow_null=True)


class CaseOut(serializers.Serializer):
    case = serializers.CharField()
    form = serializers.CharField()
    is_put_right = serializers.BooleanField(help_text="told by a person or a service, not by our dictionaries")


class CasesOut(serializers.Serializer):
    results = CaseOut(many=True)


class MorpherIn(serializers.Serializer):
    key = serializers.CharField(max_length=100)


class MorpherOut(serializers.Serializer):
    is_on = serializers.BooleanField()
    error = serializers.CharField(allow_blank=True, help_text="why it has not answered last time")


class FacsimileIn(serializers.Serializer):
    content = serializers.CharField(max_length=450_000, help_text="a PNG in base64, up to 300 KB")
    width_mm = serializers.IntegerField(min_value=10, max_value=80, default=35)


class FacsimileOut(serializers.Serializer):
    """`whose` is `company` for the stamp, `mine` for one's own signature."""

    whose = serializers.ChoiceField(choices=["company", "mine"])
    content = serializers.CharField(allow_blank=True, help_text="empty where there is none")
    width_mm = serializers.IntegerField()


class FacsimilesOut(serializers.Serializer):
    results = FacsimileOut(many=True)
