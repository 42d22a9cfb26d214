"""The letter with a giver's year: every gift and the sum, for the tax office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from readership.funding.letters import Letter, send_letter, speaking_to
from readership.funding.models import Giver
from readership.funding.receipts import written_day
from readership.funding.statements import sheet_of, statement_of, year_from
from readership.outbox.registry import handles


@handles("giver_statement")
def send_statement(payload: dict[str, Any]) -> None:
    """`year_start` is the first day of the year, as 2026-01-01. Who gave nothing in it gets no mail."""
    giver = Giver.objects.filter(pk=payload["giver_id"]).first()
    first_day, last_day = year_from(date.fromisoformat(payload["year_start"]))
    if giver is None:
        return
    statement = statement_of(giver, first_day, last_day)
    if not statement.gifts:
        return
    with speaking_to(giver) as language:
        facts = {"first": written_day(first_day), "last": written_day(last_day), "site": settings.SITE_NAME}
        letter = Letter(
            subject=_("Your gifts to %(site)s, %(first)s to %(last)s") % facts,
            paragraphs=(
                _("With this mail comes the list of all your gifts from %(first)s to %(last)s, and their sum.") % facts,
                _("Thank you. It is you who keep %(site)s going.") % facts,
            ),
            why=_("You get this mail once a year because you gave to %(site)s.") % facts,
            sheet=sheet_of(statement),
        )
        send_letter(giver, letter, key=f"giver-statement-{giver.pk}-{first_day.isoformat()}", language=language)
