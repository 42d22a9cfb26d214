"""What helps while one writes: preview, spoilers, quotes, names, and a row of signs for those who know no Markdown."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Another
from tests.journeys.newsroom import Newsroom
from tests.journeys.visitor import Visitor

scripts_only = pytest.mark.parametrize("has_script", [True], ids=["with_script"])


def box(visitor: Visitor) -> Locator:
    return visitor.write.locator("[name=text]")


def press_preview(visitor: Visitor) -> None:
    button = visitor.write.locator("[name=preview]")
    if visitor.has_script:
        button.click()
    else:
        with visitor.page.expect_navigation():
            button.click()


def test_a_preview_shows_the_comment_keeps_everything_and_posts_nothing(visitor: Visitor, newsroom: Newsroom) -> None:
    story = newsroom.fresh_story()
    visitor.go(story)
    visitor.fill("The tide was **lower**.", name="Grete")

    press_preview(visitor)

    expect(visitor.page.locator(".preview strong")).to_have_text("lower")
    expect(box(visitor)).to_have_value("The tide was **lower**.")
    expect(visitor.write.locator("[name=name]")).to_have_value("Grete")
    assert b"The tide was" not in newsroom.server.ask(f"{story}?own=1").body
    visitor.send()
    expect(visitor.said("lower")).to_contain_text("Grete")


@pytest.mark.parametrize("text", ["", "   "])
def test_a_preview_of_nothing_says_so(visitor: Visitor, newsroom: Newsroom, text: str) -> None:
    visitor.go(newsroom.fresh_story())
    visitor.fill(text, name="Grete")

    press_preview(visitor)

    expect(visitor.page.locator(".preview")).to_contain_text("the comment is empty")
    expect(visitor.write.locator("[name=name]")).to_have_value("Grete")


@scripts_only
def test_a_second_preview_takes_the_place_of_the_first_and_is_not_taken_for_posting(
    visitor: Visitor, newsroom: Newsroom
) -> None:
    visitor.go(newsroom.fresh_story())
    visitor.post("Low water at six.")
    visitor.fill("The tide was *lower*.")
    press_preview(visitor)
    expect(visitor.page.locator(".preview em")).to_have_text("lower")

    visitor.fill("The tide was *higher*.")
    expect(visitor.page.locator(".preview.is-old")).to_be_visible()
    press_preview(visitor)

    expect(visitor.page.locator(".preview em")).to_have_text("higher")
    expect(visitor.page.locator(".preview")).to_have_count(1)
    visitor.page.reload()
    expect(box(visitor)).to_have_value("The tide was *higher*.")


def test_a_spoiler_opens_when_somebody_asks_for_it_by_key(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.fresh_story())
    visitor.fill("It was ||**the captain**|| after all.")
    visitor.send()
    words = visitor.thread.locator("strong", has_text="the captain")
    expect(visitor.thread).to_contain_text("after all.")
    expect(words).not_to_be_visible()

    visitor.thread.locator("summary", has_text="Spoiler").press("Enter")

    expect(words).to_be_visible()


def test_a_reply_quotes_what_it_answers(visitor: Visitor, another: Another, newsroom: Newsroom) -> None:
    story = newsroom.fresh_story()
    visitor.go(story)
    visitor.post("Gravel is gravel.", name="Grete")
    asked = str(visitor.said("Gravel is gravel.").get_attribute("id"))
    friend = another()
    friend.go(f"{story}?own=1")

    friend.page.locator(f"#{asked}").get_by_role("link", name="Quote").click()

    expect(box(friend)).to_have_value("> Gravel is gravel.\n\n")
    expect(friend.write.locator("[data-answers]")).to_have_text("Grete")
    friend.fill("> Gravel is gravel.\n\nIt is not.")
    friend.send()
    reply = friend.page.locator(f"#{asked} article")
    expect(reply.locator("blockquote")).to_have_text("Gravel is gravel.")
    expect(reply).to_contain_text("It is not.")


@scripts_only
def test_only_the_words_that_were_chosen_are_quoted_behind_what_is_written(
    visitor: Visitor, newsroom: Newsroom
) -> None:
    visitor.go(newsroom.fresh_story())
    visitor.post("Gravel is gravel.")
    box(visitor).fill("First of all.")
    text = visitor.said("Gravel is gravel.").locator(".comment__text p")
    text.evaluate("(p) => getSelection().setBaseAndExtent(p.firstChild, 0, p.firstChild, 6)")

    visitor.thread.get_by_role("link", name="Quote").click()

    expect(box(visitor)).to_have_value("First of all.\n\n> Gravel\n\n")
    expect(box(visitor)).to_be_focused()


def test_the_name_of_whom_one_speaks_to_is_marked(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.fresh_story())
    visitor.post("Gravel is gravel.", name="Old Salt")

    visitor.fill("@Old Salt, it is not. @Nobody knows.", name="Grete")
    visitor.send()

    expect(visitor.thread.locator(".comment__text b")).to_have_text(["@Old Salt"])


@scripts_only
def test_names_on_the_page_are_offered_and_chosen_by_keys_or_by_hand(visitor: Visitor, newsroom: Newsroom) -> None:
    page = visitor.page
    visitor.go(newsroom.fresh_story())
    visitor.post("Gravel is gravel.", name="Old Salt")
    visitor.post("Sand is sand.", name="Ama Salt")
    names = visitor.write.get_by_role("listbox")

    box(visitor).press_sequentially("Ask @sa")
    expect(names.get_by_role("option")).to_have_text(["Ama Salt", "Old Salt"])
    chosen = names.locator("[aria-selected=true]")
    expect(chosen).to_have_text("Ama Salt")
    page.keyboard.press("ArrowDown")
    expect(box(visitor)).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    page.keyboard.press("Enter")
    expect(box(visitor)).to_have_value("Ask @Old Salt ")
    expect(names).not_to_be_visible()

    page.keyboard.type("or @ama")
    names.get_by_role("option", name="Ama Salt").click()
    expect(box(visitor)).to_have_value("Ask @Old Salt or @Ama Salt ")
    expect(box(visitor)).to_be_focused()

    page.keyboard.type("not salt@ama, @")
    page.keyboard.press("Escape")
    expect(names).not_to_be_visible()
    page.keyboard.press("Enter")
    expect(box(visitor)).to_have_value("Ask @Old Salt or @Ama Salt not salt@ama, @\n")


def test_the_row_of_signs_is_there_only_where_it_works(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.fresh_story())
    box(visitor).focus()

    signs = visitor.write.locator("[role=toolbar]")
    expect(signs).to_be_visible() if visitor.has_script else expect(signs).not_to_be_visible()
    hint = visitor.write.get_by_text("**bold**")
    expect(hint).not_to_be_visible() if visitor.has_script else expect(hint).to_be_visible()


SIGNS = {
    "Bold": "**Gravel**",
    "Italic": "*Gravel*",
    "Quote": "> Gravel\n\n",
    "Link": "[Gravel](https://)",
    "List": "- Gravel",
    "Code": "`Gravel`",
    "Spoiler": "||Gravel||",
}


@scripts_only
@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_writes_around_what_is_chosen_and_undo_takes_it_back(
    visitor: Visitor, newsroom: Newsroom, sign: str
) -> None:
    visitor.go(newsroom.path("quiet"))
    box(visitor).press_sequentially("Gravel")
    box(visitor).select_text()

    visitor.write.get_by_role("button", name=sign, exact=True).click()
    expect(box(visitor)).to_have_value(SIGNS[sign])
    expect(box(visitor)).to_be_focused()

    visitor.page.keyboard.press("Control+z")
    expect(box(visitor)).to_have_value("Gravel")


@scripts_only
@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("Gravel", ["Control+b", "Control+b"], "Gravel"),
        ("Gravel", ["Control+b", "Control+i"], "***Gravel***"),
        ("Gravel", ["Control+b", "Control+i", "Control+i"], "**Gravel**"),
        (" Gravel ", ["Control+i"], " *Gravel* "),
        ("https://a.example", ["Control+k"], "[](https://a.example)"),
    ],
)
def test_keys_do_it_too_and_undo_themselves(
    visitor: Visitor, newsroom: Newsroom, before: str, keys: list[str], after: str
) -> None:
    visitor.go(newsroom.path("quiet"))
    box(visitor).fill(before)
    box(visitor).select_text()

    for key in keys:
        visitor.page.keyboard.press(key)

    expect(box(visitor)).to_have_value(after)


@scripts_only
def test_several_lines_become_a_list_or_code(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.path("quiet"))
    box(visitor).fill("salt\nsand")
    box(visitor).select_text()
    visitor.write.get_by_role("button", name="List").click()
    expect(box(visitor)).to_have_value("- salt\n- sand")

    box(visitor).select_text()
    visitor.write.get_by_role("button", name="List").click()
    expect(box(visitor)).to_have_value("salt\nsand")

    box(visitor).select_text()
    visitor.write.get_by_role("button", name="Code").click()
    expect(box(visitor)).to_have_value("```\nsalt\nsand\n```")


@scripts_only
def test_arrows_walk_through_the_row_which_is_one_stop_for_tab(visitor: Visitor, newsroom: Newsroom) -> None:
    page = visitor.page
    visitor.go(newsroom.fresh_story())
    box(visitor).focus()

    page.keyboard.press("Shift+Tab")
    for key, name in (("ArrowRight", "Italic"), ("End", "Spoiler"), ("ArrowRight", "Bold"), ("ArrowLeft", "Spoiler")):
        page.keyboard.press(key)
        expect(visitor.write.get_by_role("button", name=name, exact=True)).to_be_focused()
    page.keyboard.press("Tab")

    expect(box(visitor)).to_be_focused()


@scripts_only
def test_what_a_sign_writes_is_counted_and_kept_as_a_draft(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.fresh_story())
    box(visitor).fill("x" * 4990)
    box(visitor).select_text()

    visitor.write.get_by_role("button", name="Bold").click()

    expect(visitor.write.locator("[data-length]")).to_have_text("4,994 / 5,000")
    visitor.page.reload()
    expect(box(visitor)).to_have_value(f"**{'x' * 4990}**")
    expect(visitor.write.locator("[data-length]")).to_have_text("4,994 / 5,000")


def test_the_box_for_an_edit_has_the_same_tools_and_a_preview(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.fresh_story())
    visitor.post("Gravel", name="Grete")
    visitor.said("Gravel").get_by_role("link", name="Edit").click()
    form = visitor.page.locator("main form[action*='/edit/']")
    text = form.locator("[name=text]")
    expect(text).to_have_value("Gravel")
    expect(form).to_contain_text("You can change it for 15 more minutes.")

    if visitor.has_script:
        text.select_text()
        form.get_by_role("button", name="Bold", exact=True).click()
    else:
        expect(form.get_by_role("toolbar")).to_have_count(0)
        text.fill("**Gravel**")
    expect(text).to_have_value("**Gravel**")
    form.get_by_role("button", name="Preview").click()

    expect(visitor.page.locator(".preview strong")).to_have_text("Gravel")
    expect(text).to_have_value("**Gravel**")
    with visitor.page.expect_navigation():
        form.get_by_role("button", name="Save").click()
    expect(visitor.thread.locator(".comment__text strong")).to_have_text("Gravel")


@scripts_only
def test_what_is_edited_is_counted_while_one_writes(visitor: Visitor, newsroom: Newsroom) -> None:
    visitor.go(newsroom.fresh_story())
    visitor.post("Gravel", name="Grete")
    visitor.said("Gravel").get_by_role("link", name="Edit").click()

    visitor.page.locator("main [name=text]").fill("x" * 4500)

    expect(visitor.page.locator("[data-length]")).to_have_text("4,500 / 5,000")
