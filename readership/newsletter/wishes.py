"""What a subscriber wants of an edition: everything, or only some topics and sections."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from readership.newsletter.models import Edition, Subscription
from readership.stories.models import Section, Story


@dataclass(frozen=True)
class Wishes:
    """Of editions, topics and sections by number. With neither topics nor sections: everything."""

    editions: tuple[Edition, ...]
    topics: tuple[int, ...] = ()
    sections: tuple[int, ...] = ()


def keep_wishes(subscription: Subscription, wishes: Wishes) -> None:
    subscription.topics.set(wishes.topics)
    subscription.sections.set(wishes.sections)


def wishes_of(subscriptions: Sequence[Subscription]) -> Wishes:
    """Of one address: every subscription has the same topics and sections, the first stands for all."""
    first = subscriptions[0] if subscriptions else None
    return Wishes(
        editions=tuple(Edition(one.edition) for one in subscriptions),
        topics=tuple(first.topics.values_list("pk", flat=True)) if first else (),
        sections=tuple(first.sections.values_list("pk", flat=True)) if first else (),
    )


def those_wanted(story_ids: Collection[int], subscription: Subscription) -> list[int]:
    """Those of the stories that the subscriber wants, in their order. Three queries at most."""
    topics = list(subscription.topics.values_list("pk", flat=True))
    sections = list(subscription.sections.values_list("pk", "path"))
    if not topics and not sections:
        return list(story_ids)
    wanted = Q(pk__in=Story.topics.through.objects.filter(topic__in=topics).values("story"))
    wanted |= Q(pk__in=Story.also_in.through.objects.filter(section__in=[pk for pk, _path in sections]).values("story"))
    for _pk, path in sections:
        wanted |= Q(path__startswith=path)
    found = set(Story.objects.filter(wanted, pk__in=story_ids).values_list("pk", flat=True))
    return [story_id for story_id in story_ids if story_id in found]


def sections_around(section: Section) -> list[int]:
    """The section and those above it: whoever wants one of these, wants what is in the section."""
    return list(section.get_ancestors(inclusive=True).values_list("pk", flat=True))
