"""Whatever goes wrong under /api/ is said in one form: application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from readership.api import kinds
from readership.api.kinds import Kind
from readership.discussion.errors import (
    CommentRefused,
    DiscussionError,
    NotThere,
    ThreadClosed,
    TooFast,
    TooLate,
    VoteRefused,
    VotesFrozen,
)

TYPE = "application/problem+json"
KIND: dict[type[DiscussionError], Kind] = {
    NotThere: kinds.NOT_FOUND,
    ThreadClosed: kinds.CLOSED,
    TooFast: kinds.TOO_FAST,
    TooLate: kinds.TOO_LATE,
    VoteRefused: kinds.VOTE_REFUSED,
    VotesFrozen: kinds.VOTES_PAUSED,
}


class NotFound(Exception):
    """There is no such thing for everybody to read: never was, not yet, or not any more."""


class BadCursor(Exception):
    """The cursor was not one of ours."""


class WrongShape(Exception):
    """What no type can say about a request is not so: field → sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {sentence}" for field, sentence in errors.items()))
        self.errors = errors


class FieldsRefused(Exception):
    """What was sent has the right shape and cannot be taken: field → sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


def problem(kind: Kind | int, detail: str, *, errors: Mapping[str, str] | None = None) -> HttpResponse:
    """`kind` may be a status where nothing more is known."""
    kind = kinds.kind_of(kind) if isinstance(kind, int) else kind
    told: dict[str, object] = {"type": kind.address, "title": kind.title, "status": kind.status, "detail": detail}
    if errors:
        told["errors"] = [{"field": field, "detail": sentence} for field, sentence in errors.items()]
    response = HttpResponse(json.dumps(told), status=kind.status, content_type=TYPE)
    response["Cache-Control"] = "no-store"
    return response


def handle(api: NinjaAPI) -> None:
    """What the API answers to each kind of error."""
    api.exception_handler(NotFound)(_not_found)
    api.exception_handler(BadCursor)(_bad_cursor)
    api.exception_handler(ValidationError)(_invalid)
    api.exception_handler(WrongShape)(_wrong_shape)
    api.exception_handler(HttpError)(_http_error)
    api.exception_handler(FieldsRefused)(_fields_refused)
    api.exception_handler(DiscussionError)(_refused)


def _not_found(_request: HttpRequest, _error: object) -> HttpResponse:
    return problem(kinds.NOT_FOUND, "There is no such thing here.")


def _http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


def _fields_refused(_request: HttpRequest, error: FieldsRefused) -> HttpResponse:
    return problem(kinds.REFUSED, str(error), errors=error.errors)


def _bad_cursor(_request: HttpRequest, _error: object) -> HttpResponse:
    return problem(kinds.BAD_CURSOR, "That cursor is not one of ours. Leave it out for the first page.")


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _wrong_shape(request, WrongShape({str(one["loc"][-1]): str(one["msg"]) for one in error.errors}))


def _wrong_shape(_request: HttpRequest, error: WrongShape) -> HttpResponse:
    return problem(kinds.WRONG_SHAPE, str(error), errors=error.errors)


def _refused(_request: HttpRequest, error: DiscussionError) -> HttpResponse:
    if isinstance(error, CommentRefused):
        return problem(kinds.REFUSED, str(error.message), errors={error.field: str(error.message)})
    # The page gives the text back below its sentence; who sent JSON still has it.
    sentence = _("Comments on this story are closed.") if isinstance(error, ThreadClosed) else str(error.message)
    response = problem(KIND.get(type(error), kinds.FORBIDDEN), sentence)
    if isinstance(error, TooFast):
        response["Retry-After"] = str(error.retry_after)
    return response
