"""The newsletter's desk: written, looked at, tried, scheduled, sent and taken back; by those who may (attack G11)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry

from readership.funding.tests.makers import ADMIN, make_reader
from readership.newsletter.issue_desk import IssueEditView
from readership.newsletter.models import Audience, Edition, EditionPlan, Issue, IssueState
from readership.newsletter.sending import send_due, send_now
from readership.newsletter.tests.makers import make_issue, make_plan, make_subscription, pump
from readership.stories.tests.makers import make_front_page, make_story, make_topic

pytestmark = pytest.mark.django_db
WRITER = [*ADMIN, "add_issue", "change_issue", "delete_issue"]
SENDER = [*WRITER, "send_issue", "change_editionplan"]


def at_desk(may: list[str]) -> Client:
    client = Client()
    client.force_login(make_reader(may=may))
    return client


@pytest.fixture
def desk() -> Client:
    make_front_page()
    return at_desk(SENDER)


def typed(**changed: Any) -> dict[str, Any]:
    return {
        "edition": "letters",
        "subject": "Why we went to the harbour",
        "preheader": "",
        "body": '{"blocks": [{"key": "a", "text": "Low tide.", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],'
        ' "entityRanges": []}], "entityMap": {}}',
        "audience": "all",
        "topic": "",
        "section": "",
        "chosen-TOTAL_FORMS": "0",
        "chosen-INITIAL_FORMS": "0",
        "chosen-MIN_NUM_FORMS": "0",
        "chosen-MAX_NUM_FORMS": "1000",
        **changed,
    }


def test_an_issue_is_written_looked_at_and_written_on(desk: Client) -> None:
    story = make_story()
    one = {"chosen-TOTAL_FORMS": "1", "chosen-0-story": str(story.pk), "chosen-0-ORDER": "1", "chosen-0-id": ""}

    answer = desk.post("/admin/newsletter/issues/new/", typed(**one))

    issue = Issue.objects.get()
    assert answer["Location"] == f"/admin/newsletter/{issue.pk}/"
    page = desk.get(answer["Location"]).content.decode()
    assert "Low tide." in page
    assert story.title in page
    desk.post(f"/admin/newsletter/issues/edit/{issue.pk}/", typed(subject="Another"))
    assert Issue.objects.get().subject == "Another"


def test_an_audience_by_topic_needs_a_topic_and_no_other_keeps_one(desk: Client) -> None:
    topic = make_topic()

    refused = desk.post("/admin/newsletter/issues/new/", typed(audience="topic"))
    assert "Please choose the topic." in refused.content.decode()
    desk.post("/admin/newsletter/issues/new/", typed(audience="supporters", topic=str(topic.pk)))

    assert Issue.objects.get().topic is None


def test_the_look_of_the_mail_can_do_nothing_and_stands_in_our_frames_only(desk: Client) -> None:
    issue = make_issue(body="<p>Low <script>alert(1)</script>tide.</p>")

    answer = desk.get(f"/admin/newsletter/{issue.pk}/preview/")

    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "<script" not in answer.content.decode()


def test_a_test_goes_to_the_editor_alone_and_counts_as_nothing(desk: Client) -> None:
    make_subscription()
    issue = make_issue()

    desk.post(f"/admin/newsletter/{issue.pk}/test/")
    pump()

    (letter,) = mail.outbox
    assert letter.subject == "[Test] Why we went to the harbour"
    assert letter.to[0].startswith("reader")
    issue.refresh_from_db()
    assert (issue.state, issue.deliveries.count()) == (IssueState.DRAFT, 0)


def test_the_button_to_send_tells_first_how_many_get_it(desk: Client) -> None:
    for _ in range(3):
        make_subscription()
    issue = make_issue()

    page = desk.get(f"/admin/newsletter/{issue.pk}/send/").content.decode()
    assert "3 readers get it." in page
    assert Issue.objects.get().state == IssueState.DRAFT

    desk.post(f"/admin/newsletter/{issue.pk}/send/")
    desk.post(f"/admin/newsletter/{issue.pk}/send/")
    pump()

    assert len(mail.outbox) == 3
    page = desk.get(f"/admin/newsletter/{issue.pk}/").content.decode()
    assert "3 of 3 sent" in page
    assert 'value="3"' in page
    assert ModelLogEntry.objects.filter(action="newsletter.send").count() == 1


def test_scheduled_and_taken_back_at_the_desk(desk: Client) -> None:
    issue = make_issue()
    later = timezone.now() + timedelta(days=1)

    past = desk.post(f"/admin/newsletter/{issue.pk}/schedule/", {"send_at": "2020-01-01 10:00"})
    assert past.status_code == 400
    assert "That time is past" in past.content.decode()
    desk.post(f"/admin/newsletter/{issue.pk}/schedule/", {"send_at": f"{later:%Y-%m-%d %H:%M}"})
    assert Issue.objects.get().state == IssueState.SCHEDULED

    desk.post(f"/admin/newsletter/{issue.pk}/take-back/")
    assert Issue.objects.get().state == IssueState.DRAFT


def test_what_began_while_somebody_wrote_is_not_written_on_nor_begun_again(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_subscription()
    issue = make_issue()
    saved = IssueEditView.get_form

    def meanwhile(self: Any, *args: Any, **kwargs: Any) -> Any:
        form = saved(self, *args, **kwargs)
        if self.request.method == "POST":
            send_now(issue.pk, now=timezone.now())
        return form

    monkeypatch.setattr(IssueEditView, "get_form", meanwhile)
    desk.post(f"/admin/newsletter/issues/edit/{issue.pk}/", typed(subject="Too late"))

    found = Issue.objects.get()
    assert (found.subject, found.state) == ("Why we went to the harbour", IssueState.SENDING)


def test_what_is_on_its_way_is_neither_edited_nor_deleted(desk: Client) -> None:
    make_subscription()
    issue = make_issue()
    send_now(issue.pk, now=timezone.now())

    for page in ("edit", "delete"):
        assert desk.get(f"/admin/newsletter/issues/{page}/{issue.pk}/").status_code == 404
        assert desk.post(f"/admin/newsletter/issues/{page}/{issue.pk}/", typed()).status_code == 404
    desk.post(f"/admin/newsletter/{issue.pk}/take-back/")
    assert Issue.objects.get().state == IssueState.CANCELLED


def test_g11_who_may_only_write_sends_nothing_and_others_see_nothing() -> None:
    make_front_page()
    make_subscription()
    issue = make_issue()
    writer, nobody = at_desk(WRITER), at_desk(ADMIN)
    deeds = ("send/", "take-back/", "schedule/")

    for deed in deeds:
        assert writer.post(f"/admin/newsletter/{issue.pk}/{deed}").status_code == 403
    assert writer.get("/admin/newsletter/editions/").status_code == 403
    assert writer.get(f"/admin/newsletter/{issue.pk}/").status_code == 200
    for page in ("", "preview/"):
        assert nobody.get(f"/admin/newsletter/{issue.pk}/{page}").status_code == 403
    assert nobody.get("/admin/newsletter/issues/").status_code in {302, 403}
    assert nobody.post(f"/admin/newsletter/{issue.pk}/test/").status_code == 403
    assert Issue.objects.get().state == IssueState.DRAFT


def test_editions_are_switched_on_and_off_at_the_desk(desk: Client) -> None:
    sent = {"morning-is_on": "on", "morning-hour": "7", "morning-sender_name": "Mira", "weekly-hour": "6"}
    sent |= {"weekly-weekday": "4"}

    assert desk.post("/admin/newsletter/editions/", sent).status_code == 302

    plan = EditionPlan.objects.get(edition=Edition.MORNING)
    assert (plan.is_on, plan.hour, plan.sender_name) == (True, 7, "Mira")
    assert plan.on_since is not None
    page = Client().get("/newsletter/").content.decode()
    assert "each day at 07:00" in page
    assert "Weekly" not in page
    desk.post("/admin/newsletter/editions/", {**sent, "morning-is_on": ""})
    assert "There is none at the moment." in Client().get("/newsletter/").content.decode()


def test_the_list_of_issues_costs_the_same_however_many_there_are(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_plan()
    for number in range(12):
        make_issue(subject=f"Issue {number}", audience=Audience.ALL)

    with django_assert_max_num_queries(16):
        page = desk.get("/admin/newsletter/issues/")

    assert "Issue 11" in page.content.decode()


def test_a_draft_is_never_sent_by_the_clock() -> None:
    make_subscription()
    make_issue()

    assert send_due(now=timezone.now() + timedelta(days=400)) == 0
