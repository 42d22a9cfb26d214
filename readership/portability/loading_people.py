"""Authors, sections and topics of an older site. One of the same name that is here already is used."""

from __future__ import annotations

from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from readership.portability.errors import RecordRefused
from readership.portability.loading_addresses import free_page_slug, free_slug, lead_from_old_paths
from readership.portability.loading_items import Load, Notes
from readership.portability.models import ImportedItem
from readership.portability.records import AuthorRecord, SectionRecord, TopicRecord
from readership.readers.models import Reader
from readership.stories.models import Author, Section, Story, Topic

NEWS = "news"


def front_page() -> Page:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or site.root_page.is_root():
        raise RecordRefused(_("There is no front page yet."))
    return site.root_page.specific


def make_author(load: Load, record: AuthorRecord, notes: Notes) -> Author:
    name = record.name[:120] or record.source_id[:120]
    here = Author.objects.filter(name=name).first()
    if here and not _is_of(load, here):
        notes[_("authors of this name were here already and are used")] += 1
        return here
    return Author.objects.create(
        name=name,
        slug=free_slug(Author, slugify(name, allow_unicode=True) or record.source_id),
        position=record.position[:120],
        about=record.about,
        email=record.email if load.shows_emails else "",
        reader=_account(record.email),
    )


def _account(email: str) -> Reader | None:
    """The account of somebody in the newsroom with this e-mail, unless it is another author's."""
    if not email:
        return None
    return Reader.objects.filter(email=email.strip().lower(), is_staff=True, author=None).first()


def make_topic(load: Load, record: TopicRecord, notes: Notes) -> Topic:
    slug = slugify(record.slug or record.name, allow_unicode=True)[:120]
    here = Topic.objects.filter(slug=slug).first()
    if here and not _is_of(load, here):
        notes[_("topics of this name were here already and are used")] += 1
    else:
        here = Topic.objects.create(name=record.name[:120], slug=free_slug(Topic, slug or record.source_id))
    lead_from_old_paths(here, record.old_paths, notes)
    return here


def make_section(load: Load, record: SectionRecord, notes: Notes) -> Section:
    parent = _parent(load, record)
    here: Section | None = (
        Section.objects.child_of(parent).filter(slug=slugify(record.slug, allow_unicode=True)).first()
    )
    if here and not _is_of(load, here):
        notes[_("sections of this name were here already and are used")] += 1
    else:
        # An old site names many sections that hold nothing; the first story puts one into the menu.
        here = _add_section(parent, name=record.name, slug=record.slug, about=record.about, is_in_menu=False)
    lead_from_old_paths(here, record.old_paths, notes)
    return here


def missing_parent(load: Load, record: SectionRecord) -> list[str]:
    return [record.parent_id] if record.parent_id and load.pk("section", record.parent_id) is None else []


def _parent(load: Load, record: SectionRecord) -> Page:
    return Section.objects.filter(pk=load.pk("section", record.parent_id)).first() or front_page()


def news_section() -> Section:
    """Where stories without a section go."""
    front = front_page()
    here: Section | None = Section.objects.child_of(front).filter(slug=NEWS).first()
    return here or _add_section(front, name=_("News"), slug=NEWS)


def put_in_menu(section: Section, *, story: Story) -> None:
    """When `story` is the first of the section that is there to be read. Later on the menu is the editors' own."""
    if section.show_in_menus:
        return
    shown = Story.objects.child_of(section).live().values_list("pk", flat=True)
    if list(shown[:2]) == [story.pk]:
        section.show_in_menus = True
        section.save_revision().publish()


def _add_section(parent: Page, *, name: str, slug: str, about: str = "", is_in_menu: bool = True) -> Section:
    section = Section(
        title=name[:255],
        slug=free_page_slug(parent, slug or name),
        about=about,
        live=False,
        show_in_menus=is_in_menu,
    )
    parent.add_child(instance=section)
    section.save_revision().publish()
    section.refresh_from_db()
    return section


def _is_of(load: Load, row: Model) -> bool:
    """Whether the row came from another item of the same site: then the two only share a name."""
    return ImportedItem.objects.filter(source=load.source, model=row._meta.label_lower, object_pk=row.pk).exists()
