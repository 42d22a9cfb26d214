"""The addresses of the desk for mail, below /admin/mail/."""

from __future__ import annotations

from django.urls import path

from readership.website import mail_desk

app_name = "mail_desk"
urlpatterns = [
    path("", mail_desk.overview, name="overview"),
    path("again/", mail_desk.all_again, name="all_again"),
    path("<int:item_id>/again/", mail_desk.again, name="again"),
    path("<int:item_id>/let-go/", mail_desk.let_go, name="let_go"),
]
