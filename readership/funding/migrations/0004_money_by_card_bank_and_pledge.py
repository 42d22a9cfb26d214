"""Gifts through a processor and by bank, pledges, and the movement of money that each entry books.

Altering the ledger makes SQLite build its table anew, without its triggers: they are laid on again at the end.
"""

from importlib import import_module

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import modelcluster.fields
import readership.funding.models.pledge
from django.conf import settings
from django.db import migrations, models


laying = import_module("readership.funding.migrations.0002_ledger_only_grows")


def lay_on_again(apps, schema_editor):
    laying.take_off(apps, schema_editor)
    laying.lay_on(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('funding', '0003_group_of_treasurers'),
        ('stories', '0002_sections_choose_the_order_of_comments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # First on the way there, last on the way back.
        migrations.RunPython(migrations.RunPython.noop, lay_on_again),
        migrations.CreateModel(
            name='AmountChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('frequency', models.CharField(choices=[('once', 'once'), ('month', 'monthly'), ('year', 'yearly')], max_length=5, verbose_name='how often')),
                ('amount_minor', models.BigIntegerField(verbose_name='amount')),
            ],
            options={
                'verbose_name': 'offered sum',
                'verbose_name_plural': 'offered sums',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder', models.CharField(help_text='As the bank writes it.', max_length=70, verbose_name='account holder')),
                ('iban', models.CharField(blank=True, help_text='Empty outside of IBAN countries.', max_length=34, verbose_name='IBAN')),
                ('bic', models.CharField(blank=True, max_length=11, verbose_name='BIC')),
                ('other_number', models.CharField(blank=True, max_length=120, verbose_name='account number, other than IBAN')),
                ('bank_name', models.CharField(blank=True, max_length=80, verbose_name='bank')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('is_offered', models.BooleanField(default=True, verbose_name='offered on the giving page')),
            ],
            options={
                'verbose_name': 'bank account',
                'verbose_name_plural': 'bank accounts',
                'ordering': ['holder', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BankLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
                ('booked_on', models.DateField(verbose_name='booked on')),
                ('amount_minor', models.BigIntegerField(verbose_name='amount')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('remitter_name', models.CharField(blank=True, max_length=140, verbose_name='from')),
                ('remitter_account_end', models.CharField(blank=True, max_length=4)),
                ('remitter_account_hash', models.CharField(blank=True, max_length=64)),
                ('references', models.JSONField(default=dict)),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('state', models.CharField(choices=[('open', 'open'), ('settled', 'settled'), ('no_gift', 'no gift')], default='open', max_length=10, verbose_name='state')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
            ],
            options={
                'verbose_name': 'line of a statement',
                'verbose_name_plural': 'lines of statements',
                'ordering': ['-booked_on', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='BankStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=255, verbose_name='file')),
                ('file_hash', models.CharField(max_length=64)),
                ('format', models.CharField(choices=[('camt053', 'CAMT.053'), ('mt940', 'MT940'), ('csv', 'CSV')], max_length=10, verbose_name='format')),
                ('statement_ref', models.CharField(blank=True, max_length=80, verbose_name='number')),
                ('from_on', models.DateField(blank=True, null=True, verbose_name='from')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='to')),
                ('opening_minor', models.BigIntegerField(blank=True, null=True, verbose_name='opening balance')),
                ('closing_minor', models.BigIntegerField(blank=True, null=True, verbose_name='closing balance')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('lines_count', models.PositiveIntegerField(default=0, verbose_name='lines')),
                ('new_lines_count', models.PositiveIntegerField(default=0, verbose_name='new lines')),
                ('read_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='read')),
            ],
            options={
                'verbose_name': 'bank statement',
                'verbose_name_plural': 'bank statements',
                'ordering': ['-read_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ClosedPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='to')),
                ('closed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='closed')),
                ('last_number', models.PositiveBigIntegerField(verbose_name='last entry')),
                ('last_hash', models.CharField(max_length=64)),
                ('sums', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'closed period',
                'verbose_name_plural': 'closed periods',
                'ordering': ['-ends_on'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CsvMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('columns', models.JSONField()),
                ('delimiter', models.CharField(default=';', max_length=1)),
                ('encoding', models.CharField(default='utf-8', max_length=20)),
                ('date_format', models.CharField(default='%d.%m.%Y', max_length=20)),
                ('decimal_mark', models.CharField(default=',', max_length=1)),
                ('skipped_lines', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Customer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('processor', models.CharField(choices=[('stripe', 'Stripe'), ('demo', 'demonstration'), ('bank', 'bank')], max_length=10)),
                ('is_trial', models.BooleanField(default=False)),
                ('customer_ref', models.CharField(max_length=255)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Giver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('wants_badge', models.BooleanField(default=False, verbose_name='shows the badge of a supporter')),
                ('link_version', models.PositiveIntegerField(default=1, editable=False)),
                ('language', models.CharField(blank=True, max_length=15, verbose_name='language')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='since')),
            ],
            options={
                'verbose_name': 'giver',
                'verbose_name_plural': 'givers',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Payout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('processor', models.CharField(choices=[('stripe', 'Stripe'), ('demo', 'demonstration'), ('bank', 'bank')], max_length=10, verbose_name='processor')),
                ('payout_ref', models.CharField(max_length=255, verbose_name='payout')),
                ('amount_minor', models.BigIntegerField(verbose_name='amount')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('arrives_on', models.DateField(verbose_name='arrives on')),
                ('state', models.CharField(choices=[('on_its_way', 'on its way'), ('paid', 'paid'), ('failed', 'failed')], max_length=10, verbose_name='state')),
                ('is_trial', models.BooleanField(default=False, editable=False)),
            ],
            options={
                'verbose_name': 'payout',
                'verbose_name_plural': 'payouts',
                'ordering': ['-arrives_on', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Pledge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_name', models.CharField(blank=True, max_length=80, verbose_name='public name')),
                ('is_anonymous', models.BooleanField(default=False, verbose_name='wants to stay unnamed')),
                ('dedication', models.CharField(blank=True, max_length=120, verbose_name='dedicated to')),
                ('message', models.TextField(blank=True, max_length=500, verbose_name='message to the newsroom')),
                ('language', models.CharField(blank=True, max_length=15, verbose_name='language')),
                ('reference', models.CharField(default=readership.funding.models.pledge.new_pledge_reference, editable=False, max_length=13, unique=True, verbose_name='reference')),
                ('amount_minor', models.BigIntegerField(verbose_name='amount')),
                ('cover_minor', models.BigIntegerField(default=0, verbose_name='added for the fee')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('interval', models.CharField(choices=[('month', 'every month'), ('year', 'every year')], max_length=5, verbose_name='how often')),
                ('state', models.CharField(choices=[('started', 'begun'), ('active', 'running'), ('behind', 'last payment failed'), ('paused', 'paused'), ('stopped', 'stopped'), ('expired', 'never begun')], default='started', max_length=10, verbose_name='state')),
                ('is_trial', models.BooleanField(default=False, editable=False, verbose_name='a trial, no money')),
                ('processor', models.CharField(choices=[('stripe', 'Stripe'), ('demo', 'demonstration'), ('bank', 'bank')], max_length=10, verbose_name='processor')),
                ('session_ref', models.CharField(blank=True, editable=False, max_length=255, null=True)),
                ('subscription_ref', models.CharField(blank=True, editable=False, max_length=255, null=True)),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='begun')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='next on')),
                ('failed_since', models.DateTimeField(blank=True, null=True, verbose_name='failing since')),
                ('failures_count', models.PositiveSmallIntegerField(default=0, verbose_name='failures in a row')),
                ('stopped_at', models.DateTimeField(blank=True, null=True, verbose_name='stopped')),
                ('stopped_by', models.CharField(blank=True, choices=[('giver', 'by its giver'), ('newsroom', 'by the newsroom'), ('processor', 'after payments had failed')], max_length=10, verbose_name='stopped by')),
                ('stop_reason', models.CharField(blank=True, max_length=300, verbose_name='why it was stopped')),
                ('submission_key', models.CharField(editable=False, max_length=64, unique=True)),
            ],
            options={
                'verbose_name': 'pledge',
                'verbose_name_plural': 'pledges',
                'ordering': ['-begun_at', '-pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='ProcessorEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('processor', models.CharField(choices=[('stripe', 'Stripe'), ('demo', 'demonstration'), ('bank', 'bank')], max_length=10, verbose_name='processor')),
                ('event_ref', models.CharField(max_length=255, verbose_name='event')),
                ('kind', models.CharField(max_length=80, verbose_name='kind')),
                ('api_version', models.CharField(blank=True, max_length=40, verbose_name='version of its interface')),
                ('is_trial', models.BooleanField(default=False, verbose_name='trial')),
                ('body', models.BinaryField()),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('outcome', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('ignored', 'of no concern'), ('unmatched', 'fits nothing we know'), ('refused', 'refused'), ('failed', 'failed, will be tried again')], default='waiting', max_length=10, verbose_name='outcome')),
                ('said', models.TextField(blank=True, verbose_name='note')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='worked through')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='put aside')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'ordering': ['-received_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Reconciliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('processor', models.CharField(choices=[('stripe', 'Stripe'), ('demo', 'demonstration'), ('bank', 'bank')], max_length=10, verbose_name='processor')),
                ('since', models.DateTimeField(verbose_name='since')),
                ('until', models.DateTimeField(verbose_name='until')),
                ('ran_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='compared')),
                ('movements_count', models.PositiveIntegerField(verbose_name='movements')),
                ('differences', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['-ran_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='TrialEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(unique=True, verbose_name='number')),
                ('kind', models.CharField(choices=[('gift', 'gift'), ('reversal', 'reversal'), ('opening', 'opening sum'), ('refund', 'refund'), ('refund_failed', 'refund that came back'), ('dispute', 'disputed'), ('dispute_won', 'dispute won'), ('fee', 'fee'), ('fee_back', 'fee given back'), ('cover', 'added for the fee'), ('cover_back', 'added for the fee, paid back'), ('payout', 'payout'), ('payout_failed', 'payout that came back')], max_length=20, verbose_name='kind')),
                ('amount_minor', models.BigIntegerField(verbose_name='amount')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('processor', models.CharField(blank=True, choices=[('stripe', 'Stripe'), ('demo', 'demonstration'), ('bank', 'bank')], max_length=10, verbose_name='processor')),
                ('movement_ref', models.CharField(blank=True, max_length=255, null=True, verbose_name='movement')),
                ('settled_minor', models.BigIntegerField(blank=True, null=True)),
                ('settled_currency', models.CharField(blank=True, max_length=3)),
                ('booked_at', models.DateTimeField(verbose_name='booked')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('form', models.PositiveSmallIntegerField(default=1)),
                ('previous_hash', models.CharField(max_length=64, unique=True)),
                ('hash', models.CharField(max_length=64, unique=True)),
            ],
            options={
                'verbose_name': 'trial entry',
                'verbose_name_plural': 'trial entries',
                'ordering': ['number'],
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='gift',
            options={'ordering': ['-received_on', '-pk'], 'permissions': [('record_gift', 'Can record and reverse gifts and read the ledger'), ('export_gifts', 'Can download the list of gifts'), ('refund_gift', 'Can pay gifts back through the processor'), ('close_period', 'Can close a period of the books')], 'verbose_name': 'gift', 'verbose_name_plural': 'gifts'},
        ),
        migrations.RemoveConstraint(
            model_name='ledgerentry',
            name='entry_is_what_its_kind_says',
        ),
        migrations.RemoveConstraint(
            model_name='ledgerentry',
            name='entry_once_for_a_gift_and_kind',
        ),
        migrations.AddField(
            model_name='campaign',
            name='section',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='stories.section', verbose_name='for one section'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='story',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='stories.story', verbose_name='for one story'),
        ),
        migrations.AddField(
            model_name='gift',
            name='bill_ref',
            field=models.CharField(blank=True, editable=False, max_length=255, null=True),
        ),
        migrations.AddField(
            model_name='gift',
            name='charge_ref',
            field=models.CharField(blank=True, editable=False, max_length=255, null=True),
        ),
        migrations.AddField(
            model_name='gift',
            name='cover_minor',
            field=models.BigIntegerField(default=0, verbose_name='added for the fee'),
        ),
        migrations.AddField(
            model_name='gift',
            name='dedication',
            field=models.CharField(blank=True, max_length=120, verbose_name='dedicated to'),
        ),
        migrations.AddField(
            model_name='gift',
            name='is_trial',
            field=models.BooleanField(default=False, editable=False, verbose_name='a trial, no money'),
        ),
        migrations.AddField(
            model_name='gift',
            name='language',
            field=models.CharField(blank=True, max_length=15, verbose_name='language'),
        ),
        migrations.AddField(
            model_name='gift',
            name='message',
            field=models.TextField(blank=True, max_length=500, verbose_name='message to the newsroom'),
        ),
        migrations.AddField(
            model_name='gift',
            name='payment_ref',
            field=models.CharField(blank=True, editable=False, max_length=255),
        ),
        migrations.AddField(
            model_name='gift',
            name='presented_currency',
            field=models.CharField(blank=True, editable=False, max_length=3),
        ),
        migrations.AddField(
            model_name='gift',
            name='presented_minor',
            field=models.BigIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='gift',
            name='processor',
            field=models.CharField(blank=True, choices=[('stripe', 'Stripe'), ('demo', 'demonstration'), ('bank', 'bank')], max_length=10, verbose_name='processor'),
        ),
        migrations.AddField(
            model_name='gift',
            name='public_name',
            field=models.CharField(blank=True, max_length=80, verbose_name='public name'),
        ),
        migrations.AddField(
            model_name='gift',
            name='session_ref',
            field=models.CharField(blank=True, editable=False, max_length=255, null=True),
        ),
        migrations.AddField(
            model_name='gift',
            name='state',
            field=models.CharField(choices=[('started', 'begun'), ('promised', 'announced'), ('pending', 'on its way'), ('received', 'received'), ('failed', 'failed'), ('expired', 'never came')], default='received', max_length=10, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='form',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='movement_ref',
            field=models.CharField(blank=True, max_length=255, null=True, verbose_name='movement'),
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='processor',
            field=models.CharField(blank=True, choices=[('stripe', 'Stripe'), ('demo', 'demonstration'), ('bank', 'bank')], max_length=10, verbose_name='processor'),
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='settled_currency',
            field=models.CharField(blank=True, max_length=3),
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='settled_minor',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='campaign',
            name='is_shown',
            field=models.BooleanField(default=True, help_text='Over every story, or over those of its section or story.', verbose_name='show the meter'),
        ),
        migrations.AlterField(
            model_name='gift',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entered_gifts', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
        ),
        migrations.AlterField(
            model_name='gift',
            name='kind',
            field=models.CharField(choices=[('cash', 'cash'), ('cheque', 'cheque'), ('transfer', 'bank transfer'), ('online', 'card or online')], max_length=10, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='gift',
            name='received_on',
            field=models.DateField(blank=True, null=True, verbose_name='received on'),
        ),
        migrations.AlterField(
            model_name='ledgerentry',
            name='booked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='booked_%(class)s', to=settings.AUTH_USER_MODEL, verbose_name='booked by'),
        ),
        migrations.AlterField(
            model_name='ledgerentry',
            name='campaign',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='funding.campaign', verbose_name='campaign'),
        ),
        migrations.AlterField(
            model_name='ledgerentry',
            name='kind',
            field=models.CharField(choices=[('gift', 'gift'), ('reversal', 'reversal'), ('opening', 'opening sum'), ('refund', 'refund'), ('refund_failed', 'refund that came back'), ('dispute', 'disputed'), ('dispute_won', 'dispute won'), ('fee', 'fee'), ('fee_back', 'fee given back'), ('cover', 'added for the fee'), ('cover_back', 'added for the fee, paid back'), ('payout', 'payout'), ('payout_failed', 'payout that came back')], max_length=20, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('section__isnull', True), ('story__isnull', True), _connector='OR'), name='campaign_is_for_one_thing', violation_error_message='A campaign is for one section or for one story, not for both.'),
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount_minor__gt', 0), ('gift__isnull', False), ('kind', 'gift'), ('reverses__isnull', True)), models.Q(('amount_minor__lt', 0), ('gift__isnull', False), ('kind', 'reversal'), ('reverses__isnull', False)), models.Q(('amount_minor__gt', 0), ('gift__isnull', True), ('kind', 'opening'), ('reverses__isnull', True)), models.Q(('movement_ref__isnull', False), ('reverses__isnull', True), ('amount_minor__lt', 0), ('gift__isnull', False), ('kind__in', ['refund', 'dispute', 'cover_back'])), models.Q(('movement_ref__isnull', False), ('reverses__isnull', True), ('amount_minor__gt', 0), ('gift__isnull', False), ('kind__in', ['refund_failed', 'dispute_won', 'cover'])), models.Q(('movement_ref__isnull', False), ('reverses__isnull', True), ('amount_minor__lt', 0), ('kind', 'fee')), models.Q(('movement_ref__isnull', False), ('reverses__isnull', True), ('amount_minor__gt', 0), ('kind', 'fee_back')), models.Q(('movement_ref__isnull', False), ('reverses__isnull', True), ('amount_minor__lt', 0), ('campaign__isnull', True), ('gift__isnull', True), ('kind', 'payout')), models.Q(('movement_ref__isnull', False), ('reverses__isnull', True), ('amount_minor__gt', 0), ('campaign__isnull', True), ('gift__isnull', True), ('kind', 'payout_failed')), _connector='OR'), name='entry_is_what_its_kind_says'),
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.CheckConstraint(condition=models.Q(('campaign__isnull', False), ('kind__in', ['fee', 'fee_back', 'payout', 'payout_failed']), _connector='OR'), name='entry_has_its_campaign'),
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('movement_ref__isnull', True), ('processor', '')), models.Q(('movement_ref__gt', ''), models.Q(('processor', ''), _negated=True)), _connector='OR'), name='entry_movement_has_its_processor'),
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.UniqueConstraint(fields=('processor', 'movement_ref', 'kind'), name='entry_once_for_a_movement_and_kind'),
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['gift', 'reversal'])), fields=('gift', 'kind'), name='entry_once_for_a_gift_and_kind'),
        ),
        migrations.AddField(
            model_name='amountchoice',
            name='campaign',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='amount_choices', to='funding.campaign'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('iban', ''), _negated=True), models.Q(('other_number', ''), _negated=True), _connector='OR'), name='bank_account_has_a_number', violation_error_message='An account needs an IBAN or another number.'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('iban', ''), _negated=True), fields=('iban',), name='bank_account_iban_once'),
        ),
        migrations.AddField(
            model_name='bankline',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='funding.bankaccount'),
        ),
        migrations.AddField(
            model_name='bankline',
            name='gift',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bank_line', to='funding.gift'),
        ),
        migrations.AddField(
            model_name='bankline',
            name='settled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settled_lines', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bankstatement',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='funding.bankaccount'),
        ),
        migrations.AddField(
            model_name='bankstatement',
            name='read_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='read_statements', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bankline',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='funding.bankstatement'),
        ),
        migrations.AddField(
            model_name='closedperiod',
            name='closed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closed_periods', to=settings.AUTH_USER_MODEL, verbose_name='closed by'),
        ),
        migrations.AddField(
            model_name='csvmapping',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mappings', to='funding.bankaccount'),
        ),
        migrations.AddField(
            model_name='giver',
            name='reader',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='giver', to=settings.AUTH_USER_MODEL, verbose_name='account'),
        ),
        migrations.AddField(
            model_name='customer',
            name='giver',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='customers', to='funding.giver'),
        ),
        migrations.AddField(
            model_name='gift',
            name='giver',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gifts', to='funding.giver', verbose_name='giver'),
        ),
        migrations.AddConstraint(
            model_name='payout',
            constraint=models.UniqueConstraint(fields=('processor', 'payout_ref'), name='payout_once'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='campaign',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='funding.campaign', verbose_name='campaign'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='giver',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='funding.giver', verbose_name='giver'),
        ),
        migrations.AddField(
            model_name='gift',
            name='pledge',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gifts', to='funding.pledge', verbose_name='pledge'),
        ),
        migrations.AddIndex(
            model_name='gift',
            index=models.Index(fields=['state', 'entered_at'], name='gift_by_state'),
        ),
        migrations.AddIndex(
            model_name='gift',
            index=models.Index(fields=['giver', 'received_on'], name='gift_by_giver'),
        ),
        migrations.AddIndex(
            model_name='gift',
            index=models.Index(condition=models.Q(('payment_ref', ''), _negated=True), fields=['payment_ref'], name='gift_by_payment'),
        ),
        migrations.AddConstraint(
            model_name='gift',
            constraint=models.CheckConstraint(condition=models.Q(('cover_minor__gte', 0)), name='gift_covers_no_less_than_nothing'),
        ),
        migrations.AddConstraint(
            model_name='gift',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'received'), _negated=True), ('received_on__isnull', False), _connector='OR'), name='gift_received_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='gift',
            constraint=models.UniqueConstraint(fields=('processor', 'session_ref'), name='gift_once_for_a_session'),
        ),
        migrations.AddConstraint(
            model_name='gift',
            constraint=models.UniqueConstraint(fields=('processor', 'charge_ref'), name='gift_once_for_a_charge'),
        ),
        migrations.AddConstraint(
            model_name='gift',
            constraint=models.UniqueConstraint(fields=('processor', 'bill_ref'), name='gift_once_for_a_bill'),
        ),
        migrations.AddIndex(
            model_name='processorevent',
            index=models.Index(condition=models.Q(('outcome__in', ['waiting', 'failed', 'unmatched', 'refused'])), fields=['received_at'], name='event_that_waits'),
        ),
        migrations.AddConstraint(
            model_name='processorevent',
            constraint=models.UniqueConstraint(fields=('processor', 'event_ref'), name='event_stored_once'),
        ),
        migrations.AddField(
            model_name='trialentry',
            name='booked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='booked_%(class)s', to=settings.AUTH_USER_MODEL, verbose_name='booked by'),
        ),
        migrations.AddField(
            model_name='trialentry',
            name='campaign',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='trial_entries', to='funding.campaign'),
        ),
        migrations.AddField(
            model_name='trialentry',
            name='gift',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='trial_entries', to='funding.gift'),
        ),
        migrations.AddField(
            model_name='trialentry',
            name='reverses',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='funding.trialentry'),
        ),
        migrations.AddConstraint(
            model_name='amountchoice',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='amount_choice_is_positive', violation_error_message='An offered sum must be more than nothing.'),
        ),
        migrations.AddConstraint(
            model_name='amountchoice',
            constraint=models.UniqueConstraint(fields=('campaign', 'frequency', 'amount_minor'), name='amount_choices_differ'),
        ),
        migrations.AddIndex(
            model_name='bankline',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['booked_on'], name='bank_line_open'),
        ),
        migrations.AddIndex(
            model_name='bankline',
            index=models.Index(fields=['remitter_account_hash'], name='bank_line_by_remitter'),
        ),
        migrations.AddConstraint(
            model_name='bankline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('gift__isnull', False), ('state', 'settled')), models.Q(models.Q(('state', 'settled'), _negated=True), ('gift__isnull', True)), _connector='OR'), name='bank_line_settled_has_its_gift'),
        ),
        migrations.AddConstraint(
            model_name='closedperiod',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='period_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='closedperiod',
            constraint=models.UniqueConstraint(fields=('starts_on',), name='period_starts_once'),
        ),
        migrations.AddConstraint(
            model_name='csvmapping',
            constraint=models.UniqueConstraint(fields=('account', 'name'), name='csv_mapping_name_once'),
        ),
        migrations.AddConstraint(
            model_name='giver',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='giver_once_for_an_address'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.UniqueConstraint(fields=('processor', 'customer_ref'), name='customer_ref_once'),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.UniqueConstraint(fields=('giver', 'processor', 'is_trial'), name='customer_once_for_a_giver'),
        ),
        migrations.AddIndex(
            model_name='pledge',
            index=models.Index(fields=['state', 'next_on'], name='pledge_by_state'),
        ),
        migrations.AddIndex(
            model_name='pledge',
            index=models.Index(fields=['campaign', 'state'], name='pledge_by_campaign'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='pledge_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(('cover_minor__gte', 0)), name='pledge_covers_no_less_than_nothing'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(('currency__regex', '^[A-Z][A-Z][A-Z]$')), name='pledge_currency_is_three_capitals'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'stopped'), _negated=True), ('stopped_at__isnull', False), _connector='OR'), name='pledge_stopped_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.UniqueConstraint(fields=('processor', 'session_ref'), name='pledge_once_for_a_session'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.UniqueConstraint(fields=('processor', 'subscription_ref'), name='pledge_once_for_a_subscription'),
        ),
        migrations.AddConstraint(
            model_name='trialentry',
            constraint=models.UniqueConstraint(fields=('processor', 'movement_ref', 'kind'), name='trial_once_for_a_movement_and_kind'),
        ),
        migrations.AddConstraint(
            model_name='trialentry',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['gift', 'reversal'])), fields=('gift', 'kind'), name='trial_once_for_a_gift_and_kind'),
        ),
        migrations.RunPython(lay_on_again, migrations.RunPython.noop),
    ]
