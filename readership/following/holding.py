"""What is held about people who follow something. All of it hangs on the address, and goes with it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from readership.following.models import Follow, Mailing, Muted, Notice, PushSubscription
from readership.readers.holdings import Holding, hold
from readership.readers.own_holdings import addresses_of

hold(
    Holding(
        model="following.Follow",
        title=_("What you follow"),
        why=_("So that you hear of it."),
        kept=_("Until you stop it or leave. What you asked for and never confirmed: three days."),
        of=lambda person: Follow.objects.filter(address__in=addresses_of(person)),
        shown=("id", "address", "kind", "target_id", "about", "asked_at", "question_at", "confirmed_at"),
    ),
    Holding(
        model="following.Muted",
        title=_("Threads you want to hear nothing of"),
        why=_("Because you said so."),
        kept=_("Until you take it back or leave."),
        of=lambda person: Muted.objects.filter(address__in=addresses_of(person)),
        shown=("id", "address", "about", "muted_at"),
    ),
    Holding(
        model="following.Notice",
        title=_("News for you"),
        why=_("So that you are told of each thing once, and can look it up."),
        kept=_("Ninety days."),
        of=lambda person: Notice.objects.filter(address__in=addresses_of(person)),
        shown=("id", "address", "news", "item_id", "about", "follow", "created_at", "due_at", "mailing", "seen_at"),
    ),
    Holding(
        model="following.Mailing",
        title=_("Mails made of your news"),
        why=_("So that no story sends you more than one mail an hour, unless you want it."),
        kept=_("Ninety days."),
        of=lambda person: Mailing.objects.filter(address__in=addresses_of(person)),
        shown=("id", "address", "about", "created_at", "sent_at", "dropped_at"),
    ),
    Holding(
        model="following.PushSubscription",
        title=_("Browsers that show you news"),
        why=_("Because you switched it on there. The maker of the browser carries the news, and cannot read it."),
        kept=_("Until you switch it off, the browser ends it, or you leave."),
        of=lambda person: PushSubscription.objects.filter(address__in=addresses_of(person)),
        shown=("id", "address", "endpoint", "created_at"),
        inner=("p256dh", "auth"),
    ),
)
