"""Who may sign in to the demo. The passwords are published, so they are for this machine only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    role: str
    name: str
    email: str
    password: str
    groups: tuple[str, ...] = ()
    is_superuser: bool = False


EDITOR = Account("editor", "Ines Calloway", "ines@brinmouth.example", "demo-editor-brinmouth", is_superuser=True)
ACCOUNTS = (
    EDITOR,
    Account("writer", "Tobias Wrenn", "tobias@brinmouth.example", "demo-writer-brinmouth", ("Writers",)),
    Account("moderator", "Folake Marsden", "folake@brinmouth.example", "demo-moderator-brinmouth", ("Moderators",)),
    Account("treasurer", "Dafydd Pell", "dafydd@brinmouth.example", "demo-treasurer-brinmouth", ("Treasurers",)),
)
