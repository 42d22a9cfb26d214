"""Which gift a line of a statement may be: by the reference in it, and else by sum, name, account and day (reads only).

Sure is only a reference that stands in one line with the promised sum, in the promised currency, and no other
giver's name. Everybody can write any reference (attack K15), so all else is a suggestion for the treasurer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from readership.funding.bank.names import names_agree
from readership.funding.models import BankLine, Gift, GiftKind, GiftState, LineState
from readership.funding.transfers.references import bare_references, marked_references
from readership.funding.wording import amount_text

AWAITED = (GiftState.PROMISED, GiftState.EXPIRED)
MOST_PROMISES, MOST_KNOWN = 500, 300  # looked at for one page of lines
MOST_SHOWN = 3
LONGEST_LOOKED_AT = 2_000
SOON = timedelta(days=21)
BY_REFERENCE, BY_AMOUNT, BY_NAME, BY_ACCOUNT, BY_DAY, ENOUGH = 100, 40, 30, 30, 10, 50


@dataclass(frozen=True)
class Suggestion:
    """A gift that was promised, or one that came before from whoever sent this line (`is_again`: then a new gift)."""

    gift: Gift
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    is_again: bool
    score: int


def sure_gift(line: BankLine, named: list[Gift]) -> Gift | None:
    """The one gift that `line` pays beyond doubt. `named` are the gifts whose references stand in it."""
    if len(named) != 1 or not may_be_gift(line):
        return None
    gift = named[0]
    is_sure = (
        gift.state in AWAITED
        and gift.kind == GiftKind.TRANSFER
        and gift.amount == line.amount
        and names_agree(gift.giver_name, line.remitter_name) is not False
    )
    return gift if is_sure else None


def may_be_gift(line: BankLine) -> bool:
    """Money that came in, and not by the bank taking back an entry of its own."""
    return line.amount_minor > 0 and "RvslInd" not in line.references


def named_gifts(lines: Iterable[BankLine]) -> dict[int, list[Gift]]:
    """For each line, the gifts whose references stand in it. One query."""
    found = {line.pk: _references_in(line) for line in lines if may_be_gift(line)}
    wanted = {reference for references in found.values() for reference in references}
    gifts = Gift.objects.filter(reference__in=wanted, is_trial=False).select_related("campaign") if wanted else []
    by_reference = {gift.reference: gift for gift in gifts}
    return {
        pk: [by_reference[reference] for reference in references if reference in by_reference]
        for pk, references in found.items()
    }


def _references_in(line: BankLine) -> list[str]:
    texts = dict.fromkeys([*line.references.values(), line.text])
    texts = {text[:LONGEST_LOOKED_AT]: None for text in texts}
    marked = [reference for text in texts for reference in marked_references(text)]
    return list(dict.fromkeys(marked or [reference for text in texts for reference in bare_references(text)]))


def suggestions(lines: list[BankLine]) -> dict[int, list[Suggestion]]:
    """The best few for each open line, best first. Three queries."""
    lines = [line for line in lines if line.state == LineState.OPEN and may_be_gift(line)]
    named = named_gifts(lines)
    promises = _promises({line.currency for line in lines})
    known = _known_remitters({line.remitter_account_hash for line in lines} - {""})
    return {line.pk: _best(line, named.get(line.pk, []), promises, known[line.remitter_account_hash]) for line in lines}


def _promises(currencies: set[str]) -> list[Gift]:
    gifts = Gift.objects.filter(state__in=AWAITED, kind=GiftKind.TRANSFER, is_trial=False, currency__in=currencies)
    return list(gifts.select_related("campaign").order_by("-entered_at")[:MOST_PROMISES])


def _known_remitters(hashes: set[str]) -> defaultdict[str, list[Gift]]:
    """What came from the same accounts before, newest first."""
    found: defaultdict[str, list[Gift]] = defaultdict(list)
    lines = BankLine.objects.filter(remitter_account_hash__in=hashes, state=LineState.SETTLED)
    for line in lines.select_related("gift__campaign").order_by("-booked_on", "-pk")[:MOST_KNOWN]:
        if line.gift:
            found[line.remitter_account_hash].append(line.gift)
    return found


def _best(line: BankLine, named: list[Gift], promises: list[Gift], known: list[Gift]) -> list[Suggestion]:
    found = [_by_reference(line, gift) for gift in named if gift.currency == line.currency]
    seen = {gift.pk for gift in named}
    others = (gift for gift in promises if gift.pk not in seen and gift.currency == line.currency)
    found.extend(_by_likeness(line, gift, known) for gift in others)
    if known and known[0].pk not in seen and known[0].currency == line.currency:
        found.append(_again(line, known[0]))
    likely = [one for one in found if one.score >= ENOUGH]
    return sorted(likely, key=lambda one: -one.score)[:MOST_SHOWN]


def _by_reference(line: BankLine, gift: Gift) -> Suggestion:
    is_again = gift.state not in AWAITED
    warnings = []
    if is_again:
        warnings.append(_("This gift has come before: this would be a new one from the same giver."))
    elif gift.amount != line.amount:
        warnings.append(_was_promised(gift))
    if names_agree(gift.giver_name, line.remitter_name) is False:
        warnings.append(_("The name is another: anybody may write any reference."))
    return Suggestion(
        gift=gift,
        reasons=(_("Its reference is in this line."),),
        warnings=tuple(warnings),
        is_again=is_again,
        score=BY_REFERENCE - len(warnings),
    )


def _by_likeness(line: BankLine, gift: Gift, known: list[Gift]) -> Suggestion:
    agree = names_agree(gift.giver_name, line.remitter_name)
    is_known = any(_is_same_giver(gift, one) for one in known)
    is_soon = timedelta(0) <= line.booked_on - gift.entered_at.date() <= SOON
    clues = (
        (gift.amount == line.amount, BY_AMOUNT, _("The sum is the promised one.")),
        (bool(agree), BY_NAME, _("The name fits.")),
        (is_known, BY_ACCOUNT, _("This giver gave from this account before.")),
        (is_soon, BY_DAY, ""),
    )
    warnings = (
        [] if gift.amount == line.amount else [_("%(promised)s was promised.") % {"promised": amount_text(gift.amount)}]
    )
    if agree is False:
        warnings.append(_("The name is another."))
    return Suggestion(
        gift=gift,
        reasons=tuple(words for is_so, _score, words in clues if is_so and words),
        warnings=tuple(warnings),
        is_again=False,
        score=sum(score for is_so, score, _words in clues if is_so),
    )


def _is_same_giver(one: Gift, other: Gift) -> bool:
    if one.giver_email and other.giver_email:
        return one.giver_email == other.giver_email
    return bool(names_agree(one.giver_name, other.giver_name))


def _again(line: BankLine, gift: Gift) -> Suggestion:
    is_another = names_agree(gift.giver_name, line.remitter_name) is False
    return Suggestion(
        gift=gift,
        reasons=(_("A gift came from this account before."),),
        warnings=(_("The name is another."),) if is_another else (),
        is_again=True,
        score=ENOUGH,
    )


def _was_promised(gift: Gift) -> str:
    return _("%(promised)s was promised.") % {"promised": amount_text(gift.amount)}
