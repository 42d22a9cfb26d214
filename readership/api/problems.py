"""Whatever goes wrong under /api/ is said in one form: application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from readership.discussion.errors import CommentRefused, DiscussionError, NotThere, ThreadClosed, TooFast

TYPE = "application/problem+json"
STATUS: dict[type[DiscussionError], int] = {NotThere: 404, TooFast: 429}
REFUSED, FORBIDDEN = 422, 403


class NotFound(Exception):
    """There is no such thing for everybody to read: never was, not yet, or not any more."""


class BadCursor(Exception):
    """The cursor was not one of ours."""


class FieldsRefused(Exception):
    """What was sent has the right shape and cannot be taken: field → sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


def problem(status: int, detail: str, *, errors: Mapping[str, str] | None = None) -> HttpResponse:
    told: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        told["errors"] = [{"field": field, "detail": sentence} for field, sentence in errors.items()]
    response = HttpResponse(json.dumps(told), status=status, content_type=TYPE)
    response["Cache-Control"] = "no-store"
    return response


def handle(api: NinjaAPI) -> None:
    """What the API answers to each kind of error."""
    api.exception_handler(NotFound)(_not_found)
    api.exception_handler(BadCursor)(_bad_cursor)
    api.exception_handler(ValidationError)(_wrong_shape)
    api.exception_handler(HttpError)(_http_error)
    api.exception_handler(FieldsRefused)(_fields_refused)
    api.exception_handler(DiscussionError)(_refused)


def _not_found(_request: HttpRequest, _error: object) -> HttpResponse:
    return problem(404, "There is no such thing here.")


def _http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


def _fields_refused(_request: HttpRequest, error: FieldsRefused) -> HttpResponse:
    return problem(REFUSED, str(error), errors=error.errors)


def _bad_cursor(_request: HttpRequest, _error: object) -> HttpResponse:
    return problem(400, "That cursor is not one of ours. Leave it out for the first page.")


def _wrong_shape(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = {str(one["loc"][-1]): str(one["msg"]) for one in error.errors}
    return problem(400, "; ".join(f"{field}: {sentence}" for field, sentence in errors.items()), errors=errors)


def _refused(_request: HttpRequest, error: DiscussionError) -> HttpResponse:
    if isinstance(error, CommentRefused):
        return problem(REFUSED, str(error.message), errors={error.field: str(error.message)})
    # The page gives the text back below its sentence; who sent JSON still has it.
    sentence = _("Comments on this story are closed.") if isinstance(error, ThreadClosed) else str(error.message)
    response = problem(STATUS.get(type(error), FORBIDDEN), sentence)
    if isinstance(error, TooFast):
        response["Retry-After"] = str(error.retry_after)
    return response
