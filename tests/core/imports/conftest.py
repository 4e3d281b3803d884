"""A real store for files that cards are made from, and people who bring them."""

from tests.core.attachments.conftest import s3_stand_in, store  # noqa: F401  (fixtures)
