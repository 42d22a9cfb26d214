
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('discussion', '0001_threads_comments_and_votes'),
        ('readers', '0001_readers_and_guests'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Mute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('muted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text_html', models.TextField()),
                ('written_at', models.DateTimeField(verbose_name='written')),
                ('replaced_at', models.DateTimeField(verbose_name='replaced')),
                ('is_public', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'earlier version',
                'verbose_name_plural': 'earlier versions',
                'ordering': ['-replaced_at', '-id'],
            },
        ),
        migrations.AddField(
            model_name='comment',
            name='agreed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='agreed across groups since'),
        ),
        migrations.AddField(
            model_name='comment',
            name='featured_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='editors’ pick since'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('is_listed', True), ('is_pinned', False), ('parent', None)), fields=['thread', '-replies_count', '-id'], name='roots_by_replies'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('is_listed', True), ('state', 'published')), fields=['thread', '-created_at', '-id'], name='comments_by_time'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('badge', 'staff'), ('is_listed', True), ('state', 'published')), fields=['thread', '-created_at', '-id'], name='staff_by_time'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('badge', 'author'), ('is_listed', True), ('state', 'published')), fields=['thread', '-created_at', '-id'], name='authors_by_time'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('featured_at__isnull', False), ('is_listed', True)), fields=['thread', '-created_at', '-id'], name='featured_by_time'),
        ),
        migrations.AddField(
            model_name='mute',
            name='muted_guest',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='readers.guest'),
        ),
        migrations.AddField(
            model_name='mute',
            name='muted_reader',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='mute',
            name='reader',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mutes', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='version',
            name='comment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='discussion.comment'),
        ),
        migrations.AddConstraint(
            model_name='mute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('muted_guest__isnull', False), ('muted_reader', None)), models.Q(('muted_guest', None), ('muted_reader__isnull', False)), _connector='OR'), name='a_mute_is_of_a_reader_or_a_guest'),
        ),
        migrations.AddConstraint(
            model_name='mute',
            constraint=models.UniqueConstraint(fields=('reader', 'muted_reader'), name='a_reader_is_muted_once'),
        ),
        migrations.AddConstraint(
            model_name='mute',
            constraint=models.UniqueConstraint(fields=('reader', 'muted_guest'), name='a_guest_is_muted_once'),
        ),
    ]
