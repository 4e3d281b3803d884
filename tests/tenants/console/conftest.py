"""What tests of the console share."""

from collections.abc import Callable

import pytest

from tests.support.operators import OperatorPerson, make_operator


@pytest.fixture
def operator(db: None) -> Callable[..., OperatorPerson]:
    """`operator("support")` is an operator who has proved himself twice."""
    return make_operator


@pytest.fixture
def chief(db: None) -> OperatorPerson:
    return make_operator("chief")
