"""Comments in the admin: what waits, what is shown, what was taken away. Each button calls one verb."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from readership.discussion.models import MODERATE, Comment, State
from readership.discussion.visibility import publish_comment, remove_comment
from readership.discussion.voting import thaw_votes

PER_PAGE = 30
Verb = Callable[..., object]
VERBS: dict[str, tuple[Verb, Promise]] = {
    "publish": (
        publish_comment,
        _("Published. It stands in its thread now; “Remove” under “Published” takes it away again."),
    ),
    "remove": (remove_comment, _("Removed. Nothing is lost: “Publish” under “Removed” brings it back.")),
    "thaw": (thaw_votes, _("Guests can vote on it again.")),
}
EMPTY: dict[str, Promise] = {
    State.HELD: _("Nothing waits. Comments that a rule holds for you appear here, each with the reason."),
    State.PUBLISHED: _("No comment is published yet. They appear here as soon as readers write under a story."),
    State.REMOVED: _("Nothing was removed. What you remove stays here, so that you can bring it back."),
    State.WITHDRAWN: _("No writer has taken a comment back."),
}


@require_GET
@permission_required(MODERATE, raise_exception=True)
def comments(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", State.HELD)
    if state not in set(State):
        state = State.HELD
    rows = Comment.objects.filter(state=state).select_related("thread__page", "picture").order_by("-created_at", "-id")
    context = {
        "page_of_comments": Paginator(rows, PER_PAGE).get_page(request.GET.get("p")),
        "states": [(value, label, value == state) for value, label in State.choices],
        "state": state,
        "empty_sentence": EMPTY[state],
        "held_count": Comment.objects.filter(state=State.HELD).count(),
    }
    return render(request, "discussion/admin/comments.html", context)


@require_POST
@permission_required(MODERATE, raise_exception=True)
def decide(request: HttpRequest, comment_id: int) -> HttpResponse:
    comment = get_object_or_404(Comment, pk=comment_id)
    known = VERBS.get(request.POST.get("verb", ""))
    if known:
        verb, sentence = known
        verb(comment_id=comment.pk)
        messages.success(request, str(sentence))
    return redirect(f"{reverse('moderate_comments')}?state={comment.state}")
