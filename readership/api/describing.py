"""What the API says of itself beyond what Ninja can know."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from readership.api.kinds import KINDS, PAGE
from readership.api.problems import TYPE
from readership.stories.queries import absolute

FIRST_ERROR = 400
# Answers that depend on who asks: they carry no ETag.
PERSONAL = {"get"}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string", "title": "The ETag of the answer that one has"},
}


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The view's own name: it stays when the view moves to another file."""
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        schema["components"]["securitySchemes"] = {
            "guest": {"type": "apiKey", "in": "cookie", "name": settings.GUEST_COOKIE_NAME},
            "reader": {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
        }
        schema["components"]["schemas"]["Problem"]["properties"]["type"] |= {
            "format": "uri",
            "description": f"What kind of problem it is. All are described at {absolute(PAGE)}.",
            "examples": [kind.address for kind in KINDS],
        }
        for path in schema["paths"].values():
            for method, operation in path.items():
                _complete(method, operation)
        return schema


def _complete(method: str, operation: dict[str, Any]) -> None:
    if method == "get" and operation["operationId"] not in PERSONAL:
        operation["parameters"].append(IF_NONE_MATCH)
        operation["responses"][304] = {"description": "Not changed since the answer with that ETag"}
    if method != "get":
        # Either cookie, or none: then the writer is a new guest.
        operation["security"] = [{}, {"guest": []}, {"reader": []}]
    for status, answer in operation["responses"].items():
        if int(status) >= FIRST_ERROR:
            (schema,) = answer["content"].values()
            answer["content"] = {TYPE: schema}
