"""The entrance for any WSGI server: the same site that `readership serve` runs."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readership.config.settings")

import django

django.setup()

from readership.config.serving.site import whole_site  # noqa: E402 - needs the settings

application = whole_site()
