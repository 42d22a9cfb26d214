"""Plants the demo's newsroom: pictures, people, stories, talk and gifts. Doing it again changes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models.functions import Length
from django.utils import timezone

from readership.discussion.featuring import feature_comment
from readership.discussion.models import Badge, Comment, State, Thread
from readership.funding.giving import receive_gift
from readership.funding.models import Campaign, GiftKind
from readership.funding.money import Money
from readership.portability.loading import Plan, load
from readership.portability.loading_items import Progress
from readership.portability.models import ImportedItem, ImportRun
from readership.portability.records import CampaignRecord, SiteRecord
from readership.portability.reporting import Report
from readership.readers.models import Reader
from readership.stories.models import NewsImage, Story
from readership.stories.pictures import ALL_SPECS
from readership.website.demo.accounts import ACCOUNTS, EDITOR, Account
from readership.website.demo.newsletters import plant_newsletters
from readership.website.demo.painting import paint_all
from readership.website.demo.reading import demo_gifts, demo_records
from readership.website.models import FrontPage, LeadStory

SOURCE = "demo"
LEADS = 3
SIZE = (1600, 900)
PICKS, LONG_THREAD, LONG_COMMENT = 2, 40, 120


def plant(*, has_passwords: bool, progress: Progress | None = None) -> Report:
    """Needs a front page and its groups. `has_passwords`: whether the accounts get their published passwords."""
    pictures = Path(settings.HOME) / "demo-pictures"
    paint_all(pictures, width=SIZE[0], height=SIZE[1])
    for account in ACCOUNTS:
        _open_account(account, has_password=has_passwords)
    now = planted_at() or timezone.now()
    plan = Plan(kind="demo", file_name="demo", source=SOURCE, shows_emails=True, now=now)
    report = load(demo_records(now=now, pictures=pictures), plan=plan, progress=progress)
    _give(now)
    _choose_leads()
    _pick_comments(now)
    plant_newsletters(now=now)
    draw_pictures()
    return report


def demo_site() -> tuple[SiteRecord, str]:
    """The newsroom and its currency."""
    records = list(demo_records(now=timezone.now(), pictures=Path()))
    (site,) = (record for record in records if isinstance(record, SiteRecord))
    (campaign,) = (record for record in records if isinstance(record, CampaignRecord))
    return site, campaign.currency


def planted_at() -> datetime | None:
    """The demo's dates are counted from here, so that planting again finds the same stories."""
    first = ImportRun.objects.filter(source=SOURCE).order_by("started_at").first()
    return first.started_at if first else None


def _open_account(account: Account, *, has_password: bool) -> None:
    """An account that is here already keeps its password, whoever has changed it."""
    if Reader.objects.filter(email=account.email).exists():
        return
    reader = Reader.objects.create_user(
        account.email,
        account.password if has_password else None,
        name=account.name,
        is_staff=True,
        is_superuser=account.is_superuser,
    )
    reader.groups.set(Group.objects.filter(name__in=account.groups))


def _give(planted: datetime) -> None:
    """Each gift once: its key is its place in the list."""
    campaign = Campaign.objects.filter(
        pk__in=ImportedItem.objects.filter(source=SOURCE, kind="campaign").values("object_pk")
    ).first()
    if campaign is None:
        return
    editor = Reader.objects.get(email=EDITOR.email)
    for number, gift in enumerate(demo_gifts()):
        receive_gift(
            campaign=campaign,
            amount=Money(gift.amount_minor, campaign.currency),
            received_on=timezone.localdate(planted - timedelta(days=gift.days_ago)),
            kind=GiftKind(gift.kind),
            entered_by=editor,
            submission_key=f"{SOURCE}-gift-{number}",
            giver_name=gift.name,
            is_anonymous=not gift.name,
        )


def _choose_leads() -> None:
    """The pinned story, then the newest; only where nobody has chosen yet."""
    front_page = FrontPage.objects.get()
    if front_page.leads.exists():
        return
    stories = Story.objects.live().order_by("-is_pinned", "-shown_published_at")[:LEADS]
    front_page.leads = [LeadStory(story=story, sort_order=place) for place, story in enumerate(stories)]
    front_page.save_revision().publish()


def _pick_comments(now: datetime) -> None:
    """What readers liked best of those who do not work here, in each long thread; only where nobody has picked yet."""
    if Comment.objects.filter(featured_at__isnull=False).exists():
        return
    for thread in Thread.objects.filter(comments_count__gte=LONG_THREAD):
        guests = thread.comments.filter(state=State.PUBLISHED, badge=Badge.GUEST)
        long_enough = guests.annotate(length=Length("text_source")).filter(length__gte=LONG_COMMENT)
        for comment in long_enough.order_by("-net_count", "id")[:PICKS]:
            feature_comment(comment_id=comment.pk, now=now)


def draw_pictures() -> None:
    """In every size a page shows: else the first reader of the front page would wait for all of them."""
    for picture in NewsImage.objects.prefetch_related("renditions"):
        picture.get_renditions(*ALL_SPECS)
