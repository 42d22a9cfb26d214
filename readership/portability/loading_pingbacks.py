"""Links that other sites sent to a story."""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.models import Page

from readership.portability.errors import RecordLeftOut
from readership.portability.loading_items import Load, Notes
from readership.portability.models import Pingback
from readership.portability.records import PingbackRecord


def make_pingback(load: Load, record: PingbackRecord, _notes: Notes) -> Pingback:
    page = Page.objects.filter(pk=load.page_pk(record.story_id)).first()
    if page is None:
        raise RecordLeftOut(_("Its story is not here."))
    return Pingback.objects.create(
        story=page, title=record.title[:255], url=record.url[:2000], excerpt=record.excerpt, sent_at=record.sent_at
    )
