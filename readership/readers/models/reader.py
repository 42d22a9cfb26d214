"""A reader: anyone with an account."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from readership.lib.skeleton import skeleton

BIO_LENGTH = 300


def new_seed() -> str:
    return secrets.token_hex(8)


class ReaderManager(BaseUserManager["Reader"]):
    def get_by_natural_key(self, username: str | None) -> Reader:
        """Sign-in takes the e-mail in any case: `Ann@Example.org` is `ann@example.org`."""
        return self.get(email=(username or "").strip().lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Reader:
        reader = self.model(email=email, **fields)
        reader.set_password(password)
        reader.save(using=self._db)
        return reader

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Reader:
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})


class Reader(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    """Anyone with an account. The e-mail is the identity: unique whatever its case (decision record 0002)."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=80, help_text=_("Shown beside what you write."))
    # What the name looks like (lib.skeleton), so that no guest can borrow it.
    name_skeleton = models.CharField(max_length=160, blank=True, editable=False, db_index=True)
    is_staff = models.BooleanField(_("works for the newsroom"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    # Gives, and wants others to see it: funding says so (`standing.mark_supporter`).
    is_supporter = models.BooleanField(_("supporter"), default=False, editable=False)
    bio = models.CharField(
        _("about you"), max_length=BIO_LENGTH, blank=True, help_text=_("Up to 300 characters, plain text.")
    )
    # Names the picture beside what one writes: random, so that it tells nothing of the address (attack L03).
    avatar_seed = models.CharField(max_length=16, blank=True, editable=False)
    # Names the files of a picture of one's own; see avatar_files.py.
    avatar_name = models.CharField(max_length=32, blank=True, editable=False)
    has_profile = models.BooleanField(_("a public page of what I wrote"), default=True)
    is_indexed = models.BooleanField(_("search engines may list it"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = ReaderManager()

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
        constraints = [models.UniqueConstraint(Lower("email"), name="reader_email_is_unique_in_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    def save(self, *args: Any, **kwargs: Any) -> None:
        # SQLite compares case-insensitively for ASCII only, so one form is stored (e1.3).
        self.email = self.email.strip().lower()
        self.name_skeleton = skeleton(self.name)[:160]
        if not self.pk:
            self.avatar_seed = self.avatar_seed or new_seed()
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions end when the password changes, and when the e-mail does (attack E09)."""
        salt = "readership.readers.session"
        return salted_hmac(salt, f"{self.password}\n{self.email}", secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
