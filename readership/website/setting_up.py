"""What a newsroom has from its first day: a front page, groups, a two-step workflow, an editor."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from readership.lib.languages import content_languages
from readership.pagecache import changed
from readership.readers.models import Reader
from readership.website.models import FrontPage


@dataclass(frozen=True)
class Rights:
    """On all pages, on all pictures and documents, and on the rest."""

    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


ADMIN = "wagtailadmin.access_admin"
GROUPS = {
    # They write and change their own; an editor publishes.
    "Writers": Rights(
        pages=("wagtailcore.add_page",),
        files=("wagtailimages.add_image", "wagtailimages.choose_image", "wagtaildocs.choose_document"),
        others=(ADMIN,),
    ),
    "Editors": Rights(
        pages=(
            "wagtailcore.add_page",
            "wagtailcore.change_page",
            "wagtailcore.publish_page",
            "wagtailcore.lock_page",
            "wagtailcore.unlock_page",
        ),
        files=(
            "wagtailimages.add_image",
            "wagtailimages.change_image",
            "wagtailimages.choose_image",
            "wagtaildocs.add_document",
            "wagtaildocs.change_document",
            "wagtaildocs.choose_document",
        ),
        others=(
            ADMIN,
            "stories.add_author",
            "stories.change_author",
            "stories.add_topic",
            "stories.change_topic",
            "stories.delete_topic",
            "wagtailredirects.add_redirect",
            "wagtailredirects.change_redirect",
            "wagtailredirects.delete_redirect",
            "discussion.moderate_comment",
            "newsletter.add_issue",
            "newsletter.change_issue",
            "newsletter.delete_issue",
            "newsletter.send_issue",
            "newsletter.change_editionplan",
            "wagtail_localize.submit_translation",
        ),
    ),
    # They judge comments, and touch no story.
    "Moderators": Rights(others=(ADMIN, "discussion.moderate_comment")),
}
WORKFLOW = "Two pairs of eyes"
STEPS = (("Editing", "Editors"), ("Final check", "Editors"))
# What Wagtail's own migrations leave behind: groups of the names above with other rights, and a workflow.
WAGTAILS_GROUPS = ("Editors", "Moderators")
WAGTAILS_WORKFLOW = "Moderators approval"


@dataclass(frozen=True)
class Newsroom:
    """`made_password` is set only when an editor was made without a given one; it is kept nowhere."""

    front_page: FrontPage
    editor_email: str
    made_password: str


@transaction.atomic
def set_up_newsroom(
    *, name: str, url: str, language: str, editor_email: str = "", editor_password: str = ""
) -> Newsroom:
    """Make what is missing and leave the rest as it is, so that it may run again at any time."""
    for code in (language, *content_languages()):
        Locale.objects.get_or_create(language_code=code)
    if not FrontPage.objects.exists():
        _clear_the_ground()
    front_page = _front_page(name, url)
    for group, rights in GROUPS.items():
        _group(group, rights, root=front_page)
    _workflow(front_page)
    made = _editor(editor_email, editor_password) if editor_email else ""
    changed("site")
    return Newsroom(front_page, editor_email, made)


def _clear_the_ground() -> None:
    """Take away what Wagtail made for a site without a newsroom: its moderators publish stories."""
    Group.objects.filter(name__in=WAGTAILS_GROUPS).delete()
    Workflow.objects.filter(name=WAGTAILS_WORKFLOW).delete()
    GroupApprovalTask.objects.filter(name=WAGTAILS_WORKFLOW).delete()
    # Its first page would take the address and the title.
    Page.objects.get(depth=1).get_children().filter(slug="home", numchild=0).delete()


def _front_page(name: str, url: str) -> FrontPage:
    address = urlsplit(url)
    port = address.port or (443 if address.scheme == "https" else 80)
    front_page = FrontPage.objects.order_by("path").first() or _new_front_page(name)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": address.hostname, "port": port, "root_page": front_page, "site_name": name},
    )
    return front_page


def _new_front_page(name: str) -> FrontPage:
    front_page: FrontPage = Page.objects.get(depth=1).add_child(instance=FrontPage(title=name, slug="home"))
    return front_page


def _group(name: str, rights: Rights, *, root: Page) -> None:
    group, is_new = Group.objects.get_or_create(name=name)
    if not is_new:
        return  # The newsroom may have changed what its groups may do.
    group.permissions.set(map(_permission, rights.others))
    for right in rights.pages:
        GroupPagePermission.objects.create(group=group, page=root, permission=_permission(right))
    everything = Collection.get_first_root_node()
    for right in rights.files:
        GroupCollectionPermission.objects.create(group=group, collection=everything, permission=_permission(right))


def _permission(right: str) -> Permission:
    app, codename = right.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _workflow(front_page: FrontPage) -> None:
    workflow, is_new = Workflow.objects.get_or_create(name=WORKFLOW)
    if is_new:
        for order, (step, group) in enumerate(STEPS):
            task = GroupApprovalTask.objects.create(name=step)
            task.groups.add(Group.objects.get(name=group))
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.get_or_create(page=front_page, defaults={"workflow": workflow})


def _editor(email: str, password: str) -> str:
    """The password that was made for a new editor, or "" when one was given or the editor is known."""
    if Reader.objects.filter(email=email.strip().lower()).exists():
        return ""
    made = "" if password else secrets.token_urlsafe(12)
    name = email.partition("@")[0].replace(".", " ").title()
    Reader.objects.create_superuser(email, password or made, name=name)
    return made
