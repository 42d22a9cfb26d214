"""Treasurers may say which accounts take transfers: whoever reads the statements knows them."""

from django.db import migrations

GROUP = "Treasurers"
PERMISSIONS = [
    ("add_bankaccount", "Can add bank account"),
    ("change_bankaccount", "Can change bank account"),
    ("delete_bankaccount", "Can delete bank account"),
    ("view_bankaccount", "Can view bank account"),
]


def make(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    group, _is_new = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    kind, _is_new = ContentType.objects.get_or_create(app_label="funding", model="bankaccount")
    for codename, name in PERMISSIONS:
        permission, _is_new = Permission.objects.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("funding", "0005_refunds_and_demo_sessions")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
