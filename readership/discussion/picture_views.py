"""The files of pictures. No file is served from the disk by its name alone: whoever may read the comment may see it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from readership.discussion.access import published_picture, visible_picture
from readership.discussion.embedding import depend_on_page
from readership.discussion.errors import NotThere
from readership.discussion.models import Picture
from readership.discussion.picture_files import Size, read_file
from readership.pagecache import depends_on, share
from readership.readers.speaking import speaker_of

# Also when it is opened by itself (attack B02).
NOTHING_MAY_RUN = "default-src 'none'; frame-ancestors 'none'; sandbox"


@require_safe
def published(request: HttpRequest, size: str, name: str) -> HttpResponse:
    """The same for everybody, so the page cache keeps it, until the comment or its story changes."""
    share(request)
    try:
        picture = published_picture(name)
    except NotThere:
        return _nothing()
    depends_on(picture.comment.tag)
    depend_on_page(picture.comment.thread)
    return _sent(picture, size)


@never_cache
@require_safe
def visible(request: HttpRequest, size: str, name: str) -> HttpResponse:
    """For whom waits for a moderator, and for moderators."""
    try:
        return _sent(visible_picture(name, speaker_of(request)), size)
    except NotThere:
        return _nothing()


def _sent(picture: Picture, size: str) -> HttpResponse:
    content = read_file(picture.name, Size(size)) if size in set(Size) else None
    if content is None:
        return _nothing()
    return _alone(HttpResponse(content, content_type="image/webp"))


def _nothing() -> HttpResponse:
    return _alone(HttpResponse(_("There is no such picture."), status=404, content_type="text/plain; charset=utf-8"))


def _alone(response: HttpResponse) -> HttpResponse:
    response["Content-Security-Policy"] = NOTHING_MAY_RUN
    response["Content-Disposition"] = "inline"
    return response
