"""The REST layer: own authentication and errors, nothing of the framework's defaults left open."""

from infra.settings.choices import NAMES_OF_CHOICES

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["core.rest.access.DeclaredAccess"],
    "DEFAULT_RENDERER_CLASSES": ["core.rest.renderers.FastJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.rest.parsers.StrictJSONParser"],
    "EXCEPTION_HANDLER": "core.rest.problems.problem_handler",
    "DEFAULT_SCHEMA_CLASS": "core.rest.schema.PultAutoSchema",
    "UNAUTHENTICATED_USER": None,
    "UNAUTHENTICATED_TOKEN": None,
    "DEFAULT_THROTTLE_CLASSES": [],
    "DATETIME_FORMAT": "iso-8601",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Пульт",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SORT_OPERATIONS": True,
    # What may also be empty is named by this ending; left to itself the library names shared shapes by it and a hash.
    "ENUM_SUFFIX": "Choice",
    "ENUM_NAME_OVERRIDES": NAMES_OF_CHOICES,
}
