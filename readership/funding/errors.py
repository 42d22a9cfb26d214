"""What may go wrong with money. Each holds a sentence that says what to do.

FundingError
├── AmountRefused            what was typed is no sum that can be booked
│   ├── AmountUnclear        not a number as this language writes it
│   ├── AmountNotPositive
│   ├── AmountTooLarge
│   └── AmountTooFine        more decimals than the currency has
├── UnknownCurrency
├── CurrenciesDiffer         two currencies never add
├── GiftRefused              `field` says where to mend it
│   ├── ReceivedInFuture
│   ├── PeriodClosed
│   └── NameTooLong
├── ReasonMissing
├── NotReversible            a processor's gift is paid back, not reversed
├── BatchRefused             rows that were counted together and do not fit
├── PeriodRefused            the books of these days cannot be closed
├── AlreadyOpened            a campaign takes one opening sum
├── GivingRefused            what a giver typed; `field` says where to mend it
├── ProcessorError
├── DoesNotFit               money came that is not what was intended
├── RefundRefused
├── PledgeEnded
├── TransferNotOffered       no account takes transfers in this currency
├── StatementRefused         a bank's file, of which nothing was stored
│   ├── NotAStatement
│   ├── LineUnclear
│   ├── CutShort
│   ├── DoesNotAddUp
│   ├── WrongAccount
│   ├── MappingMissing       a CSV file whose columns nobody has told us yet
│   └── AlreadyRead
└── LineRefused              a line of a statement that cannot be settled so
    ├── LineIsSettled
    ├── NotAGiftLine
    └── GiftHasCome
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class FundingError(Exception):
    message: str | Promise = _("That did not work, and nothing was booked. Please try again.")

    def __init__(self, message: str | Promise | None = None) -> None:
        super().__init__(message or self.message)
        if message:
            self.message = message


class AmountRefused(FundingError):
    message = _("Please write the amount in figures.")


class AmountUnclear(AmountRefused):
    pass


class AmountNotPositive(AmountRefused):
    message = _("The amount must be more than nothing.")


class AmountTooLarge(AmountRefused):
    message = _("That amount is too large to be a gift. Please look at it again.")


class AmountTooFine(AmountRefused):
    message = _("That amount has more decimals than its currency.")


class UnknownCurrency(FundingError):
    message = _("There is no such currency. Please use its three capital letters, such as EUR.")


class CurrenciesDiffer(FundingError):
    message = _("These sums are in different currencies and cannot be put together.")


class GiftRefused(FundingError):
    field = "amount"


class ReceivedInFuture(GiftRefused):
    field = "received_on"
    message = _("This day is yet to come. Please give the day on which the money arrived.")


class PeriodClosed(GiftRefused):
    field = "received_on"
    message = _("The books of this day are closed. Please record it on a day after the closed period, and say so.")


class NameTooLong(GiftRefused):
    field = "giver_name"
    message = _("Please shorten the name to 120 characters.")


class ReasonMissing(FundingError):
    message = _("Please say why. The reason stays in the ledger beside the entry.")


class NotReversible(FundingError):
    message = _("This gift came through the processor. Pay it back: the giver gets the money, and the ledger follows.")


class NotReceived(NotReversible):
    message = _("This gift is not in the books, so there is nothing to reverse.")


class BatchRefused(FundingError):
    message = _("Please fill in at least one row.")


class PeriodRefused(FundingError):
    field = "ends_on"


class PeriodNotOver(PeriodRefused):
    message = _("These days are not over yet. Close them tomorrow, or choose an earlier last day.")


class PeriodOutOfOrder(PeriodRefused):
    message = _("Periods are closed one after the other: this one has to begin the day after the last one.")


class PeriodUpsideDown(PeriodRefused):
    message = _("A period must not end before it begins.")


class AlreadyOpened(FundingError):
    message = _("This campaign already has another opening sum. Nothing was booked.")


class GivingRefused(FundingError):
    field = "amount"


class AmountTooSmall(GivingRefused):
    pass


class AmountAboveLimit(GivingRefused):
    pass


class AmountNotWhole(GivingRefused):
    pass


class NoSuchWay(GivingRefused):
    field = "method"
    message = _("This way to give is not offered at the moment. Please choose another.")


class CampaignOver(GivingRefused):
    field = "campaign"
    message = _("This campaign takes no gifts at the moment.")


class ProcessorError(FundingError):
    pass


class ProcessorUnavailable(ProcessorError):
    message = _("The payment page cannot be reached at the moment. Nothing was charged. Please try again in a minute.")


class ProcessorRefused(ProcessorError):
    """`message` is what the processor said, in its words: for the treasurer, never for the public."""


class SignatureWrong(ProcessorError):
    message = _("The signature of this event is not right.")


class DoesNotFit(FundingError):
    """Money arrived that is not what was intended. It is kept and shown to the treasurer, never dropped."""


class RefundRefused(FundingError):
    field = "amount"


class RefundTooLarge(RefundRefused):
    message = _("That is more than is left of this gift.")


class NothingToRefund(RefundRefused):
    message = _("This gift cannot be paid back through the processor.")


class RefundAlreadyAsked(RefundRefused):
    message = _("A refund of this gift was already asked for. The newsroom will answer by mail.")


class PledgeEnded(FundingError):
    message = _("This pledge has ended. You can begin a new one at any time.")


class TransferNotOffered(FundingError):
    message = _("Gifts by bank transfer are not possible in this currency at the moment.")


class StatementRefused(FundingError):
    message = _("This file could not be read. Nothing of it was stored.")


class NotAStatement(StatementRefused):
    message = _("This is no statement that we can read. Please choose CAMT.053, MT940 or CSV at your bank.")


class LineUnclear(StatementRefused):
    pass


class CutShort(StatementRefused):
    message = _("This file ends before its end. Please fetch it from the bank again. Nothing of it was stored.")


class DoesNotAddUp(StatementRefused):
    pass


class WrongAccount(StatementRefused):
    pass


class MappingMissing(StatementRefused):
    message = _("Please say once which column of this bank’s file holds what.")


class AlreadyRead(StatementRefused):
    pass


class LineRefused(FundingError):
    pass


class LineIsSettled(LineRefused):
    message = _("Somebody settled this line meanwhile. Nothing was booked.")


class NotAGiftLine(LineRefused):
    message = _("Only money that came in can be a gift.")


class GiftHasCome(LineRefused):
    message = _("This gift has come already. Nothing was booked.")


class PublicNameMissing(FundingError):
    message = _("Please write the name that readers shall see, or choose to stay unnamed.")


class AccountTaken(FundingError):
    message = _("This account already belongs to another giver. Take it apart there first, or write to us.")


class NotHere(FundingError):
    """What was begun through a processor that is not set up now."""

    message = _("This cannot be changed here at the moment. Please write to us, and we shall do it for you.")
