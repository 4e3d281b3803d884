"""The coming release, migrated by django-tenants."""

from infra.benchmarks.release.library_now import *  # noqa: F403
from infra.benchmarks.release.settings import MIGRATION_MODULES as MIGRATION_MODULES
