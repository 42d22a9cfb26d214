"""The public addresses of funding, below /support/."""

from __future__ import annotations

from django.urls import path

from readership.funding import books_views, embed_views, giving_views, views

app_name = "funding"
urlpatterns = [
    path("", views.support, name="support"),
    path("books/", books_views.books, name="books"),
    path("books/<int:year>/", books_views.books, name="books_of_year"),
    path("books/ledger-<int:number>.csv", books_views.ledger, name="ledger_file"),
    path("givers/", books_views.givers, name="givers"),
    # Last: a word of its own comes before a campaign's name, which cannot be one of them (forms.RESERVED).
    path("<slug:slug>/", views.campaign, name="campaign"),
    path("<slug:slug>/give/", giving_views.give, name="give"),
    path("<slug:slug>/meter.svg", embed_views.picture_file, name="meter_picture"),
    path("<slug:slug>/meter.html", embed_views.frame, name="meter_frame"),
]
