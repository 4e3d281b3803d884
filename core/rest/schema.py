"""How operations appear in the committed OpenAPI documents."""

from drf_spectacular.openapi import AutoSchema


class PultAutoSchema(AutoSchema):
    """Names operations `<tag>_<action>` and tags them by the first word of the path after the version."""

    def get_tags(self) -> list[str]:
        parts = [part for part in self.path.split("/") if part and not part.startswith("{")]
        return [parts[2] if len(parts) > 2 else "api"]

    def get_operation_id(self) -> str:
        parts = [part for part in self.path.split("/") if part][2:]
        words = [f"by_{part.strip('{}')}" if part.startswith("{") else part.replace("-", "_") for part in parts]
        return "_".join([self.method.lower(), *words])
