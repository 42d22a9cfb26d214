"""Issues in the admin: Wagtail's list and forms. What is on its way can be looked at, and not written on any more."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from readership.newsletter.desk_forms import IssueForm
from readership.newsletter.errors import NotOpen
from readership.newsletter.models import OPEN, Audience, Edition, Issue, IssueState


def issue_url(issue: Issue) -> str:
    return reverse("newsletter_desk:issue", args=[issue.pk])


def moment_text(issue: Issue) -> str:
    moment = issue.sent_at or issue.started_at or issue.send_at
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""


def count_text(issue: Issue) -> str:
    return str(issue.expected_count) if issue.started_at else ""


class IssueIndexView(generic.IndexView):
    def get_edit_url(self, instance: Issue) -> str:
        return issue_url(instance)

    def get_delete_url(self, instance: Issue) -> str | None:
        return super().get_delete_url(instance) if instance.is_open else None


class OpenIssues:
    """Of what is on its way, or was, there is nothing to change."""

    def get_queryset(self) -> QuerySet[Issue]:
        return Issue.objects.filter(state__in=OPEN, digest_on=None)

    def get_success_url(self) -> str:
        issue: Issue = self.object  # type: ignore[attr-defined]
        return issue_url(issue)


class IssueCreateView(generic.CreateView):
    def get_success_url(self) -> str:
        return issue_url(self.object)


class IssueEditView(OpenIssues, generic.EditView):
    def save_instance(self) -> Issue:
        """Under the lock that sending takes: an issue that began meanwhile is not written on, nor begun again."""
        locked = Issue.objects.select_for_update().get(pk=self.form.instance.pk)
        if not locked.is_open:
            raise NotOpen
        self.form.instance.state, self.form.instance.send_at = locked.state, locked.send_at
        saved: Issue = super().save_instance()
        return saved

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().form_valid(form)
        except NotOpen as refused:
            messages.error(self.request, str(refused.message))
            return redirect(issue_url(form.instance))
        return answer


class IssueDeleteView(OpenIssues, generic.DeleteView):
    def get_success_url(self) -> str:
        return reverse("newsletter_issues:index")


class IssueViewSet(ModelViewSet):
    model = Issue
    name = "newsletter_issues"
    url_prefix = "newsletter/issues"
    icon = "mail"
    menu_label = _("Issues")
    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = IssueIndexView
    add_view_class = IssueCreateView
    edit_view_class = IssueEditView
    delete_view_class = IssueDeleteView
    list_display = [
        "subject",
        Column("edition", label=_("Edition"), accessor=lambda issue: Edition(issue.edition).label),
        Column("state", label=_("State"), accessor=lambda issue: IssueState(issue.state).label),
        Column("audience", label=_("Who gets it"), accessor=lambda issue: Audience(issue.audience).label),
        Column("moment", label=_("When"), accessor=moment_text),
        Column("count", label=_("Readers"), accessor=count_text, classname="number"),
    ]
    list_filter = ["state", "edition"]
    search_fields = ["subject"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("edition")]),
            FieldPanel("subject"),
            FieldPanel("preheader"),
            FieldPanel("body"),
            InlinePanel("chosen", label=_("Story"), heading=_("Stories, in this order")),
            MultiFieldPanel(
                [FieldPanel("audience"), FieldPanel("topic"), FieldPanel("section")],
                heading=_("Who gets it"),
                help_text=_("Readers who chose no topics and sections want all of them."),
            ),
        ],
        base_form_class=IssueForm,
    )
