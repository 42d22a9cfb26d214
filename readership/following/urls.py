"""Addresses below /follow/: personal, so the page cache never keeps them."""

from django.urls import path

from readership.following import answer_views, follow_views, own_views, push_views

app_name = "following"
urlpatterns = [
    path("", follow_views.follow, name="follow"),
    path("asked/", follow_views.asked, name="asked"),
    path("link/", follow_views.link, name="link"),
    path("mine/", follow_views.mine, name="mine"),
    path("news/", follow_views.news, name="news"),
    path("push.js", push_views.worker, name="push_worker"),
    path("confirm/<str:token>/", answer_views.confirm, name="confirm"),
    path("not-me/<str:token>/", answer_views.not_me, name="not_me"),
    path("stop/<str:token>/", answer_views.stop, name="stop"),
    path("yours/<str:token>/", own_views.yours, name="yours"),
    path("yours/<str:token>/wishes/", own_views.wishes, name="wishes"),
    path("yours/<str:token>/replies/", own_views.replies, name="replies"),
    path("yours/<str:token>/stop-all/", own_views.stop_all, name="stop_all"),
    path("yours/<str:token>/end-links/", own_views.end_links, name="end_links"),
    path("yours/<str:token>/<int:follow_id>/stop/", own_views.stop_one, name="stop_one"),
    path("yours/<str:token>/<int:follow_id>/yes/", own_views.say_yes_to_one, name="yes_to_one"),
    path("yours/<str:token>/push/", push_views.allow, name="push"),
    path("yours/<str:token>/push/end/", push_views.end, name="push_end"),
    path("yours/<str:token>/news/", own_views.news, name="news_for"),
    path("yours/<str:token>/news/seen/", own_views.seen, name="seen"),
    path("yours/<str:token>/news/mute/", own_views.mute_thread, name="mute_thread"),
]
