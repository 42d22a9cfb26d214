"""People: readers with an account, guests, who are known by one device, and addresses that mail may go to."""

from readership.readers.models.asking import Asking
from readership.readers.models.guest import Guest
from readership.readers.models.mail_address import MailAddress, Pace, StopReason
from readership.readers.models.network_key import NetworkKey
from readership.readers.models.reader import Reader, ReaderManager
from readership.readers.models.session import ReaderSession

__all__ = [
    "Asking",
    "Guest",
    "MailAddress",
    "NetworkKey",
    "Pace",
    "Reader",
    "ReaderManager",
    "ReaderSession",
    "StopReason",
]
