"""Plans and subscriptions, in the public schema. Companies of the registry are named by key."""

from .plans import AddOn, Extra, Plan, PlanVersion
from .subscriptions import Subscription

__all__ = ["AddOn", "Extra", "Plan", "PlanVersion", "Subscription"]
