"""The page on privacy, made from what the code says of itself: tables, cookies, what browsers keep, who is told."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from readership.pagecache import depends_on
from readership.readers.guests import ACTED_COOKIE
from readership.readers.holdings import all_holdings


@dataclass(frozen=True)
class Kept:
    """Something in the reader's own browser: its name, what it is for, and for how long."""

    name: str
    why: str | Promise
    kept: str | Promise


def cookies() -> tuple[Kept, ...]:
    """Every cookie the site can set; none of them before the reader does something."""
    return (
        Kept(
            settings.GUEST_COOKIE_NAME,
            _("Set when you comment or vote: by it you can edit what you wrote."),
            _("A year."),
        ),
        Kept(
            ACTED_COOKIE,
            _(
                "Tells the page that you did something here, so that it asks for your own votes and comments. "
                "It is the same for everybody."
            ),
            _("A year."),
        ),
        Kept(settings.SESSION_COOKIE_NAME, _("Set when you sign in."), _("Two weeks, or until you sign out.")),
        Kept(
            settings.CSRF_COOKIE_NAME,
            _("Keeps other sites from sending forms in your name, where you sign in."),
            _("A year."),
        ),
        Kept("messages", _("One sentence for the next page, where you are signed in."), _("Until you have read it.")),
    )


def browser_storage() -> tuple[Kept, ...]:
    """What scripts keep in the browser; it never leaves it."""
    return (
        Kept("seen …", _("When you last read a thread, so that new comments are marked."), _("Until you clear it.")),
        Kept("draft …", _("What you began to write, in case the page is lost."), _("Until it is sent.")),
        Kept("look, size, order", _("How you want to read."), _("Until you choose otherwise.")),
        Kept("invitation", _("That you closed the invitation to comment."), _("Until you clear it.")),
        Kept("muted", _("Guests you do not want to read, where you have no account."), _("Until you take it back.")),
    )


def told() -> tuple[str | Promise, ...]:
    """Who else is told anything, as this site is set up."""
    others: list[str | Promise] = []
    if settings.STRIPE_SECRET_KEY:
        others.append(
            _("Stripe, when you give by card or bank debit, and not before: you type card numbers on its pages.")
        )
    if settings.MAIL_SERVER:
        others.append(_("The mail server that carries our mail to you: it sees your address and the mail."))
    return tuple(others)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The same for everybody."""
    depends_on("site")
    shown = {"holdings": all_holdings(), "cookies": cookies(), "storage": browser_storage(), "told": told()}
    return render(request, "readers/privacy.html", shown)
