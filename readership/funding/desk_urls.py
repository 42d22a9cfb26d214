"""The addresses of the treasurer's desk, below /admin/funding/."""

from __future__ import annotations

from django.urls import path, re_path

from readership.funding import desk

app_name = "funding_desk"
urlpatterns = [
    path("", desk.overview, name="overview"),
    path("record/", desk.record, name="record"),
    path("gifts/", desk.gifts, name="gifts"),
    re_path(r"^gifts/download\.(?P<form>csv|xlsx)$", desk.export, name="export"),
    path("gifts/<slug:reference>/reverse/", desk.reverse_one, name="reverse"),
    path("ledger/", desk.ledger, name="ledger"),
    path("ledger/check/", desk.check, name="check"),
]
