"""Who is one giver, for every count and every sum of givers."""

from __future__ import annotations

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf

# One address is one giver; a gift that came without any stands for a giver of its own. For queries of the ledger.
GIVER = Coalesce(
    NullIf(F("gift__giver_email"), Value("")),
    F("gift__giver__email"),
    Concat(Value("gift "), Cast("gift_id", CharField())),
    output_field=CharField(),
)
