"""Who wants to hear of what, what they are to hear, and the mails made of it."""

from readership.following.models.follow import Follow, Kind, Muted
from readership.following.models.mailing import Mailing
from readership.following.models.notice import Notice
from readership.following.models.push_subscription import PushSubscription

__all__ = ["Follow", "Kind", "Mailing", "Muted", "Notice", "PushSubscription"]
