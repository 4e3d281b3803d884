"""The registry's periodic work."""

from datetime import timedelta

from django.utils import timezone

from core.context import control_scope
from tenants.jobs import tidy
from tenants.models import ControlLetter, ReleasedSlug, SignUp
from tenants.signup import free_slug, request_sign_up


def test_old_forms_are_forgotten_with_their_letters(db):
    with control_scope():
        for slug in ("oldest", "newest"):
            request_sign_up(
                email=f"{slug}@form.example", company="Форма", slug=slug, full_name="Формов П.", password="form-form-1"
            )
        long_ago = timezone.now() - timedelta(days=3)
        SignUp.objects.filter(slug="oldest").update(created_at=long_ago)
        ControlLetter.objects.create(kind="companies", email="a@form.example", created_at=long_ago)
    tidy(None, 0)
    with control_scope():
        assert list(SignUp.objects.values_list("slug", flat=True)) == ["newest"]
        assert list(ControlLetter.objects.values_list("sign_up__slug", flat=True)) == ["newest"]


def test_a_released_subdomain_rests_until_its_day(db):
    with control_scope():
        now = timezone.now()
        ReleasedSlug.objects.create(slug="resting", until=now + timedelta(days=1))
        ReleasedSlug.objects.create(slug="rested", until=now - timedelta(days=1))
        assert (free_slug("resting"), free_slug("rested")) == ("Этот адрес уже занят", None)
    tidy(None, 0)
    with control_scope():
        assert list(ReleasedSlug.objects.values_list("slug", flat=True)) == ["resting"]
