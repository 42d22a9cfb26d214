"""The newsroom's own bank account, its statements, and each line on them: counted once, whatever file brings it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from readership.funding.models.gift import Gift
from readership.funding.money import Money


class BankAccount(models.Model):
    """Where transfers go. Public: it is printed beside every transfer's reference."""

    holder = models.CharField(_("account holder"), max_length=70, help_text=_("As the bank writes it."))
    iban = models.CharField(_("IBAN"), max_length=34, blank=True, help_text=_("Empty outside of IBAN countries."))
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    # For accounts without an IBAN: routing and account number, sort code, as givers must type them.
    other_number = models.CharField(_("account number, other than IBAN"), max_length=120, blank=True)
    bank_name = models.CharField(_("bank"), max_length=80, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    is_offered = models.BooleanField(_("offered on the giving page"), default=True)

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["holder", "pk"]
        constraints = [
            models.CheckConstraint(
                name="bank_account_has_a_number",
                condition=~Q(iban="") | ~Q(other_number=""),
                violation_error_message=_("An account needs an IBAN or another number."),
            ),
            models.UniqueConstraint(fields=["iban"], condition=~Q(iban=""), name="bank_account_iban_once"),
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.iban or self.other_number}"


class StatementFormat(models.TextChoices):
    CAMT053 = "camt053", "CAMT.053"
    MT940 = "mt940", "MT940"
    CSV = "csv", "CSV"


class CsvMapping(models.Model):
    """Which column of a bank's CSV file says what, so that it is told once."""

    account = models.ForeignKey(BankAccount, on_delete=models.CASCADE, related_name="mappings")
    name = models.CharField(_("name"), max_length=80)
    # {"booked_on": "Buchungstag", "amount": "Betrag", …}: our field to the heading in the file.
    columns = models.JSONField()
    delimiter = models.CharField(max_length=1, default=";")
    encoding = models.CharField(max_length=20, default="utf-8")
    date_format = models.CharField(max_length=20, default="%d.%m.%Y")
    decimal_mark = models.CharField(max_length=1, default=",")
    skipped_lines = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="csv_mapping_name_once")]

    def __str__(self) -> str:
        return self.name


class BankStatement(models.Model):
    """One file of a bank, read to its end: what does not add up is not stored at all."""

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="statements")
    file_name = models.CharField(_("file"), max_length=255)
    file_hash = models.CharField(max_length=64)
    format = models.CharField(_("format"), max_length=10, choices=StatementFormat)
    # The bank's own number of a statement in the file; a file may hold several.
    statement_ref = models.CharField(_("number"), max_length=80, blank=True)
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)
    # Empty in a CSV file that carries none.
    opening_minor = models.BigIntegerField(_("opening balance"), null=True, blank=True)
    closing_minor = models.BigIntegerField(_("closing balance"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    lines_count = models.PositiveIntegerField(_("lines"), default=0)
    new_lines_count = models.PositiveIntegerField(_("new lines"), default=0)
    # Lines are stored in pieces: set with the last of them.
    is_whole = models.BooleanField(default=True)
    read_at = models.DateTimeField(_("read"), default=timezone.now)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="read_statements"
    )

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        ordering = ["-read_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name


class FileState(models.TextChoices):
    WAITING = "waiting", _("being read")
    READ = "read", _("read")
    REFUSED = "refused", _("refused")


class StatementFile(models.Model):
    """A large file of a bank, kept until it is read in the background; and what came of it."""

    # Its name on disk: see keeping_files.
    key = models.CharField(max_length=32, unique=True)
    file_name = models.CharField(_("file"), max_length=255)
    file_hash = models.CharField(max_length=64)
    account = models.ForeignKey(BankAccount, null=True, on_delete=models.CASCADE, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    # What is said of it is said in the language of whoever gave it.
    language = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.WAITING)
    checked_count = models.PositiveIntegerField(default=0)
    stored_count = models.PositiveIntegerField(default=0)
    # Known, and more than zero, when all of it is checked.
    lines_count = models.PositiveIntegerField(default=0)
    new_lines_count = models.PositiveIntegerField(default=0)
    settled_count = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)
    said = models.TextField(blank=True)

    class Meta:
        ordering = ["-given_at", "-pk"]
        default_permissions = ()
        constraints = [
            # Two people with the same file wait for one reading.
            models.UniqueConstraint(
                fields=["file_hash"], condition=Q(state="waiting"), name="statement_file_waits_once"
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class LineState(models.TextChoices):
    OPEN = "open", _("open")
    SETTLED = "settled", _("settled")
    NO_GIFT = "no_gift", _("no gift")


class BankLine(models.Model):
    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="lines")
    # Account, day, sum, every reference, and its number among equal lines of one statement: see bank.fingerprint.
    fingerprint = models.CharField(max_length=64, unique=True)
    booked_on = models.DateField(_("booked on"))
    amount_minor = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    remitter_name = models.CharField(_("from"), max_length=140, blank=True)
    # The last four characters to show, and a keyed hash to know the same account again: never the whole number.
    remitter_account_end = models.CharField(max_length=4, blank=True)
    remitter_account_hash = models.CharField(max_length=64, blank=True)
    # Every reference the bank gave, by the name of its field in the format.
    references = models.JSONField(default=dict)
    text = models.TextField(_("text"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=LineState, default=LineState.OPEN)
    gift = models.OneToOneField(Gift, null=True, blank=True, on_delete=models.PROTECT, related_name="bank_line")
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="settled_lines"
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("line of a statement")
        verbose_name_plural = _("lines of statements")
        ordering = ["-booked_on", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["booked_on"], name="bank_line_open", condition=Q(state="open")),
            models.Index(fields=["remitter_account_hash"], name="bank_line_by_remitter"),
        ]
        constraints = [
            models.CheckConstraint(
                name="bank_line_settled_has_its_gift",
                condition=Q(state="settled", gift__isnull=False) | ~Q(state="settled") & Q(gift__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.remitter_name}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)
