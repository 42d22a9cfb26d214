"""What the API says of itself beyond what Ninja can know."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from readership.api.problems import TYPE

FIRST_ERROR = 400


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
        for path in schema["paths"].values():
            for method, operation in path.items():
                _complete(method, operation)
        return schema


def _complete(method: str, operation: dict[str, Any]) -> None:
    if method != "get":
        # Either cookie, or none: then the writer is a new guest.
        operation["security"] = [{}, {"guest": []}, {"reader": []}]
    for status, answer in operation["responses"].items():
        if int(status) >= FIRST_ERROR:
            (schema,) = answer["content"].values()
            answer["content"] = {TYPE: schema}
