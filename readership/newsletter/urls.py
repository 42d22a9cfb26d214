"""Addresses below /newsletter/. The sign-up and the archive are for everybody; the rest is never kept."""

from django.urls import path, re_path

from readership.newsletter import archive_views, feeds, join_views, own_views

ISSUE = r"^archive/(?P<edition>morning|weekly|letters)-(?P<day>[0-9-]{10,15})/$"

app_name = "newsletter"
urlpatterns = [
    path("", join_views.sign_up, name="sign_up"),
    path("asked/", join_views.asked, name="asked"),
    path("join/", join_views.join, name="join"),
    path("link/", join_views.link, name="link"),
    path("mine/", join_views.mine, name="mine"),
    path("confirm/<str:token>/", own_views.confirm, name="confirm"),
    path("stop/<str:token>/", own_views.stop, name="stop"),
    path("yours/<str:token>/", own_views.yours, name="yours"),
    path("yours/<str:token>/choose/", own_views.choose_wishes, name="choose"),
    path("yours/<str:token>/stop-all/", own_views.stop_everything, name="stop_all"),
    path("archive/", archive_views.archive, name="archive"),
    path("archive/feed/", feeds.IssuesFeed(), name="feed"),
    re_path(ISSUE, archive_views.issue, name="issue"),
]
