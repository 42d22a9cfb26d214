"""Campaigns in the admin: Wagtail's list and forms, with amounts as people type them, and the meter."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
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
from readership.funding.forms import AmountChoiceForm, CampaignForm, MarkForm
from readership.funding.models import Campaign
from readership.funding.wording import amount_text


class LinesPanel(InlinePanel):
    """Lines that have a form of their own, because sums are typed in them."""

    def __init__(self, relation_name: str, *, form: type[WagtailAdminModelForm], **options: Any) -> None:
        super().__init__(relation_name, **options)
        self.form = form

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "form": self.form}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = self.form
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


def place_text(campaign: Campaign) -> str:
    return str(campaign.story or campaign.section or _("the whole site"))


class CampaignIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Campaign]:
        campaigns: QuerySet[Campaign] = super().get_base_queryset()
        return campaigns.select_related("section", "story")


class CampaignViewSet(ModelViewSet):
    model = Campaign
    name = "campaigns"
    url_prefix = "funding/campaigns"
    icon = "pick"
    menu_label = _("Campaigns")
    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = CampaignIndexView
    add_view_class = CampaignCreateView
    edit_view_class = CampaignEditView
    delete_view_class = CampaignDeleteView
    list_display = [
        "title",
        Column("goal", label=_("Goal"), accessor=lambda campaign: amount_text(campaign.goal), classname="number"),
        Column("place", label=_("For"), accessor=place_text),
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
                    LinesPanel(
                        "marks", form=MarkForm, panels=[FieldPanel("at_minor"), FieldPanel("label")], label=_("Mark")
                    ),
                ],
                heading=_("Goal and marks"),
            ),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading=_("Time")),
            FieldPanel("is_shown"),
            MultiFieldPanel(
                [FieldPanel("section"), FieldPanel("story")],
                heading=_("Where it is shown"),
                help_text=_("Choose none, and the campaign is for the whole site. Choose one at most."),
            ),
            LinesPanel(
                "amount_choices",
                form=AmountChoiceForm,
                panels=[FieldPanel("frequency"), FieldPanel("amount_minor")],
                heading=_("Sums that the giving page offers"),
                label=_("Sum"),
                help_text=_("With none, the giving page offers usual sums of the currency."),
            ),
        ],
        base_form_class=CampaignForm,
    )
