"""How far what is computed from the facts has kept up with the tables."""

from django.db.models import CharField, CheckConstraint, Model, Q


class Computed(Model):
    """One row, there once what the tables' migrations left to be computed was computed."""

    migration = CharField(max_length=255, help_text="The last of newsdb's migrations then.")

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(pk=1),
                name="missions_computed_one_row",
                violation_error_message="There is one such row.",
            ),
        ]

    def __str__(self):
        return self.migration
