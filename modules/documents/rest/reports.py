"""Shapes of the report."""

from rest_framework import serializers

from core.organization.rest.serializers import PersonOut


class DocumentReportLineOut(serializers.Serializer):
    """Documents of one type; `counts` by codes of their states."""

    code = serializers.CharField(allow_blank=True)
    title = serializers.CharField()
    counts = serializers.DictField(child=serializers.IntegerField())
    total = serializers.IntegerField()
    late = serializers.IntegerField(help_text="open and past their due moment")


class DocumentReportStageOut(serializers.Serializer):
    stage = serializers.CharField(help_text="as the filter of the list takes it")
    title = serializers.CharField()
    route = serializers.CharField()
    count = serializers.IntegerField()
    late = serializers.IntegerField(help_text="past the term of the stage")


class DocumentReportPersonOut(serializers.Serializer):
    person = PersonOut()
    count = serializers.IntegerField()
    late = serializers.IntegerField()


class DocumentReportOut(serializers.Serializer):
    """`holders` are to decide upon documents, `people` answer for their execution; those with most lateness first."""

    types = DocumentReportLineOut(many=True)
    stages = DocumentReportStageOut(many=True)
    holders = DocumentReportPersonOut(many=True)
    people = DocumentReportPersonOut(many=True)
