from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_items_with_leases")]

    operations = [
        migrations.AddField(
            model_name="outboxitem",
            name="line",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
        migrations.AddIndex(
            model_name="outboxitem",
            index=models.Index(
                condition=models.Q(("done_at", None), ("given_up_at", None)),
                fields=["line", "id"],
                name="outbox_item_line",
            ),
        ),
    ]
