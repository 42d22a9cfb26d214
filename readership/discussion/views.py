"""What readers do in a thread. Each view: get the row through access, check the form, call one verb, redirect."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from readership.discussion import personal
from readership.discussion.access import own_comment, public_thread, published_comment
from readership.discussion.door import door, remember, say
from readership.discussion.errors import CommentRefused, DiscussionError, ThreadClosed
from readership.discussion.forms import CommentForm, EditForm
from readership.discussion.picture_part import alt_of
from readership.discussion.posting import edit_comment, withdraw_comment
from readership.discussion.queries import name_of_answered
from readership.discussion.quoting import quoted
from readership.discussion.showing import edit_page_of, page_of, show_story, writers_view
from readership.discussion.submitting import submit_comment, submit_vote
from readership.readers.speaking import speaker_of


@door
@require_POST
def post(request: HttpRequest, thread_id: int) -> HttpResponseBase:
    thread = public_thread(thread_id)
    speaker = speaker_of(request)
    form = CommentForm(
        request.POST,
        request.FILES,
        thread_id=thread.pk,
        is_reader=speaker.reader is not None,
        parent_name=name_of_answered(thread, request.POST.get("parent")),
    )
    if not form.is_valid():
        return show_story(request, thread, form=form, status=400)
    try:
        posted = submit_comment(request, form, thread, speaker, timezone.now())
    except CommentRefused as refused:
        form.add_error(refused.field, str(refused.message))
        return show_story(request, thread, form=form, status=400)
    except ThreadClosed as closed:
        return show_story(request, thread, form=form, status=403, notice=closed.message)
    response = HttpResponseRedirect(writers_view(request, posted.comment, follows=posted.follows), status=303)
    return remember(response, posted.secret)


@door
@require_GET
def reply(request: HttpRequest, comment_id: int) -> HttpResponseBase:
    """The form for a reply on a page of its own: what the reply link opens where there is no JavaScript."""
    comment = published_comment(comment_id)
    form = CommentForm(
        initial={"parent": comment.pk, "text": quoted(comment.text_html) if request.GET.get("quote") == "1" else ""},
        thread_id=comment.thread_id,
        is_reader=speaker_of(request).reader is not None,
        parent_name=comment.author_name,
    )
    return render(request, "discussion/reply.html", page_of(comment, form=form))


@door
@require_POST
def vote(request: HttpRequest, comment_id: int) -> HttpResponseBase:
    comment = published_comment(comment_id)
    value = {"1": 1, "-1": -1, "0": 0}.get(request.POST.get("value", ""))
    if value is None:
        return say(
            request,
            DiscussionError(_("A vote is for or against. Please use the buttons beside the comment.")),
        )
    cast = submit_vote(request, comment, value, timezone.now())
    return remember(HttpResponseRedirect(writers_view(request, cast.comment), status=303), cast.secret)


@door
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, comment_id: int) -> HttpResponseBase:
    comment = own_comment(comment_id, speaker_of(request))
    form = EditForm(request.POST or None, initial={"text": comment.text_source, "picture_alt": alt_of(comment)})
    if form.is_valid():
        text, change = form.cleaned_data["text"], form.picture_change()
        try:
            edit_comment(comment=comment, text=text, now=timezone.now(), picture=change)
        except CommentRefused as refused:
            form.add_error("text", str(refused.message))
        else:
            return HttpResponseRedirect(writers_view(request, comment), status=303)
    status = 400 if form.errors else 200
    return render(request, "discussion/edit.html", edit_page_of(request, comment, form=form), status=status)


@door
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, comment_id: int) -> HttpResponseBase:
    comment = own_comment(comment_id, speaker_of(request))
    if request.method == "POST":
        withdraw_comment(comment=comment)
        return HttpResponseRedirect(writers_view(request, comment), status=303)
    return render(request, "discussion/withdraw.html", page_of(comment, action_url=request.path))


@door
@require_GET
def mine(request: HttpRequest) -> HttpResponseBase:
    """What is personal on a page that is the same for everybody. Asked for only by browsers that acted before."""
    thread = public_thread(personal.thread_id_of(request.GET))
    own = personal.own_of(thread, speaker_of(request), personal.comment_ids_of(request.GET))
    held = render_to_string("discussion/parts/own_held.html", {"held": own.held}, request) if own.held else ""
    return JsonResponse({**own.as_json(), "held_html": held})
