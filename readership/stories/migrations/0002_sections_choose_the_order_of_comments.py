
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0001_stories_and_sections'),
    ]

    operations = [
        migrations.AddField(
            model_name='section',
            name='comment_order',
            field=models.CharField(blank=True, choices=[('newest', 'Newest'), ('oldest', 'Oldest'), ('voted', 'Most voted'), ('best', 'Best'), ('discussed', 'Most discussed')], help_text='In which order readers find comments on stories of this section. Empty: as on the whole site.', max_length=10, verbose_name='order of comments'),
        ),
    ]
