"""What was known of a deployment on earlier days, so that asking for it is a filter and not a computation."""

from django.db.models import CASCADE, DateField, ForeignKey, Manager, Model, Q, QuerySet, UniqueConstraint

from missions.models.deployment import PROJECTED, Deployment


class DatedProjectionQuerySet(QuerySet):
    def known_on(self, day):
        return self.filter(known_on(day))


def known_on(day, prefix: str = "") -> Q:
    """The projection that holds for what was published by a day."""
    lasts = Q(**{f"{prefix}known_until__gt": day}) | Q(**{f"{prefix}known_until__isnull": True})
    return Q(**{f"{prefix}known_from__lte": day}) & lasts


class DatedProjectionManager(Manager.from_queryset(DatedProjectionQuerySet)):
    def get_by_natural_key(self, slug, known_from):
        return self.get(deployment__slug=slug, known_from=known_from)


class DatedProjection(Model):
    """A deployment's projection from the articles certainly published by a day, until the next one changes it.

    Its columns are the deployment's own projected columns; missions.derived alone writes them.
    """

    deployment = ForeignKey(
        Deployment,
        CASCADE,
        related_name="dated_projections",
        db_index=False,  # the unique day within the deployment has one
        help_text="The deployment it is a projection of.",
    )
    known_from = DateField(help_text="The day by which the articles were certainly published.")
    known_until = DateField(
        null=True, blank=True, help_text="The day on which a later article changes it; null for the last."
    )

    objects = DatedProjectionManager()

    class Meta:
        ordering = ["deployment__slug", "known_from"]
        constraints = [
            UniqueConstraint(fields=["deployment", "known_from"], name="missions_datedprojection_once"),
        ]

    def __str__(self):
        return f"{self.deployment} as known from {self.known_from}"

    def natural_key(self):
        return (*self.deployment.natural_key(), self.known_from)

    natural_key.dependencies = ["missions.deployment"]


for name in PROJECTED:
    DatedProjection.add_to_class(name, Deployment._meta.get_field(name).clone())


def as_known(deployments: list[Deployment], day) -> list[Deployment]:
    """The deployments with the columns that they had for those who knew the articles of a day."""
    rows = {row.pk: row for row in deployments}
    for earlier in DatedProjection.objects.known_on(day).filter(deployment__in=rows):
        for name in PROJECTED:
            setattr(rows[earlier.deployment_id], name, getattr(earlier, name))
    return deployments
