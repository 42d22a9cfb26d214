"""Settings → Users in the admin, with our forms: an account has one name, and its e-mail is its identity."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.users.views.users import IndexView, UserViewSet

from readership.readers.admin_forms import ReaderCreationForm, ReaderEditForm


class ReadersView(IndexView):
    search_fields = frozenset({"name", "email"})

    @property
    def columns(self) -> list[Any]:
        columns: list[Any] = super().columns
        for column in columns:
            if column.name == "email":
                column.label = _("E-mail")
        return columns


class ReaderViewSet(UserViewSet):
    index_view_class = ReadersView
    create_template_name = "wagtailusers/users/reader_create.html"
    edit_template_name = "wagtailusers/users/reader_edit.html"

    def get_form_class(self, for_update: bool = False) -> Any:
        return ReaderEditForm if for_update else ReaderCreationForm
