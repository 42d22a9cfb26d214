"""Treasurers may pay gifts back through the processor, and close periods of the books."""

from django.db import migrations

GROUP = "Treasurers"
PERMISSIONS = [
    ("refund_gift", "Can pay gifts back through the processor"),
    ("close_period", "Can close a period of the books"),
]


def make(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    group, _is_new = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    kind, _is_new = ContentType.objects.get_or_create(app_label="funding", model="gift")
    for codename, name in PERMISSIONS:
        permission, _is_new = Permission.objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("funding", "0006_treasurers_keep_the_bank_accounts")]
    # The way back leaves the group what it may: people may be in it, and going forward again finds it.
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
