"""A real store for files about people."""

from tests.core.attachments.conftest import s3_stand_in, store  # noqa: F401  (fixtures)
