"""The addresses of one gift or one giver, below /gifts/: personal, so the page cache never keeps them."""

from __future__ import annotations

from django.urls import path

from readership.funding import (
    demo_views,
    giver_views,
    giving_views,
    link_views,
    own_gift_views,
    own_pledge_views,
    transfer_views,
    webhook_views,
)

app_name = "gifts"
urlpatterns = [
    path("thanks/", giving_views.thanks, name="thanks"),
    path("demo/<slug:ref>/", demo_views.demo_page, name="demo_page"),
    path("link/", link_views.link, name="link"),
    path("mine/", link_views.mine, name="mine"),
    path("yours/<str:token>/", giver_views.yours, name="yours"),
    path("yours/<str:token>/wishes/", giver_views.wishes, name="wishes"),
    path("yours/<str:token>/end-links/", giver_views.end_links, name="end_links"),
    path("yours/<str:token>/join/", giver_views.join, name="join"),
    path("yours/<str:token>/leave/", giver_views.leave, name="leave"),
    path("yours/<str:token>/pledges/<slug:reference>/change/", own_pledge_views.change, name="change_pledge"),
    path("yours/<str:token>/pledges/<slug:reference>/stop/", own_pledge_views.stop, name="stop_pledge"),
    path("yours/<str:token>/pledges/<slug:reference>/resume/", own_pledge_views.resume, name="resume_pledge"),
    path("yours/<str:token>/pledges/<slug:reference>/card/", own_pledge_views.card, name="change_card"),
    path("yours/<str:token>/receipts/<slug:reference>/", own_gift_views.receipt, name="receipt"),
    path("yours/<str:token>/receipts/<slug:reference>/receipt.pdf", own_gift_views.receipt_pdf, name="receipt_pdf"),
    path("yours/<str:token>/refunds/<slug:reference>/", own_gift_views.refund, name="ask_refund"),
    path("yours/<str:token>/year/", own_gift_views.statement, name="statement"),
    path("yours/<str:token>/year/gifts.pdf", own_gift_views.statement_pdf, name="statement_pdf"),
    path("transfer/<str:transfer>/", transfer_views.transfer_page, name="transfer"),
    path("webhooks/stripe/", webhook_views.stripe, name="stripe_webhook"),
]
