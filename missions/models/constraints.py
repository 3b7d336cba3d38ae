"""The named rules of the tables: CHECK constraints, each with a sentence that a curator understands."""

from functools import reduce
from operator import or_

from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Length

PREFIX = "%(app_label)s_%(class)s_"
MOST_PERSONNEL = 10_000_000


def one_of(field: str, choices) -> CheckConstraint:
    """Choices bind the table, not only the drop-down.

    As a chain of ORs: for an IN SQLite builds a table of the choices with every row that is written.
    """
    return CheckConstraint(
        condition=reduce(or_, (Q(**{field: value}) for value in choices.values)),
        name=f"{PREFIX}{field}_known",
        violation_error_message=f"“{field}” must be one of: {', '.join(choices.values)}.",
    )


def in_order(earlier: str, later: str) -> CheckConstraint:
    return CheckConstraint(
        condition=Q(**{f"{earlier}__lte": F(later)})
        | Q(**{f"{earlier}__isnull": True})
        | Q(**{f"{later}__isnull": True}),
        name=f"{PREFIX}{earlier}_before_{later}",
        violation_error_message=f"“{earlier}” must not come after “{later}”.",
    )


def not_blank(*fields: str) -> list[CheckConstraint]:
    """Silence is null and nothing else, so that one question finds it."""
    return [
        CheckConstraint(
            condition=~Q(**{field: ""}),
            name=f"{PREFIX}{field}_not_blank",
            violation_error_message=f"“{field}” is empty: leave it null where the source is silent.",
        )
        for field in fields
    ]


def matches(field: str, pattern: str, sentence: str) -> CheckConstraint:
    return CheckConstraint(
        condition=Q(**{f"{field}__regex": pattern}),
        name=f"{PREFIX}{field}_form",
        violation_error_message=f"“{field}” {sentence}.",
    )


def together(name: str, sentence: str, *fields: str) -> CheckConstraint:
    """All of the fields are filled, or none is."""
    filled, empty = Q(), Q()
    for field in fields:
        filled &= Q(**{f"{field}__isnull": False})
        empty &= Q(**{f"{field}__isnull": True})
    return CheckConstraint(condition=filled | empty, name=f"{PREFIX}{name}", violation_error_message=sentence)


def imprecise_date(name: str) -> list[CheckConstraint]:
    earliest, latest, edtf = f"{name}_earliest", f"{name}_latest", f"{name}_edtf"
    return [
        in_order(earliest, latest),
        CheckConstraint(
            condition=Q(**{f"{edtf}__isnull": True, f"{earliest}__isnull": True, f"{latest}__isnull": True})
            | Q(**{f"{edtf}__isnull": False})
            & (Q(**{f"{earliest}__isnull": False}) | Q(**{f"{latest}__isnull": False})),
            name=f"{PREFIX}{name}_whole",
            violation_error_message=f"“{name}” needs its EDTF string and its days together, or none of them.",
        ),
        *not_blank(f"{name}_words", edtf),
    ]


def strength(prefix: str = "personnel") -> list[CheckConstraint]:
    low, best, high, words = (f"{prefix}_{part}" for part in ("low", "best", "high", "words"))
    plausible = Q()
    for field in (low, best, high):
        plausible &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (1, MOST_PERSONNEL)})
    nothing = Q(**{f"{field}__isnull": True for field in (low, best, high)})
    grounded = Q(**{f"{words}__isnull": False, f"{prefix}_basis__isnull": False})
    return [
        in_order(low, best),
        in_order(best, high),
        in_order(low, high),
        CheckConstraint(
            condition=plausible,
            name=f"{PREFIX}{prefix}_plausible",
            violation_error_message=f"A strength lies between 1 and {MOST_PERSONNEL:,}; unknown is null and never 0.",
        ),
        CheckConstraint(
            condition=(nothing & Q(**{f"{words}__isnull": True, f"{prefix}_basis__isnull": True}))
            | (~nothing & grounded),
            name=f"{PREFIX}{prefix}_grounded",
            violation_error_message="A strength needs a number, the words that give it, and its basis: all of them or none.",
        ),
        *not_blank(words),
    ]


def passage() -> list[CheckConstraint]:
    return [
        CheckConstraint(
            condition=Q(start__gte=0) & Q(start__lt=F("end")),
            name=f"{PREFIX}start_before_end",
            violation_error_message="“start” must come before “end”, counted in code points from 0.",
        ),
        CheckConstraint(
            condition=Q(end=F("start") + Length("exact")),
            name=f"{PREFIX}exact_fills_offsets",
            violation_error_message="“exact” must be as long as “end” minus “start”, in code points.",
        ),
        CheckConstraint(
            condition=Q(number__gte=1),
            name=f"{PREFIX}number_from_one",
            violation_error_message="“number” counts from 1 within its article.",
        ),
    ]
