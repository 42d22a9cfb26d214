"""The addresses of one gift or one giver, below /gifts/: personal, so the page cache never keeps them."""

from __future__ import annotations

from django.urls import path

from readership.funding import demo_views, giving_views, transfer_views, webhook_views

app_name = "gifts"
urlpatterns = [
    path("thanks/", giving_views.thanks, name="thanks"),
    path("demo/<slug:ref>/", demo_views.demo_page, name="demo_page"),
    path("transfer/<str:token>/", transfer_views.transfer, name="transfer"),
    path("webhooks/stripe/", webhook_views.stripe, name="stripe_webhook"),
]
