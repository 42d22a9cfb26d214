"""The form in which editors write a story. A draft may lack anything; what readers see may not."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from readership.stories.rules import problems


class StoryForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        # Wagtail defers what is required until a story is published or handed in for review.
        if not self.is_deferred_validation:
            self._say_what_is_missing(cleaned)
        return cleaned

    def _say_what_is_missing(self, cleaned: dict[str, Any]) -> None:
        if "body" in self.errors:
            return
        found = problems(
            lead_image=cleaned.get("lead_image"),
            lead_alt=cleaned.get("lead_alt") or "",
            body=cleaned.get("body"),
        )
        for problem in found:
            self.add_error(problem.field if problem.field in self.fields else None, problem.sentence)
