"""The sentences of the meter, in the active language. True to the cent, and past the goal they say so."""

from __future__ import annotations

from datetime import date
from functools import reduce

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from readership.funding.amounts import written
from readership.funding.money import Money
from readership.funding.parts import MeterMark, Promises


def amount_text(money: Money) -> str:
    """As the active language writes it."""
    return written(money, get_language() or "en")


def month_text(month: date) -> str:
    return date_format(month, "YEAR_MONTH_FORMAT")


def sentence(*, raised: Money, goal: Money, givers_count: int, has_opening: bool) -> str:
    """The meter in words. A sum brought along was given by readers whom we cannot count, so it names none."""
    words = {"raised": amount_text(raised), "goal": amount_text(goal), "count": givers_count}
    words["over"] = amount_text(raised - goal)
    if has_opening or not givers_count:
        return _plain(raised, goal) % words
    return _counted(raised, goal, givers_count) % words


def _plain(raised: Money, goal: Money) -> str:
    if raised > goal:
        return _("%(raised)s raised, %(over)s more than the goal of %(goal)s")
    if raised == goal:
        return _("%(raised)s raised: the goal is reached")
    return _("%(raised)s of %(goal)s raised so far")


def _counted(raised: Money, goal: Money, count: int) -> str:
    if raised > goal:
        return ngettext(
            "%(raised)s raised by %(count)s reader, %(over)s more than the goal of %(goal)s",
            "%(raised)s raised by %(count)s readers, %(over)s more than the goal of %(goal)s",
            count,
        )
    if raised == goal:
        return ngettext(
            "%(raised)s raised by %(count)s reader: the goal is reached",
            "%(raised)s raised by %(count)s readers: the goal is reached",
            count,
        )
    return ngettext(
        "%(raised)s of %(goal)s raised by %(count)s reader",
        "%(raised)s of %(goal)s raised by %(count)s readers",
        count,
    )


def promised_text(promises: Promises) -> str:
    """What is still to come, in words; "" when nothing is. It is never added to what was raised."""
    said = [
        _("%(sum)s more is on its way") % {"sum": amount_text(promises.on_the_way)}
        if promises.on_the_way.minor
        else "",
        _("%(sum)s a month is pledged") % {"sum": amount_text(promises.monthly)} if promises.monthly.minor else "",
        _("%(sum)s a year is pledged") % {"sum": amount_text(promises.yearly)} if promises.yearly.minor else "",
    ]
    return reduce(_and, filter(None, said), "")


def _and(first: str, second: str) -> str:
    return _("%(first)s, and %(second)s") % {"first": first, "second": second} if first else second


def value_text(said: str, *, raised: Money, marks: tuple[MeterMark, ...]) -> str:
    """What a screen reader says for the meter: the sentence, then the mark that comes next."""
    for mark in marks:
        if mark.at_minor > raised.minor:
            return _("%(sentence)s; next mark at %(sum)s: %(label)s") % {
                "sentence": said,
                "sum": mark.text,
                "label": mark.label,
            }
    return said


def giver_sentence(what: str) -> str:
    """What was done on a giver's own page. Of an address somebody made up: nothing."""
    sentences = {
        "changed": _("The new amount holds from the next payment on."),
        "stopped": _("The pledge is stopped. Nothing more is charged."),
        "resumed": _("The pledge goes on. Thank you."),
        "refund_asked": _("Your wish for a refund is with the newsroom. The answer comes by mail."),
        "kept": _("Kept."),
        "links_ended": _("Every link that was sent to you before is dead. This page has a new one."),
        "joined": _("This page now opens with your account, too."),
        "left": _("This page no longer opens with the account."),
        "sign_in": _("Please sign in first, then open the link of your mail again."),
    }
    return sentences.get(what, "")
