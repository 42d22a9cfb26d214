"""What Wagtail and the newsroom's own work store: about members of the newsroom, and not about readers."""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from readership.readers.holdings import hold_nothing

NEWSROOM = _("what members of the newsroom do, publish and set up")
OURS = (
    "website.FrontPage",
    "website.LeadStory",
    "portability.ImportRun",
    "portability.ImportedItem",
    "portability.Pingback",
    "stories.Author",
    "stories.Byline",
    "stories.NewsImage",
    "stories.NewsRendition",
    "stories.Section",
    "stories.StandingPage",
    "stories.Story",
    "stories.Story_also_in",
    "stories.Story_topics",
    "stories.Topic",
)
# Of Wagtail's own apps all of it, whatever its next version adds.
APPS_OF_THE_NEWSROOM = (
    "wagtailcore",
    "wagtailadmin",
    "wagtaildocs",
    "wagtailembeds",
    "wagtailimages",
    "wagtailredirects",
    "wagtailsearch",
    "wagtailusers",
    "taggit",
    "wagtail_localize",
)


def hold_nothing_of_the_newsroom() -> None:
    hold_nothing(NEWSROOM, *OURS)
    for label in APPS_OF_THE_NEWSROOM:
        models = apps.get_app_config(label).get_models(include_auto_created=True)
        hold_nothing(NEWSROOM, *(model._meta.label for model in models))
    hold_nothing(_("no page asks readers to fill in a form of Wagtail’s"), "wagtailforms.FormSubmission")
    hold_nothing(_("sessions are ours, see readers.ReaderSession"), "sessions.Session")
