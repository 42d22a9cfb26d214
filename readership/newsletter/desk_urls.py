"""The addresses of the newsletter's desk, below /admin/newsletter/."""

from __future__ import annotations

from django.urls import path

from readership.newsletter import desk

app_name = "newsletter_desk"
urlpatterns = [
    path("editions/", desk.editions, name="editions"),
    path("<int:issue_id>/", desk.issue, name="issue"),
    path("<int:issue_id>/preview/", desk.preview, name="preview"),
    path("<int:issue_id>/test/", desk.test, name="test"),
    path("<int:issue_id>/schedule/", desk.schedule, name="schedule"),
    path("<int:issue_id>/send/", desk.send, name="send"),
    path("<int:issue_id>/take-back/", desk.take_back, name="take_back"),
]
