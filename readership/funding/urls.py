"""The public addresses of funding, below /support/."""

from __future__ import annotations

from django.urls import path

from readership.funding import demo_views, giving_views, views, webhook_views

app_name = "funding"
urlpatterns = [
    path("", views.support, name="support"),
    path("thanks/", giving_views.thanks, name="thanks"),
    path("demo/<slug:ref>/", demo_views.demo_page, name="demo_page"),
    path("webhooks/stripe/", webhook_views.stripe, name="stripe_webhook"),
    path("<slug:slug>/", views.campaign, name="campaign"),
    path("<slug:slug>/give/", giving_views.give, name="give"),
]
