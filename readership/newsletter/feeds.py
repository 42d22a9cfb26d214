"""The archive as an Atom feed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from readership.lib.text import clean_line
from readership.newsletter.editions import TAG
from readership.newsletter.links import issue_path
from readership.newsletter.models import Issue
from readership.newsletter.queries import public_issues
from readership.pagecache import depends_on, share
from readership.stories.queries import absolute

ENTRIES = 30


class IssuesFeed(Feed[Issue, None]):
    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        depends_on("site", TAG)
        share(request)
        return super().__call__(request, *args, **kwargs)

    def title(self) -> str:
        return clean_line(_("%(site)s: newsletter") % {"site": settings.SITE_NAME})

    def link(self) -> str:
        return absolute(reverse("newsletter:archive"))

    def feed_url(self) -> str:
        return absolute(reverse("newsletter:feed"))

    def items(self) -> list[Issue]:
        return list(public_issues()[:ENTRIES])

    def item_title(self, item: Issue) -> str:
        return clean_line(str(item.subject))

    def item_description(self, item: Issue) -> str:
        return clean_line(str(item.preheader))

    def item_link(self, item: Issue) -> str:
        return absolute(issue_path(item))

    def item_pubdate(self, item: Issue) -> datetime:
        return item.started_at or timezone.now()

    def item_updateddate(self, item: Issue) -> datetime:
        return item.started_at or timezone.now()
