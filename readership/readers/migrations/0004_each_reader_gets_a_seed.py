"""Readers from before have a picture too: each a seed of their own, drawn here and not from anything known of them."""

import secrets

from django.db import migrations

BATCH = 1_000


def give_seeds(apps, schema_editor):
    Reader = apps.get_model("readers", "Reader")
    while batch := list(Reader.objects.filter(avatar_seed="").only("pk")[:BATCH]):
        for reader in batch:
            reader.avatar_seed = secrets.token_hex(8)
        Reader.objects.bulk_update(batch, ["avatar_seed"])


class Migration(migrations.Migration):
    dependencies = [("readers", "0003_accounts_with_sessions_and_profiles")]

    operations = [migrations.RunPython(give_seeds, migrations.RunPython.noop)]
