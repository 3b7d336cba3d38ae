"""Rules of choices that SQLite checks without building a table of them, and no indexes of the history that nobody reads."""

import django.db.models.deletion
from django.conf import settings
from django.db import OperationalError, migrations, models, transaction


TRIES, PATIENCE = 120, "500ms"


class Once(migrations.SeparateDatabaseAndState):
    """Operations on some tables, for which SQLite writes each table anew once, and PostgreSQL holds all before it begins."""

    def __init__(self, operations):
        super().__init__(operations, operations)

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # to be made once, and not anew with each operation
        super().state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if not self.done(app_label, schema_editor, to_state):
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if not self.done(app_label, schema_editor, to_state):
            super().database_backwards(app_label, schema_editor, from_state, to_state)

    def done(self, app_label, schema_editor, state):
        """Prepare the tables for the operations; whether nothing is left to do."""
        names = dict.fromkeys(operation.model_name for operation in self.database_operations)
        models = [state.apps.get_model(app_label, name) for name in names]
        if schema_editor.connection.vendor == "sqlite":
            for model in models:
                remake(schema_editor, model)
            return True
        hold(schema_editor.connection, models)
        return False


def remake(schema_editor, model):
    """Write a table anew with its rules. Its numbers go on where they were: none that was ever given is given again.

    SQLite forgets with the old table which number was the last; that of a row which is gone stands in the history.
    """
    table = model._meta.db_table
    record = f"missions_historical{model._meta.model_name}"
    with schema_editor.connection.cursor() as cursor:
        last = [cursor.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = %s", [table]).fetchone()[0]]
        if record in schema_editor.connection.introspection.table_names(cursor):
            last += cursor.execute(f"SELECT max(id) FROM {record}").fetchone()
    schema_editor._remake_table(model)
    with schema_editor.connection.cursor() as cursor:
        last += cursor.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = %s", [table]).fetchone()
        if known := [number for number in last if number is not None]:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, max(known)])


def hold(connection, models):
    """Hold all the tables at once, letting go of those that are held while another is waited for: readers join them in any order."""
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    for tried in range(1, TRIES + 1):
        try:
            with transaction.atomic(connection.alias), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout TO '{PATIENCE}'")
                cursor.execute(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE")
                cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
            return
        except OperationalError:
            if tried == TRIES:
                raise


class Migration(migrations.Migration):

    dependencies = [
        ('missions', '0007_computed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [Once([
        migrations.RemoveConstraint(
            model_name='article',
            name='missions_article_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='change',
            name='missions_change_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='claim',
            name='missions_claim_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='claim',
            name='missions_claim_stage_known',
        ),
        migrations.RemoveConstraint(
            model_name='claim',
            name='missions_claim_personnel_basis_known',
        ),
        migrations.RemoveConstraint(
            model_name='claim',
            name='missions_claim_verdict_known',
        ),
        migrations.RemoveConstraint(
            model_name='deployment',
            name='missions_deployment_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='deployment',
            name='missions_deployment_force_type_known',
        ),
        migrations.RemoveConstraint(
            model_name='deployment',
            name='missions_deployment_status_known',
        ),
        migrations.RemoveConstraint(
            model_name='deployment',
            name='missions_deployment_start_basis_known',
        ),
        migrations.RemoveConstraint(
            model_name='deployment',
            name='missions_deployment_end_basis_known',
        ),
        migrations.RemoveConstraint(
            model_name='deployment',
            name='missions_deployment_personnel_basis_known',
        ),
        migrations.RemoveConstraint(
            model_name='merge',
            name='missions_merge_table_known',
        ),
        migrations.RemoveConstraint(
            model_name='mission',
            name='missions_mission_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='statement',
            name='missions_statement_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='statement',
            name='missions_statement_form_known',
        ),
        migrations.RemoveConstraint(
            model_name='statement',
            name='missions_statement_attribution_known',
        ),
        migrations.RemoveConstraint(
            model_name='suggestion',
            name='missions_suggestion_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='suggestion',
            name='missions_suggestion_decision_known',
        ),
        migrations.AlterField(
            model_name='historicalarticle',
            name='history_date',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='historicalclaim',
            name='deployment',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='The deployment it speaks of.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='missions.deployment'),
        ),
        migrations.AlterField(
            model_name='historicalclaim',
            name='history_date',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='historicalcountry',
            name='history_date',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='historicaldeployment',
            name='contributing_country',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='The state that supplies the personnel.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='missions.country'),
        ),
        migrations.AlterField(
            model_name='historicaldeployment',
            name='history_date',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='historicaldeployment',
            name='host_country',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='Where the force is deployed.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='missions.country'),
        ),
        migrations.AlterField(
            model_name='historicaldeployment',
            name='mission',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='Null where no passage names it or describes it uniquely.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='missions.mission'),
        ),
        migrations.AlterField(
            model_name='historicalearliertext',
            name='history_date',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='historicalmerge',
            name='history_date',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='historicalmission',
            name='history_date',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='historicalstatement',
            name='country',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='The country spoken for; null where unclear.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='missions.country'),
        ),
        migrations.AlterField(
            model_name='historicalstatement',
            name='history_date',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='historicalstatement_countries',
            name='country',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='missions.country'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'suggested'), ('state', 'in_review'), ('state', 'published'), ('state', 'rejected'), _connector='OR'), name='missions_article_state_known', violation_error_message='“state” must be one of: suggested, in_review, published, rejected.'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'changed'), ('kind', 'withdrawn'), _connector='OR'), name='missions_change_kind_known', violation_error_message='“kind” must be one of: changed, withdrawn.'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'suggested'), ('state', 'in_review'), ('state', 'published'), ('state', 'rejected'), _connector='OR'), name='missions_claim_state_known', violation_error_message='“state” must be one of: suggested, in_review, published, rejected.'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('stage', 'considered'), ('stage', 'announced'), ('stage', 'authorized'), ('stage', 'declined'), ('stage', 'active'), ('stage', 'extended'), ('stage', 'reduced'), ('stage', 'under_review'), ('stage', 'ended'), ('stage', 'withdrawn'), ('stage', 'turned_back'), _connector='OR'), name='missions_claim_stage_known', violation_error_message='“stage” must be one of: considered, announced, authorized, declined, active, extended, reduced, under_review, ended, withdrawn, turned_back.'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('personnel_basis', 'deployed'), ('personnel_basis', 'pledged'), ('personnel_basis', 'ceiling'), _connector='OR'), name='missions_claim_personnel_basis_known', violation_error_message='“personnel_basis” must be one of: deployed, pledged, ceiling.'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('verdict', 'accepted'), ('verdict', 'disputed'), ('verdict', 'rejected'), _connector='OR'), name='missions_claim_verdict_known', violation_error_message='“verdict” must be one of: accepted, disputed, rejected.'),
        ),
        migrations.AddConstraint(
            model_name='deployment',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'suggested'), ('state', 'in_review'), ('state', 'published'), ('state', 'rejected'), _connector='OR'), name='missions_deployment_state_known', violation_error_message='“state” must be one of: suggested, in_review, published, rejected.'),
        ),
        migrations.AddConstraint(
            model_name='deployment',
            constraint=models.CheckConstraint(condition=models.Q(('force_type', 'military'), ('force_type', 'police'), ('force_type', 'military_observers'), ('force_type', 'civilian'), ('force_type', 'unspecified'), _connector='OR'), name='missions_deployment_force_type_known', violation_error_message='“force_type” must be one of: military, police, military_observers, civilian, unspecified.'),
        ),
        migrations.AddConstraint(
            model_name='deployment',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'considered'), ('status', 'announced'), ('status', 'authorized'), ('status', 'declined'), ('status', 'active'), ('status', 'extended'), ('status', 'reduced'), ('status', 'under_review'), ('status', 'ended'), ('status', 'withdrawn'), ('status', 'turned_back'), _connector='OR'), name='missions_deployment_status_known', violation_error_message='“status” must be one of: considered, announced, authorized, declined, active, extended, reduced, under_review, ended, withdrawn, turned_back.'),
        ),
        migrations.AddConstraint(
            model_name='deployment',
            constraint=models.CheckConstraint(condition=models.Q(('start_basis', 'stated'), ('start_basis', 'derived'), ('start_basis', 'bounded'), _connector='OR'), name='missions_deployment_start_basis_known', violation_error_message='“start_basis” must be one of: stated, derived, bounded.'),
        ),
        migrations.AddConstraint(
            model_name='deployment',
            constraint=models.CheckConstraint(condition=models.Q(('end_basis', 'stated'), ('end_basis', 'derived'), ('end_basis', 'bounded'), _connector='OR'), name='missions_deployment_end_basis_known', violation_error_message='“end_basis” must be one of: stated, derived, bounded.'),
        ),
        migrations.AddConstraint(
            model_name='deployment',
            constraint=models.CheckConstraint(condition=models.Q(('personnel_basis', 'deployed'), ('personnel_basis', 'pledged'), ('personnel_basis', 'ceiling'), _connector='OR'), name='missions_deployment_personnel_basis_known', violation_error_message='“personnel_basis” must be one of: deployed, pledged, ceiling.'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('table', 'deployment'), ('table', 'mission'), _connector='OR'), name='missions_merge_table_known', violation_error_message='“table” must be one of: deployment, mission.'),
        ),
        migrations.AddConstraint(
            model_name='mission',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'peacekeeping'), ('kind', 'training'), ('kind', 'combat'), ('kind', 'observation'), ('kind', 'stabilization'), ('kind', 'maritime'), ('kind', 'police'), ('kind', 'national_operation'), ('kind', 'other'), _connector='OR'), name='missions_mission_kind_known', violation_error_message='“kind” must be one of: peacekeeping, training, combat, observation, stabilization, maritime, police, national_operation, other.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'suggested'), ('state', 'in_review'), ('state', 'published'), ('state', 'rejected'), _connector='OR'), name='missions_statement_state_known', violation_error_message='“state” must be one of: suggested, in_review, published, rejected.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('form', 'direct'), ('form', 'indirect'), ('form', 'mixed'), _connector='OR'), name='missions_statement_form_known', violation_error_message='“form” must be one of: direct, indirect, mixed.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('attribution', 'explicit'), ('attribution', 'inferred'), ('attribution', 'none'), _connector='OR'), name='missions_statement_attribution_known', violation_error_message='“attribution” must be one of: explicit, inferred, none.'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'statement'), ('kind', 'claim'), _connector='OR'), name='missions_suggestion_kind_known', violation_error_message='“kind” must be one of: statement, claim.'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('decision', 'accepted'), ('decision', 'corrected'), ('decision', 'rejected'), _connector='OR'), name='missions_suggestion_decision_known', violation_error_message='“decision” must be one of: accepted, corrected, rejected.'),
        ),
    ])]
