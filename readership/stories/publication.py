"""Wagtail says when pages, pictures and people change; the pages that show them are told."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from readership.pagecache import changed
from readership.stories.models import Author, NewsImage, Story, Topic
from readership.stories.publishing import tell_pages
from readership.stories.telling import tell_of_story
from readership.stories.translations import pass_on_placing


@receiver(page_published)
@receiver(page_unpublished)  # Wagtail takes a page down before it deletes it.
def page_changed(instance: Page, **_signal: Any) -> None:
    tell_pages(instance)


@receiver(page_published)
def story_published(instance: Page, **_signal: Any) -> None:
    if isinstance(instance, Story):
        pass_on_placing(instance)
        tell_of_story(instance, now=timezone.now())


@receiver([post_page_move, page_slug_changed])
@receiver([post_save, post_delete], sender=Site)
@receiver([post_save, post_delete], sender=PageViewRestriction)
def addresses_changed(**_signal: Any) -> None:
    # Of everything below, and who may see it.
    changed("site")


@receiver([post_save, post_delete], sender=Author)
def author_changed(instance: Author, **_signal: Any) -> None:
    changed(f"author:{instance.pk}", "authors")


@receiver([post_save, post_delete], sender=Topic)
def topic_changed(instance: Topic, **_signal: Any) -> None:
    changed(f"topic:{instance.pk}")


@receiver([post_save, post_delete], sender=NewsImage)
def picture_changed(created: bool = False, **_signal: Any) -> None:
    # A picture may stand on any page. A new one stands on none yet.
    if not created:
        changed("site")
