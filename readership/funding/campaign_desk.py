"""Campaigns in the admin: Wagtail's list and forms, with amounts as people type them, and the meter."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.slug import SlugInput

from readership.funding.campaigning import announce_change
from readership.funding.forms import CampaignForm, MarkForm
from readership.funding.models import Campaign
from readership.funding.wording import amount_text


class MarksPanel(InlinePanel):
    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = MarkForm
        return options


class MeterPanel(HelpPanel):
    """The meter as readers see it, once there is a campaign to show."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown()


class CampaignCreateView(generic.CreateView):
    def save_instance(self) -> Campaign:
        campaign: Campaign = super().save_instance()
        announce_change(campaign)
        return campaign


class CampaignEditView(generic.EditView):
    def save_instance(self) -> Campaign:
        campaign: Campaign = super().save_instance()
        announce_change(campaign)
        return campaign


class CampaignDeleteView(generic.DeleteView):
    def delete_action(self) -> None:
        # Before: afterwards it has no number. Whatever was told then is told after the commit.
        announce_change(self.object)
        super().delete_action()


class CampaignViewSet(ModelViewSet):
    model = Campaign
    name = "campaigns"
    url_prefix = "funding/campaigns"
    icon = "pick"
    menu_label = _("Campaigns")
    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    add_view_class = CampaignCreateView
    edit_view_class = CampaignEditView
    delete_view_class = CampaignDeleteView
    list_display = [
        "title",
        Column("goal", label=_("Goal"), accessor=lambda campaign: amount_text(campaign.goal), classname="number"),
        "starts_on",
        "ends_on",
        BooleanColumn("is_shown", label=_("Shown")),
    ]
    search_fields = ["title"]
    edit_handler = ObjectList(
        [
            MeterPanel(template="funding/admin/meter_panel.html", heading=_("The meter now")),
            TitleFieldPanel("title"),
            FieldPanel("slug", widget=SlugInput),
            FieldPanel("ask"),
            FieldPanel("how_to_give"),
            MultiFieldPanel(
                [
                    FieldPanel("goal_minor"),
                    MarksPanel("marks", panels=[FieldPanel("at_minor"), FieldPanel("label")], label=_("Mark")),
                ],
                heading=_("Goal and marks"),
            ),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading=_("Time")),
            FieldPanel("is_shown"),
        ],
        base_form_class=CampaignForm,
    )
