"""Going back: a row as an earlier version had it, a deleted row as it last was."""

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from missions import history
from missions.curation.recording import record
from missions.curation.writing import held
from missions.models import Article, Merge
from missions.publication import one_revision

# What a version does not bring back: the text and what counts in it change by correct alone.
KEPT = {Article: {"body", "body_sha256", "raw_sha256", "revision"}}


@one_revision()
def revert(row: Model, version, *, by=None, reason: str) -> Model:
    """Give a row the columns that one of its versions had; how far review has come stays."""
    current = held(row)
    for name, value in history.content(version).items():
        if name not in KEPT.get(type(row), ()):
            setattr(current, name, value)
    return record(current, by=by, reason=reason, related=_related(version))


@one_revision()
def restore(version, *, by=None, reason: str) -> Model:
    """Bring a deleted row back as it was; it starts as suggested and goes through review again."""
    model = version.instance_type
    if model.objects.filter(pk=version.instance.pk).exists():
        raise ValidationError(_("The row is there: revert it instead."))
    row = model(**history.content(version))
    if merge := Merge.objects.filter(table=model._meta.model_name, slug=getattr(row, "slug", None)).first():
        raise ValidationError(
            _("%(slug)s was merged into %(into)s: undo the merge, and it is back.")
            % {"slug": merge.slug, "into": merge.into}
        )
    related = _related(version)
    record(row, by=by, reason=reason, related=related)
    return row


def _related(version) -> dict:
    """The rows of the many-to-many columns that are still there."""
    if version.history_type == "-":
        version = version.prev_record or version  # its links were gone when the deletion was recorded
    found = {}
    for column in version._history_m2m_fields:
        links = getattr(version, column.name).all()
        target = column.m2m_reverse_field_name()
        pks = [getattr(link, f"{target}_id") for link in links]
        found[column.name] = column.related_model.objects.filter(pk__in=pks)
    return found
