"""What the demo company is made of passes the product's own checks."""

from infra.commands.demo_people import INN
from tenants.rules import wrong_inn


def test_its_tax_number_is_one():
    assert wrong_inn(INN) is None
