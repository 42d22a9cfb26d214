"""The blocks of a story's body. All have names; none takes raw HTML from anybody (attack A19)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import get_text_for_indexing

from readership.pagecache import depends_on
from readership.stories import kept_html
from readership.stories.openness import is_open
from readership.stories.pictures import picture_part

Deconstructed = tuple[str, tuple[()], dict[str, Any]]
TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul", "superscript", "subscript", "strikethrough", "code"]


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **options: Any) -> None:
        super().__init__(**{"features": TEXT_FEATURES, **options})

    def deconstruct(self) -> Deconstructed:
        # Migrations import nothing of ours, so that old ones run when this is renamed.
        return "wagtail.blocks.RichTextBlock", (), {}

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "stories/blocks/text.html"


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=200)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[
            ("2", pgettext_lazy("level of a heading", "Section")),
            ("3", _("Part of a section")),
            ("4", _("Detail")),
        ],
        default="2",
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "stories/blocks/heading.html"


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(
        label=_("Caption"), required=False, help_text=_("Only if it differs from the picture’s own.")
    )
    alt = blocks.CharBlock(
        label=_("Alternative text"), required=False, help_text=_("Only if it differs from the picture’s own.")
    )
    is_decorative = blocks.BooleanBlock(label=_("Decoration only: nothing to describe"), required=False)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["picture"] = picture_part(
            value.get("image"),
            caption=value.get("caption", ""),
            alt=value.get("alt", ""),
            is_decorative=value.get("is_decorative", False),
        )
        return context

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "stories/blocks/image.html"


class GalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    images = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=1)

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "stories/blocks/gallery.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"), rows=3)
    speaker = blocks.CharBlock(label=_("Who said it"), required=False)
    source = blocks.CharBlock(label=_("Where"), required=False, help_text=_("A meeting, a document, a date."))
    source_url = blocks.URLBlock(label=_("Address of the source"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "stories/blocks/quote.html"


class PullQuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words from the story"), rows=2)
    credit = blocks.CharBlock(label=_("Whose words"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Pull quote")
        template = "stories/blocks/pull_quote.html"


class FactBoxBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.RichTextBlock(label=_("Facts"), features=TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Fact box")
        template = "stories/blocks/fact_box.html"


class EmbedBlock(blocks.StructBlock):
    """Something on another site. Readers see a card; nothing is loaded from there before they follow it."""

    url = blocks.URLBlock(label=_("Address"))
    title = blocks.CharBlock(label=_("What it is"), required=False)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["host"] = kept_html.host_of(value.get("url") or "")
        return context

    class Meta:
        icon = "media"
        label = _("From another site")
        template = "stories/blocks/embed.html"


class SupportAskBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Why readers should support this work"), required=False, rows=2)

    class Meta:
        icon = "pick"
        label = _("Support ask")
        template = "stories/blocks/support_ask.html"


class RelatedStoryBlock(blocks.StructBlock):
    story = blocks.PageChooserBlock(label=_("Story"), page_type="stories.Story")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """`story` is None unless everybody may read it (attack L01)."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["story"] = story = value.get("story")
        if story is not None:
            depends_on(f"story:{story.pk}")
            if not is_open(story):
                context["story"] = None
        return context

    class Meta:
        icon = "doc-full"
        label = _("Related story")
        template = "stories/blocks/related_story.html"


class KeptHtmlBlock(blocks.RawHTMLBlock):
    """Comes only with imports. It is cleaned when it is saved and again when it is shown."""

    def clean(self, value: str) -> str:
        cleaned: str = super().clean(kept_html.clean(str(value)))
        if str(value).strip() and not cleaned:
            raise ValidationError(_("Nothing in this block can be shown. Please remove it."))
        return cleaned

    def render(self, value: str, context: dict[str, Any] | None = None) -> str:
        return SafeString(f'<div class="kept-html">{kept_html.clean(str(value))}</div>')

    def deconstruct(self) -> Deconstructed:
        return "wagtail.blocks.RawHTMLBlock", (), {}

    def get_searchable_content(self, value: str) -> list[str]:
        return [get_text_for_indexing(kept_html.clean(str(value)))]

    class Meta:
        icon = "history"
        label = _("Kept from the old site")
        group = _("Imported")


class StoryBody(blocks.StreamBlock):
    text = TextBlock()
    heading = HeadingBlock()
    image = PictureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    pull_quote = PullQuoteBlock()
    fact_box = FactBoxBlock()
    table = TableBlock(label=_("Table"), icon="table", template="stories/blocks/table.html")
    embed = EmbedBlock()
    support_ask = SupportAskBlock()
    related_story = RelatedStoryBlock()
    kept_html = KeptHtmlBlock()

    class Meta:
        required = False
