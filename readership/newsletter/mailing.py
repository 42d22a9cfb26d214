"""One issue as a mail: put together for one reader at the moment it is sent, as HTML and as text.

No picture is fetched, no link is wrapped, nothing tells us who read it; it says why it came, and how to stop it.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from readership.following.wishes import language_of
from readership.lib.text import excerpt
from readership.newsletter.contents import Contents, contents_for
from readership.newsletter.editions import TAG, plan_of
from readership.newsletter.links import absolute, issue_path, own_link, stop_link
from readership.newsletter.models import Audience, Edition, Issue, Subscription
from readership.newsletter.plain import as_text
from readership.outbox import postbox
from readership.outbox.mail import LONGEST_SUBJECT, message, one_line
from readership.pagecache import remembered
from readership.readers.models import MailAddress

LONGEST_PREHEADER = 140


@dataclass(frozen=True)
class Ways:
    """Where the links at the end of the mail lead."""

    stop: str
    own: str


@dataclass(frozen=True)
class Written:
    subject: str
    html: str
    text: str


def ways_of(address: MailAddress, edition: Edition) -> Ways:
    return Ways(stop=stop_link(address, edition), own=own_link(address))


def ways_of_nobody() -> Ways:
    """In previews: nothing that is anybody's."""
    page = absolute(reverse("newsletter:sign_up"))
    return Ways(stop=page, own=page)


def write(issue: Issue, contents: Contents, ways: Ways, *, language: str) -> Written:
    with override(language):
        subject = subject_of(issue, contents)
        plain_body = as_text(contents.body)
        words = {
            "subject": subject,
            "preheader": issue.preheader or excerpt(plain_body, LONGEST_PREHEADER) or _second_line(contents),
            "contents": contents,
            "plain_body": plain_body,
            "edition": Edition(issue.edition).label,
            "reason": _reason(issue),
            "ways": ways,
            "archive_url": absolute(issue_path(issue)) if issue.slug and issue.audience == Audience.ALL else "",
            "site": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "language": language,
            "is_rtl": get_language_info(language)["bidi"],
        }
        return Written(
            subject=subject,
            html=render_to_string("newsletter/mail/issue.html", words),
            text=render_to_string("newsletter/mail/issue.txt", words),
        )


def subject_of(issue: Issue, contents: Contents) -> str:
    """A digest is called by its first story, in the reader's own selection and language."""
    if not issue.is_digest or not contents.stories:
        return str(issue.subject)
    facts = {"site": settings.SITE_NAME, "headline": contents.stories[0].headline}
    if issue.edition == Edition.WEEKLY:
        return _("The week on %(site)s: %(headline)s") % facts
    return _("This morning: %(headline)s") % facts


def _second_line(contents: Contents) -> str:
    if len(contents.stories) > 1:
        return excerpt(" · ".join(one.headline for one in contents.stories[1:]), LONGEST_PREHEADER)
    return excerpt(contents.stories[0].standfirst, LONGEST_PREHEADER) if contents.stories else ""


def _reason(issue: Issue) -> str:
    return _("You get this mail because you subscribed to “%(edition)s” of %(site)s.") % {
        "edition": Edition(issue.edition).label,
        "site": settings.SITE_NAME,
    }


def send_to(address: MailAddress, issue: Issue, subscription: Subscription) -> bool:
    """False when there is nothing in it for this reader. Whatever fails is raised, and the outbox tries again."""
    language, edition = language_of(address), Edition(issue.edition)
    with override(language):
        contents = contents_for(subscription, issue)
    if contents.is_empty:
        return False
    ways = ways_of(address, edition)
    written = write(issue, contents, ways, language=language)
    deliver(f"newsletter-{issue.pk}-{address.pk}", address.address, written, edition, headers=headers_of(edition, ways))
    return True


def headers_of(edition: Edition, ways: Ways) -> dict[str, str]:
    """For the mail program's own button: one click, no page, no account (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{ways.stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<{edition.value}.newsletter.{settings.SITE_HOST}>",
        "Precedence": "bulk",
    }


def deliver(key: str, to: str, written: Written, edition: Edition, *, headers: dict[str, str]) -> None:
    letter = message(
        {
            "key": key,
            "to": to,
            "subject": one_line(written.subject)[:LONGEST_SUBJECT],
            "text": written.text,
            "html": written.html,
            "reply_to": "",
            "headers": {name: one_line(value) for name, value in headers.items()},
        }
    )
    letter.from_email = sender_of(edition)
    postbox.deliver(letter)


def sender_of(edition: Edition) -> str:
    name = remembered(("sender of", edition), lambda: plan_of(edition).sender_name, tags=(TAG,))
    return formataddr((one_line(name) or settings.SITE_NAME, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
