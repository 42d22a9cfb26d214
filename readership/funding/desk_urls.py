"""The addresses of the treasurer's desk, below /admin/funding/."""

from __future__ import annotations

from django.urls import path, re_path

from readership.funding import (
    bank_desk,
    batch_desk,
    comparison_desk,
    desk,
    event_desk,
    journal_desk,
    period_desk,
    pledge_desk,
    refund_desk,
    statement_desk,
)

app_name = "funding_desk"
urlpatterns = [
    path("", desk.overview, name="overview"),
    path("record/", desk.record, name="record"),
    path("gifts/", desk.gifts, name="gifts"),
    re_path(r"^gifts/download\.(?P<form>csv|xlsx)$", desk.export, name="export"),
    path("gifts/<slug:reference>/reverse/", desk.reverse_one, name="reverse"),
    path("gifts/<slug:reference>/pay-back/", refund_desk.pay_back, name="pay_back"),
    path("refunds/", refund_desk.refunds, name="refunds"),
    path("refunds/<int:refund_id>/", refund_desk.refund, name="refund"),
    path("disputes/", refund_desk.disputes, name="disputes"),
    path("batches/", batch_desk.batches, name="batches"),
    path("batches/record/", batch_desk.record, name="batch_record"),
    re_path(r"^batches/(?P<key>[0-9a-f]{32})/$", batch_desk.batch, name="batch"),
    path("pledges/", pledge_desk.pledges, name="pledges"),
    path("pledges/<slug:reference>/stop/", pledge_desk.stop, name="stop_pledge"),
    path("processor/", comparison_desk.comparison, name="comparison"),
    path("processor/comparisons/<int:comparison_id>/", comparison_desk.one_comparison, name="one_comparison"),
    path("processor/events/", event_desk.events, name="events"),
    path("processor/events/<int:event_id>/", event_desk.event, name="event"),
    path("processor/events/<int:event_id>/again/", event_desk.again, name="event_again"),
    path("processor/events/<int:event_id>/aside/", event_desk.aside, name="event_aside"),
    path("ledger/", desk.ledger, name="ledger"),
    path("ledger/check/", desk.check, name="check"),
    path("bank/", bank_desk.lines, name="bank"),
    path("bank/read/", bank_desk.read, name="bank_read"),
    path("bank/columns/", bank_desk.columns, name="bank_columns"),
    path("bank/statements/", bank_desk.statements, name="bank_statements"),
    path("bank/lines.csv", bank_desk.export, name="bank_export"),
    path("bank/debits/aside/", bank_desk.debits_aside, name="bank_debits_aside"),
    path("bank/lines/<int:line_id>/", bank_desk.line, name="bank_line"),
    path("bank/lines/<int:line_id>/settle/", bank_desk.settle, name="bank_settle"),
    path("bank/lines/<int:line_id>/gift/", bank_desk.new_gift, name="bank_new_gift"),
    path("bank/lines/<int:line_id>/aside/", bank_desk.aside, name="bank_aside"),
    path("bank/lines/<int:line_id>/reopen/", bank_desk.reopen, name="bank_reopen"),
    path("ledger/journal/", journal_desk.journal, name="journal"),
    re_path(r"^ledger/journal\.(?P<form>csv|journal)$", journal_desk.download, name="journal_download"),
    path("statements/", statement_desk.statements, name="statements"),
    path("statements/<int:year>/send/", statement_desk.send_all, name="send_statements"),
    path("statements/<int:year>/<int:giver_id>/", statement_desk.statement, name="statement"),
    path("statements/<int:year>/<int:giver_id>/send/", statement_desk.send_one, name="send_statement"),
    path("periods/", period_desk.periods, name="periods"),
    path("periods/close/", period_desk.close, name="close"),
    path("periods/<int:period_id>/", period_desk.period, name="period"),
]
