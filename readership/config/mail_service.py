"""A mail service that is spoken to over HTTP, and tells what became of each mail: READERSHIP_MAIL_SERVICE (Anymail)."""

from __future__ import annotations

import json

from django.core.exceptions import ImproperlyConfigured

NAME = "READERSHIP_MAIL_SERVICE"
# Its name in settings and addresses → in Anymail's classes. Those that need nothing more installed.
SERVICES = {
    "brevo": "Brevo",
    "mailersend": "MailerSend",
    "mailgun": "Mailgun",
    "mailjet": "Mailjet",
    "mailtrap": "Mailtrap",
    "mandrill": "Mandrill",
    "postmark": "Postmark",
    "resend": "Resend",
    "sendgrid": "SendGrid",
    "sparkpost": "SparkPost",
    "unisender_go": "UnisenderGo",
}


def as_anymail(service: str, given: str, secret: str) -> dict[str, object]:
    """As ANYMAIL wants them. Raises ImproperlyConfigured with what is wrong; a secret is never part of it."""
    if not service:
        return {}
    if ":" not in secret:
        raise ImproperlyConfigured(
            "READERSHIP_MAIL_WEBHOOK_SECRET must be name:password, so that nobody but the mail service stops addresses."
        )
    try:
        keys = json.loads(given or "{}")
    except json.JSONDecodeError:
        keys = None
    if not isinstance(keys, dict) or not all(isinstance(value, str) for value in keys.values()):
        raise ImproperlyConfigured(f"{NAME}_KEYS must be an object in JSON with texts in it; see .env.example.")
    own = {f"{service}_{name}".upper(): value for name, value in keys.items()}
    # Nothing of a mail is rewritten or counted on its way: no pixels, no links of the service.
    return {**own, "WEBHOOK_SECRET": secret, "SEND_DEFAULTS": {"track_opens": False, "track_clicks": False}}
