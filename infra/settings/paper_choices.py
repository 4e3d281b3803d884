"""Names of the closed lists of routes and prints in the descriptions of the API; the others are in `choices`."""

NAMES_ON_PAPER = {
    "AssignmentState": ["open", "late", "done", "cancelled", "hidden"],
    "FacsimileOf": ["company", "mine"],
    "MinutesSort": "modules.documents.models.MinutesLine.Sort",
    "PrintForm": "core.templates.models.PrintTemplate.Form",
    "PrintPages": ["own", "office"],
    "PrintSort": ["text", "person", "money", "number", "day", "flag", "picture"],
    "RouteEscalation": ["none", "tell", "hand"],
    "RouteOutcome": ["approved", "rejected", "recalled"],
    "RoutePerformerBy": ["person", "role", "head", "manager", "field", "list", "picked"],
    "RouteRule": ["all", "any", "count"],
    "RouteStageKind": ["approval", "work", "wait", "timer"],
    "RouteStagePlace": ["done", "now", "next", "skipped", "returned"],
    "RouteStepState": ["waiting", "open", "decided", "dropped"],
    "RouteVerdict": ["approve", "remarks", "reject", "return", "done"],
    "WordCase": ["родительный", "дательный", "винительный", "творительный", "предложный"],
    "WordingSource": "core.templates.models.Wording.Source",
}
