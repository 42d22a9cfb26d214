"""A front page in a new language begins a tree beside the first one: who works there may work here too."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.models import GroupPagePermission, Page, WorkflowPage
from wagtail.signals import copy_for_translation_done

from readership.website.models import FrontPage


@receiver(copy_for_translation_done)
def tree_begun(source_obj: Any, target_obj: Any, **_signal: Any) -> None:
    if isinstance(target_obj.specific if isinstance(target_obj, Page) else None, FrontPage):
        open_to_the_same(source_obj, target_obj)


def open_to_the_same(first: Page, other: Page) -> None:
    """The rights and the workflow of the one tree, given for the other."""
    for right in GroupPagePermission.objects.filter(page=first):
        GroupPagePermission.objects.get_or_create(
            group_id=right.group_id, page=other, permission_id=right.permission_id
        )
    for way in WorkflowPage.objects.filter(page=first):
        WorkflowPage.objects.get_or_create(page=other, defaults={"workflow_id": way.workflow_id})
