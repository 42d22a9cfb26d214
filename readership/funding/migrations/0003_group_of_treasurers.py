"""A group for those who keep the money: they may use the admin, keep campaigns, record, reverse and download gifts.

Permissions are made by Django after the last migration, too late for a group; what is missing is made here under
the same names, and Django then finds it.
"""

from django.db import migrations

GROUP = "Treasurers"
PERMISSIONS = {
    "campaign": [
        ("add_campaign", "Can add campaign"),
        ("change_campaign", "Can change campaign"),
        ("view_campaign", "Can view campaign"),
    ],
    "gift": [
        ("record_gift", "Can record and reverse gifts and read the ledger"),
        ("export_gifts", "Can download the list of gifts"),
    ],
}


def make(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    group, _is_new = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    for model, permissions in PERMISSIONS.items():
        kind, _is_new = ContentType.objects.get_or_create(app_label="funding", model=model)
        for codename, name in permissions:
            permission, _is_new = Permission.objects.get_or_create(
                content_type=kind, codename=codename, defaults={"name": name}
            )
            group.permissions.add(permission)
    door = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    group.permissions.add(door)


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0002_ledger_only_grows"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]
    # The way back leaves the group: people may be in it, and going forward again finds it.
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
