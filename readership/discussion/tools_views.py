"""Tools of the newsroom in the page: each comment has an address where moderators and editors act on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from readership.discussion.access import comment_for_moderator
from readership.discussion.closing import close_thread, reopen_thread
from readership.discussion.door import door
from readership.discussion.featuring import feature_comment, pin_comment, unfeature_comment, unpin_comment
from readership.discussion.models import Comment
from readership.discussion.showing import page_of, writers_view
from readership.discussion.tools import tool_names, tools_part
from readership.discussion.visibility import hold_comment, publish_comment, remove_comment


@door
@require_http_methods(["GET", "POST"])
def tools(request: HttpRequest, comment_id: int) -> HttpResponseBase:
    comment = comment_for_moderator(comment_id, request.user)
    if request.method == "POST" and request.POST.get("verb", "") in tool_names(comment):
        _verbs(comment)[request.POST["verb"]]()
        return HttpResponseRedirect(writers_view(request, comment), status=303)
    return render(
        request, "discussion/tools.html", page_of(comment, tools=tools_part(comment), action_url=request.path)
    )


def _verbs(comment: Comment) -> dict[str, Callable[[], object]]:
    now, pk = timezone.now(), comment.pk
    return {
        "feature": partial(feature_comment, comment_id=pk, now=now),
        "unfeature": partial(unfeature_comment, comment_id=pk),
        "pin": partial(pin_comment, comment_id=pk),
        "unpin": partial(unpin_comment, comment_id=pk),
        "publish": partial(publish_comment, comment_id=pk),
        "hold": partial(hold_comment, comment_id=pk, because=_("A moderator reads it once more.")),
        "remove": partial(remove_comment, comment_id=pk),
        "close": partial(close_thread, thread=comment.thread, at=now),
        "reopen": partial(reopen_thread, thread=comment.thread),
    }
