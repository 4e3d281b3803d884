"""What is marked as sensitive is a declared sort of reading of an operation that is there."""

from core.reads.models import Read
from core.registry import registry
from tests.isolation.operations import operations


def test_sorts_have_codes_of_their_own_that_fit():
    codes = [kind.code for kind in registry.reads()]
    assert len(codes) == len(set(codes)) and codes
    assert [code for code in codes if len(code) > Read._meta.get_field("kind").max_length] == []
    assert [kind.code for kind in registry.reads() if "(а)" not in kind.title.split()[0]] == []


def test_every_mark_names_an_operation_and_a_declared_sort():
    marked = {op.view: op.view.recorded for op in operations("company") if getattr(op.view, "recorded", None)}
    assert len(marked) >= 8
    known = set(registry.reads())
    for view, recorded in marked.items():
        assert set(recorded) <= set(view.access), view
        assert set(recorded.values()) <= known, view


def test_the_owners_doors_to_all_data_are_marked():
    """Typed by hand: whoever adds such a door adds it here."""
    found = {f"{op.method} {op.route}" for op in operations("company") if op.action in getattr(op.view, "recorded", {})}
    assert found == {
        "post api/v1/takeouts/<int:takeout_id>/open/",
        "post api/v1/company/copies/<int:copy_id>/download/",
        "post api/v1/persons/<int:employee_id>/data/<int:file_id>/open/",
        "get api/v1/consents/",
        "get api/v1/rights/<int:employee_id>/",
        "get api/v1/reads/",
        *(
            f"get api/v1/{plural}/<int:card_id>/access/{tail}"
            for plural in ("documents", "employees", "tasks", "task-templates")
            for tail in ("", "<int:employee_id>/")
        ),
    }
