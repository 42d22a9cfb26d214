from readership.newsletter.models.edition import DIGESTS, Edition, EditionPlan, Weekday
from readership.newsletter.models.issue import OPEN, Audience, Delivery, Issue, IssuePick, IssueState, IssueStory
from readership.newsletter.models.subscription import Subscription

__all__ = [
    "DIGESTS",
    "OPEN",
    "Audience",
    "Delivery",
    "Edition",
    "EditionPlan",
    "Issue",
    "IssuePick",
    "IssueState",
    "IssueStory",
    "Subscription",
    "Weekday",
]
