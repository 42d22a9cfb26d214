"""A newsroom is set up once, however often that is asked for, and its groups may do what their names say."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import GroupApprovalTask, Site, Workflow, WorkflowPage

from readership.readers.models import Reader
from readership.stories.models import Section, Story
from readership.website.models import FrontPage, LeadStory
from readership.website.queries import lead_stories
from readership.website.setting_up import Newsroom, set_up_newsroom

pytestmark = pytest.mark.django_db


def set_up(**given: str) -> Newsroom:
    facts = {"name": "The Lantern", "url": "http://testserver", "language": "en", **given}
    return set_up_newsroom(**facts)


def make_story(front_page: FrontPage, title: str) -> Story:
    fresh = FrontPage.objects.get(pk=front_page.pk)
    section = Section.objects.first() or fresh.add_child(instance=Section(title="Harbour", slug="harbour"))
    story: Story = Section.objects.get(pk=section.pk).add_child(
        instance=Story(title=title, body=[("text", "<p>x</p>")])
    )
    return story


def member_of(group: str) -> Reader:
    reader = Reader.objects.create_user(f"{group}@example.org", "correct horse battery", name=group)
    reader.groups.add(Group.objects.get(name=group))
    return reader


def test_a_new_newsroom_answers_at_its_address(client: Client) -> None:
    set_up()

    answer = client.get("/")

    assert answer.status_code == 200
    assert "No story is published yet" in answer.content.decode()


def test_setting_up_twice_makes_everything_once() -> None:
    first = set_up(editor_email="Ed@Example.org")
    again = set_up(name="The Beacon", editor_email="ed@example.org")

    assert first.made_password
    assert again.made_password == ""
    assert again.front_page == first.front_page
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Two pairs of eyes"]
    assert [task.name for task in GroupApprovalTask.objects.order_by("pk")] == ["Editing", "Final check"]
    assert WorkflowPage.objects.count() == 1
    assert Site.objects.get().site_name == "The Beacon"
    assert Reader.objects.count() == 1


def test_a_given_password_is_used_and_told_to_nobody() -> None:
    made = set_up(editor_email="ed@example.org", editor_password="correct horse battery")

    assert made.made_password == ""
    assert Reader.objects.get().check_password("correct horse battery")


def test_rights_that_the_newsroom_took_away_do_not_come_back() -> None:
    set_up()
    Group.objects.get(name="Editors").permissions.clear()

    set_up()

    assert not Group.objects.get(name="Editors").permissions.exists()


@pytest.mark.parametrize(
    ("group", "may_add", "may_edit", "may_publish"),
    [("Writers", True, False, False), ("Editors", True, True, True), ("Moderators", False, False, False)],
)
def test_a_group_may_do_what_its_name_says(group: str, may_add: bool, may_edit: bool, may_publish: bool) -> None:
    front_page = set_up().front_page
    story = make_story(front_page, "Theirs")
    reader = member_of(group)

    section, rights = story.get_parent().permissions_for_user(reader), story.permissions_for_user(reader)

    assert (section.can_add_subpage(), rights.can_edit(), rights.can_publish()) == (may_add, may_edit, may_publish)
    assert reader.has_perm("wagtailadmin.access_admin")


def test_a_story_that_a_writer_hands_in_goes_through_both_steps() -> None:
    story = make_story(set_up().front_page, "Mine")
    workflow = story.get_workflow()
    assert workflow is not None

    tasks = [task.name for task in workflow.tasks]

    assert tasks == ["Editing", "Final check"]


def test_the_front_page_leads_with_what_editors_chose_in_their_order() -> None:
    front_page = set_up().front_page
    stories = [make_story(front_page, title) for title in ("One", "Two", "Three", "Four")]
    fresh = FrontPage.objects.get(pk=front_page.pk)
    fresh.leads = [LeadStory(story=stories[2], sort_order=0), LeadStory(story=stories[0], sort_order=1)]
    fresh.save()

    assert [card.headline for card in lead_stories(FrontPage.objects.get(pk=front_page.pk))] == ["Three", "One"]


def test_without_a_choice_the_newest_stories_lead() -> None:
    front_page = set_up().front_page
    for title in ("One", "Two", "Three", "Four"):
        make_story(front_page, title)

    assert [card.headline for card in lead_stories(front_page)] == ["Four", "Three", "Two"]


def test_a_chosen_story_that_is_taken_down_leads_no_more() -> None:
    front_page = set_up().front_page
    story = make_story(front_page, "One")
    fresh = FrontPage.objects.get(pk=front_page.pk)
    fresh.leads = [LeadStory(story=story, sort_order=0)]
    fresh.save()

    story.unpublish()

    assert lead_stories(FrontPage.objects.get(pk=front_page.pk)) == ()
