"""Tests of the registry commit for real."""

from tests.core.attachments.conftest import s3_stand_in, store  # noqa: F401  (fixtures)
from tests.support.committed import committed  # noqa: F401  (a fixture)
from tests.tenants.archives import alfa  # noqa: F401  (a fixture)
