from django.urls import path

from readership.discussion import views

urlpatterns = [
    path("threads/<int:thread_id>/comments/", views.post, name="post_comment"),
    path("comments/<int:comment_id>/reply/", views.reply, name="reply"),
    path("comments/<int:comment_id>/vote/", views.vote, name="vote"),
    path("comments/<int:comment_id>/edit/", views.edit, name="edit_comment"),
    path("comments/<int:comment_id>/withdraw/", views.withdraw, name="withdraw_comment"),
    path("mine/", views.mine, name="mine"),
]
