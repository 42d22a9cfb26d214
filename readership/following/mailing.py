"""A mail is written at the moment it is sent: of what its reader may read then, and still wants to hear of.

Whatever was removed, stopped or erased since it was collected is left out; where nothing is left, nothing is sent
(attacks G06, L12).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readership.following.delivering import deliver_mail
from readership.following.letters import Group, Letter, Link, html_of, speaking_to, text_of
from readership.following.links import absolute, own_link, stop_link
from readership.following.models import Follow, Kind, Mailing, Notice
from readership.following.plain import defused
from readership.following.registry import News, news_of, subjects
from readership.outbox.registry import Lane, handles
from readership.readers.models import MailAddress

SHOWN = 20


@dataclass(frozen=True)
class Telling:
    """One notice with what there is to say of it now."""

    notice: Notice
    news: News


@handles("mailing", lane=Lane.NEWS)
def send_mailing(payload: dict[str, Any]) -> None:
    mailing = Mailing.objects.select_related("address").filter(pk=payload["mailing"]).first()
    if mailing is None or mailing.is_over:
        return
    address, now = mailing.address, timezone.now()
    with speaking_to(address) as language:
        tellings, count = tellings_of(mailing) if address.is_reachable else ([], 0)
        if not tellings:
            _drop(mailing, now)
            return
        letter = compose(address, tellings, count)
        deliver_mail(
            key=f"mailing-{mailing.pk}",
            to=address.address,
            subject=letter.subject,
            text=text_of(letter, language),
            html=html_of(letter, language),
            headers=headers_of(address, tellings),
        )
    Mailing.objects.filter(pk=mailing.pk).update(sent_at=now)


def _drop(mailing: Mailing, now: datetime) -> None:
    Mailing.objects.filter(pk=mailing.pk).update(dropped_at=now)


def tellings_of(mailing: Mailing) -> tuple[list[Telling], int]:
    """What there is to tell, the oldest first and by story, and how much there is beside what is shown."""
    waiting = Notice.objects.filter(mailing=mailing, follow__isnull=False)
    notices = list(waiting.select_related("follow").order_by("pk")[:SHOWN])
    told = told_to(mailing.address, notices)
    unread = max(0, waiting.count() - len(notices)) if len(notices) == SHOWN else 0
    return sorted(told, key=_place_of), unread


def _place_of(telling: Telling) -> tuple[str, str]:
    return telling.news.place, telling.news.place_url


def told_to(address: MailAddress, notices: list[Notice]) -> list[Telling]:
    """Those of `notices` that may still be told, in their order. As many queries as there are kinds of news."""
    found = {
        (news, item_id): one
        for news in sorted({notice.news for notice in notices})
        for item_id, one in news_of(news, [n.item_id for n in notices if n.news == news], address).items()
    }
    return [Telling(n, found[n.news, n.item_id]) for n in notices if (n.news, n.item_id) in found]


def compose(address: MailAddress, tellings: list[Telling], more: int) -> Letter:
    count = len(tellings) + more
    follows = _follows_of(tellings)
    return Letter(
        subject=_subject(tellings, count),
        groups=tuple(_groups(tellings)),
        more=ngettext("… and %(count)d more on the page.", "… and %(count)d more on the page.", more) % {"count": more}
        if more
        else "",
        reasons=tuple(_reasons(follows)),
        links=(
            Link(_("Stop this"), stop_link(address, [follow.pk for follow in follows])),
            Link(_("Everything you follow, and how often"), own_link(address)),
        ),
    )


def headers_of(address: MailAddress, tellings: list[Telling]) -> dict[str, str]:
    """For the mail program's own button: one click, no page, no account (RFC 8058)."""
    link = stop_link(address, [follow.pk for follow in _follows_of(tellings)])
    return {
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<following.{settings.SITE_HOST}>",
        "Precedence": "bulk",
    }


def _subject(tellings: list[Telling], count: int) -> str:
    first = _shown(tellings[0].news)
    if count == 1:
        return f"{first.heading} · {first.place}"
    if len({one.news.place_url for one in tellings}) == 1:
        return ngettext("%(count)d new: %(place)s", "%(count)d new: %(place)s", count) % {
            "count": count,
            "place": first.place,
        }
    return ngettext("%(count)d new on %(site)s", "%(count)d new on %(site)s", count) % {
        "count": count,
        "site": settings.SITE_NAME,
    }


def _groups(tellings: list[Telling]) -> list[Group]:
    return [
        Group(Link(place, absolute(url)), tuple(_shown(one.news) for one in told))
        for (place, url), told in groupby(tellings, key=_place_of)
    ]


def _shown(news: News) -> News:
    link = f"[{_('link')}]"
    heading, words = defused(news.heading, link=link), defused(news.words, link=link)
    return replace(news, heading=heading, words=words, url=absolute(news.url))


def _follows_of(tellings: list[Telling]) -> list[Follow]:
    follows = {one.notice.follow.pk: one.notice.follow for one in tellings if one.notice.follow}
    return [follows[pk] for pk in sorted(follows)]


def _reasons(follows: list[Follow]) -> list[str]:
    return [_("You get this because you follow: %(what)s") % {"what": title} for title in titles_of(follows).values()]


def titles_of(follows: list[Follow]) -> dict[int, str]:
    """Number of the follow → what it is called. As many queries as there are kinds."""
    kinds = {follow.kind for follow in follows}
    found = {kind: subjects(kind, [one.target_id for one in follows if one.kind == kind]) for kind in kinds}
    return {one.pk: _title(one, found[one.kind]) for one in follows}


def _title(follow: Follow, found: Any) -> str:
    subject = found.get(follow.target_id)
    return subject.title if subject else str(Kind(follow.kind).label)
