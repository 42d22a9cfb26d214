from django.urls import path

from readership.discussion import (
    embed_views,
    muting_views,
    picture_views,
    tools_views,
    versions_views,
    views,
    writing_views,
)

urlpatterns = [
    path("threads/<int:thread_id>/comments/", views.post, name="post_comment"),
    path("threads/<int:thread_id>/comments/preview/", writing_views.preview, name="preview"),
    path("comments/<int:comment_id>/reply/", views.reply, name="reply"),
    path("comments/<int:comment_id>/vote/", views.vote, name="vote"),
    path("comments/<int:comment_id>/edit/", views.edit, name="edit_comment"),
    path("comments/<int:comment_id>/edit/preview/", writing_views.edit_preview, name="edit_preview"),
    path("comments/<int:comment_id>/withdraw/", views.withdraw, name="withdraw_comment"),
    path("comments/<int:comment_id>/versions/", versions_views.versions, name="versions"),
    path("comments/<int:comment_id>/tools/", tools_views.tools, name="tools"),
    path("comments/<int:comment_id>/mute/", muting_views.mute, name="mute"),
    path("mutes/", muting_views.mutes, name="mutes"),
    path("mutes/<int:mute_id>/lift/", muting_views.lift, name="lift_mute"),
    path("pictures/<slug:size>/<slug:name>.webp", picture_views.visible, name="visible_picture"),
    path("oembed/", embed_views.describe, name="oembed"),
    path("mine/", views.mine, name="mine"),
]
