"""One of everything that has an address, and what every address is, for tests that go through them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.html import escape

from readership.discussion.models import Comment, Picture, State, Thread
from readership.discussion.opening import open_thread
from readership.discussion.tests.makers import make_comment
from readership.discussion.tests.picture_makers import add_picture
from readership.following.models import Follow, Notice
from readership.following.tests.makers import make_address, make_follow
from readership.funding.batches import Counted, record_batch
from readership.funding.closing import close_period
from readership.funding.models import BankLine, Campaign, Gift, GiftKind, Giver, ProcessorName, Reconciliation
from readership.funding.money import Money
from readership.funding.refunding import ask_refund
from readership.funding.tests.bank_makers import make_promise, make_stored_line
from readership.funding.tests.makers import (
    make_campaign,
    make_event,
    make_giver,
    make_online_gift,
    make_own_gift,
    make_own_pledge,
    make_pledge,
)
from readership.funding.transferring import signer, transfer_address
from readership.newsletter.models import Edition, Issue, Subscription
from readership.newsletter.sending import send_now
from readership.newsletter.tests.makers import make_issue, make_plan, make_subscription
from readership.outbox.models import OutboxItem
from readership.readers.models import Reader
from readership.readers.profiles import profile_url
from readership.readers.speaking import Speaker
from readership.readers.tests.makers import make_reader
from readership.stories.models import Author, Section, StandingPage, Story, Topic
from readership.stories.tests.makers import (
    make_author,
    make_picture,
    make_section,
    make_standing_page,
    make_story,
    make_topic,
)
from readership.website.setting_up import set_up_newsroom

EDITOR = "edda@lantern.example"
BATCH_KEY = "0b" * 16
PRIVATE_ADDRESSES = (
    "grete@private.example",
    "giver@private.example",
    EDITOR,
    "reader@private.example",
    "follower@private.example",
)


@dataclass(frozen=True)
class Desk:
    """What the treasurer's desk has an address for, by what routes call it."""

    arguments: dict[str, Any]
    online: Gift
    pledge_reference: str


@dataclass(frozen=True)
class Site:
    section: Section
    story: Story
    standing: StandingPage
    author: Author
    topic: Topic
    thread: Thread
    comment: Comment
    picture: Picture
    campaign: Campaign
    gift: Gift
    promise: Gift
    line: BankLine
    giver: Giver
    editor: Reader
    reader: Reader
    desk: Desk
    follow: Follow
    subscription: Subscription
    issue: Issue

    @property
    def story_url(self) -> str:
        return str(self.story.url)

    @property
    def transfer_token(self) -> str:
        return signer.sign(self.promise.reference)

    def shared(self) -> list[str]:
        """Addresses that have the same bytes for everybody."""
        section, author, topic = self.section.url, self.author.get_absolute_url(), self.topic.get_absolute_url()
        views = ("sort=oldest", "sort=best", f"comment={self.comment.pk}", f"replies={self.comment.pk}", "after=9_9")
        return [
            "/",
            section,
            self.story_url,
            *(f"{self.story_url}?{view}" for view in views),
            str(self.standing.url),
            author,
            topic,
            "/support/",
            f"/support/{self.campaign.slug}/",
            f"/support/{self.campaign.slug}/meter.svg",
            f"/support/{self.campaign.slug}/meter.html",
            "/support/books/",
            f"/support/books/{self.gift.entered_at.year}/",
            "/support/books/ledger-1.csv",
            "/support/givers/",
            "/feed/",
            *(f"{address}feed/" for address in (section, author, topic)),
            "/talk/feed/",
            f"/talk/{self.thread.pk}/feed/",
            f"/talk/{self.thread.pk}/count/",
            f"/talk/comments/{self.comment.pk}/",
            f"/talk/comments/{self.comment.pk}/embed/",
            profile_url(self.reader),
            "/newsletter/",
            "/newsletter/asked/",
            "/newsletter/archive/",
            "/newsletter/archive/feed/",
            f"/newsletter/archive/letters-{self.issue.slug}/",
            "/robots.txt",
            "/sitemap.xml",
            "/news-sitemap.xml",
            *(f"/sitemaps/{kind}-1.xml" for kind in ("pages", "authors", "topics")),
        ]

    def api(self) -> list[str]:
        parts = (
            "stories",
            f"stories?section={self.section.pk}&limit=1",
            f"stories/{self.story.pk}",
            f"threads/{self.thread.pk}/comments",
            f"threads/{self.thread.pk}/comments?sort=best",
            "campaigns",
            f"campaigns/{self.campaign.pk}",
            "openapi.json",
        )
        return [f"/api/v1/{part}" for part in parts]

    def unshared(self) -> list[str]:
        """Addresses that anybody may ask for and nobody may keep."""
        return [
            f"{self.story_url}?own=1",
            "/search/",
            "/search/?q=ferry",
            f"/discuss/comments/{self.comment.pk}/reply/",
            f"/discuss/comments/{self.comment.pk}/edit/",
            f"/discuss/comments/{self.comment.pk}/withdraw/",
            f"/discuss/mine/?thread={self.thread.pk}&shown={self.comment.pk}",
            f"/discuss/oembed/?url=http://testserver{self.story_url}?comment={self.comment.pk}",
            f"/follow/?what=author-{self.author.pk}",
            "/follow/asked/",
            "/follow/link/",
            "/newsletter/link/",
            "/newsletter/mine/",
            "/no-such-page/",
            transfer_address(self.promise),
        ]

    def every_public_address(self) -> list[str]:
        return [*self.shared(), *self.api(), *self.unshared()]


def make_site(*, words: str = "ferry") -> Site:
    """`words` stand in every text and every name that readers, editors and givers type."""
    newsroom = set_up_newsroom(
        name="The Lantern", url="http://testserver", language="en", editor_email=EDITOR, editor_password="nine lanterns"
    )
    section = make_section(title=f"Harbour {words}"[:255])
    author, topic = make_author(name=f"Mira {words}"[:100]), make_topic(name=f"Boats {words}"[:60])
    Author.objects.filter(pk=author.pk).update(slug="mira", about=words, position=words[:100])
    Topic.objects.filter(pk=topic.pk).update(slug="boats")
    author.refresh_from_db()
    topic.refresh_from_db()
    story = make_story(
        title=f"The second {words}",
        standfirst=words,
        section=section,
        authors=[author],
        lead_image=make_picture(alt=words, caption=words, credit=words),
        body=_body(words),
    )
    story.topics.add(topic)
    story.save_revision().publish()
    thread = open_thread(page=story, takes_comments=True, now=timezone.now())
    comment = make_comment(thread, text=words, name=words[:60], up=2)
    make_comment(thread, text=words, name=words[:60], answers=comment)
    picture = add_picture(comment, alt=words)
    reader = make_reader(PRIVATE_ADDRESSES[3], name=words[:60], bio=words[:300], last_login=timezone.now())
    make_comment(thread, text=words, name=words[:60], speaker=Speaker(reader=reader))
    Comment.objects.update(author_email=PRIVATE_ADDRESSES[0])
    campaign = make_campaign(title=f"Spring {words}"[:100], marks=((250_000, words[:40]),), how_to_give=words)
    editor = Reader.objects.get(email=EDITOR)
    promise = make_promise(campaign, giver_name=words[:100], giver_email=PRIVATE_ADDRESSES[1])
    line = make_stored_line(words=words, read_by=editor)
    giver = make_giver(email=PRIVATE_ADDRESSES[1], name=words[:100])
    gift = make_own_gift(giver, campaign, note=words, entered_by=editor)
    make_own_pledge(giver, campaign)
    standing = make_standing_page(title=f"About {words}")
    standing.body = [("text", f"<p>{escape(words)}</p>")]
    standing.save_revision().publish()
    assert newsroom.front_page.live
    desk = _make_desk(campaign, editor, words)
    follow = _make_follow(thread, comment)
    subscription = make_subscription(follow.address, topics=[topic], sections=[section])
    return Site(
        section=section,
        story=story,
        standing=standing,
        author=author,
        topic=topic,
        thread=thread,
        comment=comment,
        picture=picture,
        campaign=campaign,
        gift=gift,
        promise=promise,
        line=line,
        giver=giver,
        editor=editor,
        reader=reader,
        desk=desk,
        follow=follow,
        subscription=subscription,
        issue=_make_issue(story, words),
    )


def _make_follow(thread: Thread, comment: Comment) -> Follow:
    """Somebody follows the thread, and was told of the comment."""
    address = make_address(PRIVATE_ADDRESSES[4])
    follow = make_follow(address, target_id=thread.pk)
    Notice.objects.create(
        address=address,
        news="comment",
        item_id=comment.pk,
        about=follow.about,
        follow=follow,
        created_at=timezone.now(),
    )
    return follow


def _make_issue(story: Story, words: str) -> Issue:
    """One that is on its way to everybody, of whom there is one."""
    for edition in Edition:
        make_plan(edition, sender_name=words[:80])
    issue = make_issue(subject=words[:150], preheader=words[:200], body=f"<p>{escape(words)}</p>", stories=[story])
    send_now(issue.pk, now=timezone.now())
    issue.refresh_from_db()
    return issue


def _make_desk(campaign: Campaign, editor: Reader, words: str) -> Desk:
    now = timezone.now()
    online = make_online_gift(campaign, email=PRIVATE_ADDRESSES[1], name=words[:100], disputed=500)
    pledge = make_pledge(campaign, name=words[:100])
    order = ask_refund(gift=online, reason=words, submission_key="asked")
    event = make_event(said=words, body=words.encode())
    last_year = now.date().replace(month=1, day=1) - timedelta(days=366)
    period = close_period(starts_on=last_year, ends_on=last_year, closed_by=editor, now=now)
    comparison = Reconciliation.objects.create(
        processor=ProcessorName.STRIPE, since=now, until=now, movements_count=1, differences=[words]
    )
    record_batch(
        campaign=campaign,
        kind=GiftKind.CASH,
        received_on=timezone.localdate(),
        counted=Money(500, campaign.currency),
        rows=[Counted(Money(500, campaign.currency), name=words[:100], note=words)],
        entered_by=editor,
        submission_key=BATCH_KEY,
    )
    lost = OutboxItem.objects.create(
        kind="mail",
        key="given up",
        payload={"to": PRIVATE_ADDRESSES[1]},
        created_at=now,
        next_at=now,
        given_up_at=now,
        last_error=words,
    )
    arguments = {
        "item_id": lost.pk,
        "comparison_id": comparison.pk,
        "event_id": event.pk,
        "giver_id": Giver.objects.get(email=PRIVATE_ADDRESSES[1]).pk,
        "key": BATCH_KEY,
        "period_id": period.pk,
        "refund_id": order.pk,
        "year": now.year,
    }
    return Desk(arguments, online, pledge.reference)


def _body(words: str) -> list[tuple[str, Any]]:
    picture = {"image": make_picture(title="Slip"), "caption": words, "alt": words, "is_decorative": False}
    return [
        ("text", f"<p>{escape(words)}</p>"),
        ("heading", {"text": words, "level": "2"}),
        ("quote", {"text": words, "speaker": words, "source": words, "source_url": "https://town.example/"}),
        ("pull_quote", {"text": words, "credit": words}),
        ("fact_box", {"title": words, "text": f"<p>{escape(words)}</p>"}),
        ("table", {"data": [[words], [words]], "first_row_is_table_header": True, "table_caption": words}),
        ("image", picture),
        ("embed", {"url": "https://video.example/1", "title": words}),
        ("support_ask", {"text": words}),
        # As an import may have brought it.
        ("kept_html", f"<p>{words}</p>"),
    ]


def make_unread_stories(site: Site, canary: str) -> list[Story]:
    """A draft, a story that goes live later, one that was taken down; and a live one with a change that is not out."""
    later = timezone.now() + timedelta(days=1)
    draft = make_story(title=f"Lighthouse {canary} draft", section=site.section, live=False, authors=[site.author])
    scheduled = make_story(title=f"Lighthouse {canary} later", section=site.section, live=False, go_live_at=later)
    scheduled.save_revision(approved_go_live_at=later)
    taken_down = make_story(title=f"Lighthouse {canary} before", section=site.section, authors=[site.author])
    taken_down.topics.add(site.topic)
    taken_down.save_revision().publish()
    taken_down.unpublish()
    changed = make_story(title="A plain story", section=site.section)
    changed.title = f"Lighthouse {canary} unpublished change"
    changed.save_revision()
    return [draft, scheduled, taken_down]


def make_gone_comments(site: Site, canary: str) -> None:
    """One in every state but published, each with an answer that keeps its place."""
    for state in (State.HELD, State.REMOVED, State.WITHDRAWN):
        gone = make_comment(site.thread, text=f"{canary} {state}", name=f"{canary} {state}", state=state)
        make_comment(site.thread, text="An answer.", answers=gone)
