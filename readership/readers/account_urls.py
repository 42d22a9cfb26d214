"""Everything about one's account. What is not ours is allauth's."""

from __future__ import annotations

from allauth.account.views import signup
from django.db import transaction
from django.urls import include, path

from readership.readers import account_views as views

urlpatterns = [
    path("", views.mine, name="account_mine"),
    path("picture/", views.picture, name="account_picture"),
    path("claim/", views.claim, name="account_claim"),
    path("sessions/", views.sessions, name="account_sessions"),
    path("language/", views.language, name="account_language"),
    path("again/", views.prove, name="account_prove"),
    path("undo/<str:token>/", views.undo, name="account_undo"),
    # One commit for an address that has no account yet, as for one that has: the time tells nothing (attack E01).
    path("signup/", transaction.atomic(signup)),
    path("", include("allauth.urls")),
]
