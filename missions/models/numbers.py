from django.core.validators import MaxValueValidator
from django.db.models import PositiveIntegerField

MOST = 2_147_483_647  # PostgreSQL's integer; SQLite would take more and the two would differ


def whole_number(**options) -> PositiveIntegerField:
    """A count of code points, persons or rows: the same bounds on every database."""
    return PositiveIntegerField(validators=[MaxValueValidator(MOST)], **options)
