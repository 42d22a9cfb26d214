"""The JSON API under /api/v1/, described at /api/v1/openapi.json."""

from __future__ import annotations

from readership.api import problems
from readership.api.bodies import JsonBody
from readership.api.describing import Api
from readership.api.writing import router

api = Api(
    title="Readership",
    version="1",
    description=(
        "Reading needs nothing. Writing takes JSON only. Whoever writes without an account is known by the cookie that "
        "the first answer sets: send it along to edit, to withdraw and to change a vote. The same limits hold as for "
        "the forms of the page. Errors are application/problem+json."
    ),
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
    parser=JsonBody(),
)
api.add_router("", router)
problems.handle(api)
