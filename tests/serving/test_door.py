"""What never gets to Django, and what it is not told. Numbers are those of the attack cases."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

import pytest

from tests.serving.running import COMMAND, Running, environment, running

SAFETY = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def status(answer: str) -> int:
    return int(answer.split()[1])


def seen(answer: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(answer.partition("\r\n\r\n")[2])
    return found


def test_n03_a_chunked_body_is_refused_and_never_taken_for_an_empty_one(server: Running) -> None:
    answer = server.raw(
        "POST /discuss/seen/ HTTP/1.1",
        "Host: 127.0.0.1",
        "Transfer-Encoding: chunked",
        body=b"3\r\nabc\r\n0\r\n\r\n",
    )

    assert status(answer) == 411


def test_n02_a_length_and_chunks_at_once_are_refused_and_nothing_is_smuggled(server: Running) -> None:
    # Read by its length, the body holds a second request; read by its chunks, the second request follows it.
    smuggled = b"0\r\n\r\nGET /discuss/seen/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    answer = server.raw(
        "POST /discuss/seen/ HTTP/1.1",
        "Host: 127.0.0.1",
        f"Content-Length: {len(smuggled)}",
        "Transfer-Encoding: chunked",
        body=smuggled,
    )

    assert answer.count("HTTP/1.1 ") == 1
    assert status(answer) in {400, 411}


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND", "DEBUG", "get"])
def test_n04_methods_of_other_protocols_are_refused(server: Running, method: str) -> None:
    target = "127.0.0.1:80" if method == "CONNECT" else "/page/1/"

    answer = server.raw(f"{method} {target} HTTP/1.1", "Host: 127.0.0.1")

    assert status(answer) in {400, 405}
    assert "harbour" not in answer


def test_n04_a_header_cannot_change_the_method(server: Running) -> None:
    answer = server.ask("/discuss/seen/", method="POST", body=b"", X_HTTP_Method_Override="DELETE")

    assert json.loads(answer.body)["REQUEST_METHOD"] == "POST"
    assert "HTTP_X_HTTP_METHOD_OVERRIDE" not in json.loads(answer.body)


@pytest.mark.parametrize(
    "hosts",
    [
        [],
        ["Host: "],
        ["Host: evil.example"],
        ["Host: 127.0.0.1.evil.example"],
        ["Host: 127.0.0.1", "Host: evil.example"],
        ["Host: 127.0.0.1@evil.example"],
        ["Host: 127.0.0.1/evil"],
    ],
)
def test_j11_i12_a_request_for_no_site_or_another_is_refused(server: Running, hosts: list[str]) -> None:
    assert status(server.raw("GET /page/1/ HTTP/1.1", *hosts)) == 400


@pytest.mark.parametrize(
    ("path", "length", "expected"),
    [
        ("/discuss/seen/", 256 * 1024, 200),
        ("/discuss/seen/", 256 * 1024 + 1, 413),
        ("/page/1/", 10**12, 413),
        ("/admin/images/add/", 13 * 1024 * 1024, 413),
        ("/admin/funding/bank/read/", 161 * 1024 * 1024, 413),
    ],
)
def test_b05_a_body_that_is_too_large_is_refused_before_it_is_read(
    server: Running, path: str, length: int, expected: int
) -> None:
    started_at = time.monotonic()
    # Only what is allowed is sent; the rest need not come for the answer to come.
    body = b"x" * length if expected == 200 else b""

    answer = server.raw(f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {length}", body=body)

    assert status(answer) == expected
    assert time.monotonic() - started_at < 5


SIGN_IN = """
import json
from django.contrib.auth.models import Permission
from django.test import Client
from readership.readers.models import Reader
keys = {}
for who in ("reader", "staff", "editor", "closed"):
    person = Reader.objects.create_user(f"{who}@example.org", name=who, is_staff=who == "staff")
    if who in ("editor", "closed"):
        person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(person)
    keys[who] = client.session.session_key
    if who == "closed":
        person.is_active = False
        person.save()
print(json.dumps(keys))
"""
FOR_THE_NEWSROOM = ["/admin/funding/bank/read/", "/admin/funding/bank/columns/", "/admin/images/add/"]
LARGE = "Content-Length: 10000000"


@pytest.fixture(scope="session")
def session_keys(server: Running) -> dict[str, str]:
    command = [*COMMAND, "manage", "shell", "--no-imports", "-v", "0", "--command", SIGN_IN]
    surroundings = environment(server.home, server.port)
    told = subprocess.run(command, env=surroundings, check=True, capture_output=True, text=True).stdout
    keys: dict[str, str] = json.loads(told)
    return keys


@pytest.mark.parametrize("path", FOR_THE_NEWSROOM)
def test_b05_of_a_stranger_no_file_for_the_newsroom_is_taken(
    server: Running, session_keys: dict[str, str], path: str
) -> None:
    cookies = ["x", ";session", session_keys["closed"]]
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", LARGE]

    answers = [server.raw(*lines), *(server.raw(*lines, f"Cookie: session={cookie}") for cookie in cookies)]

    for answer in answers:
        assert status(answer) == 403
        assert "Please sign in" in answer


@pytest.mark.parametrize("path", FOR_THE_NEWSROOM)
@pytest.mark.parametrize("who", ["reader", "staff"])
def test_b05_of_who_may_not_enter_the_admin_no_large_body_is_read(
    server: Running, session_keys: dict[str, str], who: str, path: str
) -> None:
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: session={session_keys[who]}"]
    started_at = time.monotonic()

    refused = server.raw(*lines, LARGE)
    small = server.raw(*lines, "Content-Length: 3", body=b"a=b")

    assert status(refused) == 413
    # Not a byte of it was sent.
    assert time.monotonic() - started_at < 5
    assert status(small) == 403  # Inside, it is a form without a token.


@pytest.mark.parametrize("path", FOR_THE_NEWSROOM)
def test_b05_of_who_may_enter_the_admin_it_is_taken(server: Running, session_keys: dict[str, str], path: str) -> None:
    cookie = f"Cookie: session={session_keys['editor']}"

    answer = server.raw(f"POST {path} HTTP/1.1", "Host: 127.0.0.1", LARGE, cookie, body=b"x" * 10_000_000)

    assert status(answer) == 403  # Inside, it is a form without a token.
    assert "Please sign in" not in answer


def test_b05_a_reader_who_sends_too_much_is_told_on_a_page_and_a_program_in_json(server: Running) -> None:
    refused = "Content-Length: 300000"

    page = server.raw("POST /discuss/threads/1/comments/ HTTP/1.1", "Host: 127.0.0.1", refused)
    problem = server.raw("POST /api/v1/threads/1/comments HTTP/1.1", "Host: 127.0.0.1", refused)

    assert (status(page), status(problem)) == (413, 413)
    assert "content-type: text/html; charset=utf-8" in page.lower()
    assert "Please go back, where your text still is." in page
    assert "style-src 'self'" in page
    assert "content-type: application/problem+json" in problem.lower()
    assert seen(problem)["status"] == 413


@pytest.mark.parametrize(
    "header",
    [
        "Proxy",
        "X-Forwarded-For",
        "X_Forwarded_For",
        "X-Forwarded-Host",
        "X_Forwarded_Proto",
        "Forwarded",
        "X-Real-IP",
        "X_Real_IP",
        "Client-IP",
        "True-Client-IP",
        "X-Original-URL",
        "X-Rewrite-URL",
        "Front-End-Https",
    ],
)
def test_e05_h05_n01_n05_nobody_can_say_who_he_is_or_how_he_came(server: Running, header: str) -> None:
    told = seen(server.raw("GET /discuss/seen/ HTTP/1.1", "Host: 127.0.0.1", f"{header}: https://6.6.6.6"))

    assert not [value for value in told.values() if "6.6.6.6" in str(value)]
    assert told["REMOTE_ADDR"] == "127.0.0.1"
    assert told["is_secure"] is False


def test_the_process_keeps_its_secrets_from_the_request(server: Running) -> None:
    assert "a secret of the tests" not in server.raw("GET /discuss/seen/ HTTP/1.1", "Host: 127.0.0.1")


def test_e05_behind_a_trusted_proxy_only_the_chain_of_addresses_is_told(home: Path) -> None:
    with running(home, READERSHIP_TRUSTED_PROXY_HOPS="1") as server:
        told = seen(
            server.raw(
                "GET /discuss/seen/ HTTP/1.1",
                "Host: 127.0.0.1",
                "X-Forwarded-For: 6.6.6.6, 203.0.113.9",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Proto: https",
            )
        )

    assert told["HTTP_X_FORWARDED_FOR"] == "6.6.6.6, 203.0.113.9"
    assert not {"HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO"} & set(told)


def test_a_site_behind_https_is_secure_whatever_a_header_says(home: Path) -> None:
    with running(home, READERSHIP_URL="https://127.0.0.1") as server:
        told = seen(server.raw("GET /discuss/seen/ HTTP/1.1", "Host: 127.0.0.1", "X-Forwarded-Proto: http"))

    assert told["is_secure"] is True


@pytest.mark.parametrize(
    "path",
    [
        "/page/1/",
        "/page/1/?own=1",
        "/missing/",
        "/healthz",
        "/readyz",
        "/static/missing.css",
        "/media/x",
        "/admin/",
    ],
)
def test_every_answer_carries_the_safety_headers(server: Running, path: str) -> None:
    answer = server.ask(path)

    assert SAFETY.items() <= answer.headers.items()
    assert "permissions-policy" in answer.headers


@pytest.mark.parametrize(
    "path", ["/missing/", "/page/1/?own=1", "/readyz", "/healthz", "/discuss/seen/", "/account/x.css", "/media/x"]
)
def test_j06_j10_only_finished_pages_and_files_may_be_kept_by_others(server: Running, path: str) -> None:
    assert "no-store" in server.ask(path).headers["cache-control"]


def test_a_path_of_endless_length_is_refused(server: Running) -> None:
    assert server.ask("/" + "x" * 3_000).status == 414


def test_readyz_tells_what_is_asked_of_a_node(server: Running) -> None:
    answer = server.ask("/readyz")

    assert answer.status == 200
    assert json.loads(answer.body) == {
        "is_ready": True,
        "database": True,
        "migrations": True,
        "disk": True,
        "outbox_age": 0,
        "outbox_given_up": 0,
        "outbox_is_late": False,
    }
