"""What search engines are told of the newsroom itself: schema.org's NewsMediaOrganization, on the front page."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from readership.stories.describing import in_script
from readership.stories.queries import absolute


def organization_json_ld() -> SafeString:
    """`ownershipFundingInfo` is what The Trust Project asks for: who pays for this, here added up from the ledger."""
    return in_script(
        {
            "@context": "https://schema.org",
            "@type": "NewsMediaOrganization",
            "@id": f"{settings.SITE_URL}/#organization",
            "name": settings.SITE_NAME,
            "url": f"{settings.SITE_URL}/",
            "ownershipFundingInfo": absolute(reverse("funding:books")),
        }
    )
