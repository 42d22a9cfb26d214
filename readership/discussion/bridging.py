"""Pure: which comments are liked by groups of voters that usually disagree.

Each vote, 1 for and 0 against, is predicted as

    mean + intercept(voter) + intercept(comment) + factor(voter) · factor(comment)

by least squares with a penalty on each part. The factor takes what people like because of the side they stand on; what
is left for the intercept of a comment is liked beyond the sides. That is bridging-based ranking: S. Wojcik and others,
“Birdwatch: Crowd Wisdom and Bridging Algorithms can Inform Understanding and Reduce the Spread of Misinformation”
(2022), as Community Notes uses it (github.com/twitter/communitynotes, “Note ranking algorithm”): one factor, and the
mean square of the errors plus 0.15 of the mean square of the intercepts plus 0.03 of that of the factors is to be the
least. The intercepts cost more, so what a side explains is never counted as liked by all. Three things differ:

- It is solved by alternating least squares: each step has an exact answer, so the same votes give the same result.
- The factors of voters are kept at a mean square of 1, so that thresholds mean the same on every site.
- A high intercept is not enough: both sides must have voted on the comment, and most of each for it.

Where a newsroom's votes do not show two sides, nothing is said. Who voted and who wrote are numbers without a meaning
here: money, rank and age of an account have no way in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]

# Whose votes count: those who voted often enough for a side to show, on comments that others voted on too.
VOTES_OF_A_VOTER = 5
VOTERS_OF_A_COMMENT = 3
# Below these, nothing is said at all.
MIN_VOTERS = 30
MIN_VOTERS_OF_A_SIDE = 10
# Below this, and so below ten votes, nothing is said of one comment.
MIN_VOTES_OF_A_SIDE = 5
SHARE_OF_A_SIDE = 2 / 3
# How much more likely than usual a vote for it is, whoever votes. So where more than 85 % of all votes are for, to be
# liked says nothing.
THRESHOLD = 0.15
# How much of a vote, 0 to 1, the factor must explain before its voter counts as standing on a side.
CLEAR_SIDE = 0.1
# By how much the factor must better the prediction of votes it has not seen. Chance never does that.
BETTER = 0.05
UNSEEN = 0.2

PENALTY_INTERCEPT, PENALTY_FACTOR = 0.15, 0.03
FIRST_ROUNDS, ROUNDS, SETTLED = 20, 60, 1e-4
SEED = 1


@dataclass(frozen=True)
class Votes:
    """Three columns of equal length: a number for each voter, one for each comment, and +1 or -1."""

    voters: Numbers
    comments: Numbers
    values: Numbers


@dataclass(frozen=True)
class _Table:
    """Votes that count. `voter` and `comment` are places in lists of the lengths given; `liked` is 1.0 or 0.0."""

    voter: Numbers
    comment: Numbers
    liked: Reals
    voters_count: int
    comments_count: int

    def only(self, chosen: NDArray[np.bool_]) -> _Table:
        kept = self.voter[chosen], self.comment[chosen], self.liked[chosen]
        return _Table(*kept, self.voters_count, self.comments_count)


@dataclass(frozen=True)
class _Side:
    """Of the voters, or of the comments: one number each."""

    intercept: Reals
    factor: Reals


@dataclass(frozen=True)
class _Fit:
    mean: float
    voters: _Side
    comments: _Side

    def error(self, table: _Table) -> float:
        """Mean square of what is wrong with the predictions of the votes in `table`."""
        voter, comment = table.voter, table.comment
        predicted = self.mean + self.voters.intercept[voter] + self.comments.intercept[comment]
        predicted += self.voters.factor[voter] * self.comments.factor[comment]
        return float(np.mean((table.liked - predicted) ** 2))


def agreed_comments(votes: Votes) -> frozenset[int]:
    """The comments that both sides like. Empty where the votes are too few, or show no sides.

    The order of the votes makes no difference. Time and memory grow with their number: see docs/performance.md.
    """
    numbers, table = _counted(votes)
    if table.voters_count < MIN_VOTERS or not _shows_sides(table):
        return frozenset()
    fit = _fit(table)
    lean = fit.voters.factor * np.sqrt(np.mean(fit.comments.factor**2))
    sides = lean >= CLEAR_SIDE, lean <= -CLEAR_SIDE
    if min(map(np.count_nonzero, sides)) < MIN_VOTERS_OF_A_SIDE:
        return frozenset()
    agreed = fit.comments.intercept >= THRESHOLD
    for side in sides:
        agreed &= _is_liked(table.only(side[table.voter]))
    return frozenset(numbers[agreed].tolist())


def _counted(votes: Votes) -> tuple[Numbers, _Table]:
    """The votes that count, in one order, and the number of each comment in the table.

    Who voted seldom goes first; then comments with too few votes left, which may make others vote too seldom, and so
    on. Two hundred new voters who come for one comment are gone after the first round.
    """
    order = np.lexsort((votes.comments, votes.voters))
    voters, comments, values = votes.voters[order], votes.comments[order], votes.values[order]
    while True:
        _voters, voter, of_voter = np.unique(voters, return_inverse=True, return_counts=True)
        numbers, comment, of_comment = np.unique(comments, return_inverse=True, return_counts=True)
        is_often = of_voter[voter] >= VOTES_OF_A_VOTER
        counts = is_often & (of_comment[comment] >= VOTERS_OF_A_COMMENT)
        if counts.all():
            return numbers, _Table(voter, comment, (values > 0).astype(np.float64), len(of_voter), len(numbers))
        voters, comments, values = voters[counts], comments[counts], values[counts]


def _shows_sides(table: _Table) -> bool:
    """Whether a factor learned from four fifths of the votes foretells the last fifth better than none."""
    is_unseen = np.random.default_rng(SEED).random(len(table.liked)) < UNSEEN
    seen, unseen = table.only(~is_unseen), table.only(is_unseen)
    if not len(unseen.liked):
        return False
    return _fit(seen).error(unseen) <= (1 - BETTER) * _fit(seen, has_factor=False).error(unseen)


def _fit(table: _Table, *, has_factor: bool = True) -> _Fit:
    """Voters and comments in turn, each solved exactly while the other stands still."""
    mean = float(np.mean(table.liked))
    liked = table.liked - mean
    voters = _Side(np.zeros(table.voters_count), _first_factor(table, liked) * has_factor)
    comments = _Side(np.zeros(table.comments_count), np.zeros(table.comments_count))
    for _round in range(ROUNDS):
        before = comments.intercept
        comments = _solve(table.comment, table.voter, voters, liked, table.comments_count)
        voters = _solve(table.voter, table.comment, comments, liked, table.voters_count)
        size = _size(voters.factor)
        voters = _Side(voters.intercept, voters.factor / size)
        comments = _Side(comments.intercept, comments.factor * size)
        if np.max(np.abs(comments.intercept - before)) < SETTLED:
            break
    # Only the sum is certain: what all voters have in common belongs to the comments.
    shared = float(np.mean(voters.intercept[table.voter]))
    comments = _Side(comments.intercept + shared, comments.factor)
    return _Fit(mean, _Side(voters.intercept - shared, voters.factor), comments)


def _first_factor(table: _Table, liked: Reals) -> Reals:
    """Where to begin: the strongest way in which voters differ, by power iteration on the votes as they are.

    From a chance beginning the rounds may end in a place where a few voters on a few comments make the only side.
    """
    length = table.comments_count
    usual = _sum(table.comment, liked, length) / np.maximum(_count(table.comment, length), 1)
    liked = liked - usual[table.comment]
    factor: Reals = np.random.default_rng(SEED).standard_normal(table.voters_count)
    for _round in range(FIRST_ROUNDS):
        of_comments = _sum(table.comment, liked * factor[table.voter], length)
        factor = _sum(table.voter, liked * of_comments[table.comment], table.voters_count)
        factor /= _size(factor)
    return factor


def _size(factor: Reals) -> float:
    return float(np.sqrt(np.mean(factor**2))) or 1.0


def _solve(own: Numbers, other: Numbers, others: _Side, liked: Reals, length: int) -> _Side:
    """Intercept and factor of each of `length` rows, from two equations with two unknowns.

    The penalties are means like the errors, so a row is drawn towards 0 as if it had that part of a usual row's votes.
    """
    factor = others.factor[other]
    left = liked - others.intercept[other]
    usual = len(own) / length
    a = _count(own, length) + PENALTY_INTERCEPT * usual
    b = _sum(own, factor, length)
    d = _sum(own, factor * factor, length) + PENALTY_FACTOR * usual
    x = _sum(own, left, length)
    y = _sum(own, left * factor, length)
    determinant = a * d - b * b
    return _Side((d * x - b * y) / determinant, (a * y - b * x) / determinant)


def _is_liked(table: _Table) -> NDArray[np.bool_]:
    """Of each comment: whether enough of these voters voted on it, and enough of them for it."""
    votes = _count(table.comment, table.comments_count)
    liked = _sum(table.comment, table.liked, table.comments_count)
    return (votes >= MIN_VOTES_OF_A_SIDE) & (liked >= SHARE_OF_A_SIDE * votes)


def _count(rows: Numbers, length: int) -> Numbers:
    return np.bincount(rows, minlength=length)


def _sum(rows: Numbers, weights: Reals, length: int) -> Reals:
    return np.bincount(rows, weights, length).astype(np.float64, copy=False)
