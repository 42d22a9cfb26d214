"""What readers say, and how they judge it. Fields, constraints and sets of rows; what happens is in the verbs."""

from readership.discussion.models.comment import AWAITS_ADDRESS, MODERATE, Badge, Comment, State, TextFormat
from readership.discussion.models.mute import Mute
from readership.discussion.models.picture import Picture
from readership.discussion.models.thread import Thread
from readership.discussion.models.version import Version
from readership.discussion.models.vote import Vote

__all__ = [
    "AWAITS_ADDRESS",
    "MODERATE",
    "Badge",
    "Comment",
    "Mute",
    "Picture",
    "State",
    "TextFormat",
    "Thread",
    "Version",
    "Vote",
]
