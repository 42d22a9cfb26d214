"""A test of an issue, to the editor who writes it."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from readership import outbox
from readership.newsletter.contents import contents_of
from readership.newsletter.mailing import Written, deliver, headers_of, ways_of_nobody, write
from readership.newsletter.models import Edition, Issue
from readership.outbox.registry import Lane, handles
from readership.readers.models import Reader


def send_test(issue: Issue, editor: Reader) -> None:
    """As it stands now, in the language that is being spoken. Its links to stop lead to the page of the newsletter."""
    key = f"{issue.pk}-{secrets.token_hex(8)}"
    language = get_language() or settings.LANGUAGE_CODE
    payload = {"issue": issue.pk, "editor": editor.pk, "key": key, "language": language}
    outbox.put("newsletter_test", key=key, payload=payload)


@handles("newsletter_test", lane=Lane.MAIL)
def send(payload: dict[str, Any]) -> None:
    issue = Issue.objects.filter(pk=payload["issue"]).first()
    editor = Reader.objects.filter(pk=payload["editor"], is_active=True).first()
    if issue is None or editor is None:
        return
    ways, edition = ways_of_nobody(), Edition(issue.edition)
    written = write(issue, contents_of(issue), ways, language=payload["language"])
    tried = Written(subject=f"[Test] {written.subject}", html=written.html, text=written.text)
    deliver(f"newsletter-test-{payload['key']}", editor.email, tried, edition, headers=headers_of(edition, ways))
