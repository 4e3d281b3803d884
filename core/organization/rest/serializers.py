"""Shapes of people, departments and positions."""

from rest_framework import serializers


class PersonOut(serializers.Serializer):
    """How a person is shown wherever he is named."""

    id = serializers.IntegerField(allow_null=True, help_text="employee card; null for guests and services")
    name = serializers.CharField(help_text="«Иванов И. И.»")
    full_name = serializers.CharField()
    initials = serializers.CharField()
    photo_url = serializers.CharField(allow_null=True)
    is_active = serializers.BooleanField()
