"""Refunds are ordered by rows of their own; the demonstration remembers its sessions; pledges know when they ended."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('funding', '0004_money_by_card_bank_and_pledge'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DemoSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_ref', models.CharField(max_length=64, unique=True)),
                ('order', models.JSONField()),
                ('state', models.CharField(default='open', max_length=10)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('refunded_minor', models.BigIntegerField(default=0)),
                ('is_ending', models.BooleanField(default=False)),
                ('charges_count', models.PositiveIntegerField(default=0)),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='pledge',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='ended'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='told_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.CreateModel(
            name='RefundOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_minor', models.BigIntegerField(verbose_name='amount')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('state', models.CharField(choices=[('asked', 'asked for'), ('ordered', 'ordered'), ('paid', 'paid back'), ('failed', 'failed'), ('declined', 'declined')], max_length=10, verbose_name='state')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='answer')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('refund_ref', models.CharField(blank=True, max_length=255, null=True, unique=True)),
                ('submission_key', models.CharField(editable=False, max_length=64, unique=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decided_refunds', to=settings.AUTH_USER_MODEL)),
                ('gift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refund_orders', to='funding.gift', verbose_name='gift')),
            ],
            options={
                'verbose_name': 'refund',
                'verbose_name_plural': 'refunds',
                'ordering': ['-asked_at', '-pk'],
                'default_permissions': (),
                'indexes': [models.Index(condition=models.Q(('state', 'asked')), fields=['asked_at'], name='refund_that_waits')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='refund_is_positive'), models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('gift',), name='refund_asked_once_at_a_time')],
            },
        ),
    ]
