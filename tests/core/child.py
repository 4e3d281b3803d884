"""A process of the product that does one job and may be killed on the way.

`python -m tests.core.child <job> <schema> <id>`
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
django.setup()

from core.companies import find_company  # noqa: E402
from core.registry import registry  # noqa: E402

if __name__ == "__main__":
    code, schema, subject_id = sys.argv[1:]
    _, job = registry.jobs()[code]
    job.run(find_company(schema), int(subject_id))
