"""Shapes of the public site's API."""

from rest_framework import serializers


class SignUpForm(serializers.Serializer):
    """Blank fields pass here, so that `request_sign_up` can name all wrong ones at once."""

    email = serializers.CharField(max_length=254, allow_blank=True)
    company = serializers.CharField(max_length=200, allow_blank=True)
    slug = serializers.CharField(max_length=40, allow_blank=True)
    full_name = serializers.CharField(max_length=200, allow_blank=True)
    password = serializers.CharField(max_length=128, trim_whitespace=False, allow_blank=True)
    inn = serializers.CharField(max_length=12, required=False, allow_blank=True)


class SignUpSent(serializers.Serializer):
    email = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="seconds")


class Confirmation(serializers.Serializer):
    email = serializers.CharField(max_length=254)
    code = serializers.CharField(max_length=12)
    slug = serializers.CharField(max_length=40, required=False, allow_blank=True)


class Founded(serializers.Serializer):
    host = serializers.CharField()
    url = serializers.CharField()
    token = serializers.CharField()
    ticket = serializers.CharField()


class EmailOnly(serializers.Serializer):
    email = serializers.CharField(max_length=254)


class SlugAnswer(serializers.Serializer):
    slug = serializers.CharField()
    free = serializers.BooleanField()
    reason = serializers.CharField(allow_null=True)
