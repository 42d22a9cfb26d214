"""A front page, sections, stories and people for tests: each fills in what the test does not care about."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image
from wagtail.models import Collection, GroupPagePermission, Locale, Page, PageViewRestriction, Site

from readership.readers.models import Reader
from readership.stories.models import Author, Byline, NewsImage, Section, StandingPage, Story, Topic


def make_front_page() -> Page:
    """The root of the tests' site: a plain page, because FrontPage belongs to a higher app."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site and site.root_page.depth > 1:
        return site.root_page.specific
    # A test that committed has emptied the tables, also of what the migrations put there.
    Locale.objects.get_or_create(language_code="en")
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    front = root.add_child(instance=Page(title="The Lantern", slug="front"))
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "testserver", "port": 80, "root_page": front, "site_name": "The Lantern"},
    )
    Site.clear_site_root_paths_cache()
    return front


def make_section(*, title: str = "Harbour", parent: Page | None = None, live: bool = True) -> Section:
    front = parent or make_front_page()
    known = Section.objects.child_of(front).filter(title=title).first()
    section: Section = known or front.add_child(
        instance=Section(title=title, slug=slugify(title), live=live, show_in_menus=True)
    )
    return section


def make_author(*, name: str = "Mira Solberg", reader: Reader | None = None, about: str = "") -> Author:
    return Author.objects.create(name=name, slug=slugify(name), reader=reader, about=about)


def make_topic(*, name: str = "Ferries") -> Topic:
    return Topic.objects.create(name=name, slug=slugify(name))


def make_story(
    *,
    title: str = "The second ferry that never came",
    section: Section | None = None,
    live: bool = True,
    body: list[tuple[str, Any]] | None = None,
    authors: list[Author] | None = None,
    topics: list[Topic] | None = None,
    also_in: list[Section] | None = None,
    published_at: datetime | None = None,
    **fields: Any,
) -> Story:
    section = section or make_section()
    story = Story(
        title=title,
        slug=f"{slugify(title, allow_unicode=True)[:60]}-{Story.objects.count()}",
        live=live,
        body=[("text", "<p>The bollards are new.</p>")] if body is None else body,
        shown_published_at=published_at or timezone.now(),
        **fields,
    )
    story.topics = topics or []
    story.also_in = also_in or []
    story.bylines = [Byline(author=author, sort_order=place) for place, author in enumerate(authors or [])]
    # The parent is read anew: treebeard keeps its count of children on the row it was given.
    made: Story = Section.objects.get(pk=section.pk).add_child(instance=story)
    return made


def make_standing_page(*, title: str = "About us", **fields: Any) -> StandingPage:
    page: StandingPage = make_front_page().add_child(instance=StandingPage(title=title, slug=slugify(title), **fields))
    return page


def make_picture(
    *, title: str = "Pier", alt: str = "A pier", caption: str = "", credit: str = "", width: int = 640
) -> NewsImage:
    if Collection.get_first_root_node() is None:  # As with the pages: a test that committed has emptied the tables.
        Collection.add_root(name="Root")
    file = BytesIO()
    Image.new("RGB", (width, width * 9 // 16), "#6d6a60").save(file, "PNG")
    picture: NewsImage = NewsImage.objects.create(
        title=title, alt=alt, caption=caption, credit=credit, file=ContentFile(file.getvalue(), "pier.png")
    )
    return picture


def restrict(page: Page) -> PageViewRestriction:
    """Only those who are signed in may see the page."""
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def make_member(*, email: str, rights: tuple[str, ...] = (), page: Page | None = None) -> Reader:
    """Somebody with a key to the admin, and `rights` on `page` (the front page) and all below it."""
    member = Reader.objects.create_user(email, "correct horse battery", name=email.partition("@")[0])
    group = Group.objects.create(name=f"of {email}")
    group.permissions.add(_permission("wagtailadmin", "access_admin"))
    for right in rights:
        GroupPagePermission.objects.create(
            group=group, page=page or make_front_page(), permission=_permission("wagtailcore", right)
        )
    member.groups.add(group)
    return member


def make_freelancer(*, email: str = "ada@example.org") -> Reader:
    """May add stories and change those that are hers; may not publish."""
    return make_member(email=email, rights=("add_page",))


def make_editor(*, email: str = "ed@example.org") -> Reader:
    return make_member(email=email, rights=("add_page", "change_page", "publish_page"))


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)
