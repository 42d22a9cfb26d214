"""Who gets an issue: a table of what it is for, and of what subscribers want."""

from __future__ import annotations

import pytest

from readership.following.tests.makers import make_address
from readership.funding.models import Gift, GiftState, Giver
from readership.funding.tests.makers import make_campaign, make_giver, make_own_gift
from readership.newsletter.audience import subscribers_of
from readership.newsletter.models import Audience
from readership.newsletter.tests.makers import make_issue, make_subscription
from readership.readers.tests.makers import make_reader
from readership.stories.tests.makers import make_section, make_topic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("audience", "gets_it"),
    [
        # Who chose nothing wants everything. Who wants a section wants what is below it too.
        (Audience.ALL, {"everything", "ferries", "harbour", "pier", "schools"}),
        (Audience.TOPIC, {"everything", "ferries"}),
        (Audience.SECTION, {"everything", "harbour", "pier"}),
        (Audience.SUPPORTERS, set()),
    ],
)
def test_the_audience_is_who_wants_it(audience: Audience, gets_it: set[str]) -> None:
    ferries, schools = make_topic(name="Ferries"), make_topic(name="Schools")
    harbour = make_section(title="Harbour")
    pier = make_section(title="Pier", parent=harbour)
    make_subscription(make_address("everything@x.example"))
    make_subscription(make_address("ferries@x.example"), topics=[ferries])
    make_subscription(make_address("harbour@x.example"), sections=[harbour])
    make_subscription(make_address("pier@x.example"), sections=[pier])
    make_subscription(make_address("schools@x.example"), topics=[schools])

    issue = make_issue(audience=audience, topic=ferries, section=pier)

    found = {one.address.address.partition("@")[0] for one in subscribers_of(issue)}
    assert found == gets_it


def test_supporters_are_whose_gift_we_hold_by_address_or_by_account() -> None:
    campaign = make_campaign()
    by_address = make_address("giver@x.example")
    make_own_gift(make_giver(email=by_address.address), campaign)
    reader = make_reader("account@x.example")
    other = make_giver(email="other@x.example")
    Giver.objects.filter(pk=other.pk).update(reader=reader)
    make_own_gift(other, campaign)
    refunded = make_address("refunded@x.example")
    make_own_gift(make_giver(email=refunded.address), campaign)
    Gift.objects.filter(giver__email=refunded.address).update(state=GiftState.EXPIRED)
    tried = make_address("tried@x.example")
    make_own_gift(make_giver(email=tried.address), campaign)
    Gift.objects.filter(giver__email=tried.address).update(is_trial=True)
    for address in (by_address, reader.mail_address, refunded, tried, make_address("reader@x.example")):
        make_subscription(address)

    found = {one.address.address for one in subscribers_of(make_issue(audience=Audience.SUPPORTERS))}

    assert found == {"giver@x.example", "account@x.example"}


def test_an_audience_whose_topic_is_gone_is_nobody() -> None:
    make_subscription()
    topic = make_topic()
    issue = make_issue(audience=Audience.TOPIC, topic=topic)

    topic.delete()
    issue.refresh_from_db()

    assert not subscribers_of(issue).exists()
