from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_items_wait_in_lines")]

    operations = [
        migrations.AlterModelOptions(
            name="outboxitem",
            options={"default_permissions": (), "permissions": [("look_after_mail", "May look after mail")]},
        ),
    ]
