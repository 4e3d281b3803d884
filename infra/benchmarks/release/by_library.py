"""`python -m infra.benchmarks.release.by_library t_… t_…`: django-tenants' own command for each of these schemas.

Its standard executor, silent and without system checks; prints the seconds of each as JSON. The start of the process is
not in them.
"""

import json
import sys
import time

import django
from django.core.management import call_command


def main(schemas: list[str]) -> None:
    django.setup()
    spent = []
    for schema in schemas:
        begun = time.perf_counter()
        call_command("migrate_schemas", schema_name=schema, executor="standard", verbosity=0)
        spent.append(time.perf_counter() - begun)
    print(json.dumps(spent))


if __name__ == "__main__":
    main(sys.argv[1:])
