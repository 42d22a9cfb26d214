"""What machines and other sites read of threads: the same for everybody, so the page cache keeps it."""

from django.urls import path

from readership.discussion import embed_views, feeds, picture_views

urlpatterns = [
    path("feed/", feeds.CommentsFeed(), name="comments_feed"),
    path("<int:thread_id>/feed/", feeds.ThreadFeed(), name="thread_feed"),
    path("<int:thread_id>/count/", embed_views.count, name="comments_count"),
    path("pictures/<slug:size>/<slug:name>.webp", picture_views.published, name="published_picture"),
    path("comments/<int:comment_id>/", embed_views.elsewhere, name="comment_elsewhere"),
    path("comments/<int:comment_id>/embed/", embed_views.comment, name="embed_comment"),
]
