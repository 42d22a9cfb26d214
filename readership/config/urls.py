"""Every address of the site. The page tree of the stories answers whatever nothing above it took."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as documents_urls

from readership.api.entrance import nowhere
from readership.api.pages import problems
from readership.api.views import api
from readership.config.serving.readiness import readyz
from readership.discussion.news_views import thread_news
from readership.discussion.people_views import profile
from readership.lib.languages import in_each_language
from readership.readers.bounce_views import mail_events
from readership.readers.confirming_views import guest_confirm, guest_not_me
from readership.readers.privacy_page import privacy
from readership.readers.staff_door import StaffDoor
from readership.website.preferences import preferences
from readership.website.views import serve

handler400 = "readership.website.refusing.refused"

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/login/", StaffDoor.as_view()),
    path("admin/", include(admin_urls)),
    path("account/", include("readership.readers.account_urls")),
    path("documents/", include(documents_urls)),
    path("api/v1/problems", problems, name="api_problems"),
    path("api/v1/", api.urls),
    re_path(r"^api/", nowhere),
    path("guests/confirm/<str:token>/", guest_confirm, name="guest_confirm"),
    path("guests/not-me/<str:token>/", guest_not_me, name="guest_not_me"),
    path("mail/<slug:service>/tracking/", mail_events, name="mail_events"),
    path("people/<int:reader_id>-<slug:slug>/", profile, name="profile"),
    path("own-data/", include("readership.readers.own_data_urls")),
    path("preferences/", preferences, name="preferences"),
    path("privacy/", privacy, name="privacy"),
    path("follow/", include("readership.following.urls")),
    path("newsletter/", include("readership.newsletter.urls")),
    path("support/", include("readership.funding.urls")),
    path("gifts/", include("readership.funding.gift_urls")),
    path("readyz", readyz),
    # Stories and the talk on them have an address in each language that stories are in.
    in_each_language(
        [
            path("discuss/", include("readership.discussion.urls")),
            path("talk/<int:thread_id>.json", thread_news, name="thread_news"),
            path("talk/", include("readership.discussion.talk_urls")),
            path("", include("readership.stories.urls")),
            re_path(wagtail_urls.serve_pattern, serve),
            path("", include(wagtail_urls)),
        ]
    ),
]
