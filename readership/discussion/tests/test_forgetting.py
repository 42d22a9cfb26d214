"""Where somebody wrote from is forgotten after two days (attacks L05, L06)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from readership.discussion.forgetting import forget_networks
from readership.discussion.models import Comment, Vote
from readership.discussion.tests.makers import make_comment, make_thread, write
from readership.discussion.voting import cast_vote
from readership.readers.speaking import NOBODY

pytestmark = pytest.mark.django_db


def test_l05_hashes_go_after_two_days_and_words_and_votes_stay() -> None:
    now = timezone.now()
    thread = make_thread()
    old = write(thread, network="somewhere", now=now - timedelta(days=3)).comment
    new = write(thread, network="elsewhere", now=now, text="Another thing.").comment
    target = make_comment(thread)
    for days, network in ((3, "a"), (0, "b")):
        cast_vote(comment_id=target.pk, speaker=NOBODY, value=1, network=network, now=now - timedelta(days=days))

    assert forget_networks(now=now) == 2

    assert Comment.objects.get(pk=old.pk).network_hash == ""
    assert Comment.objects.get(pk=new.pk).network_hash == "elsewhere"
    assert set(Vote.objects.values_list("network_hash", flat=True)) == {None, "b"}
    assert Vote.objects.count() == 2
