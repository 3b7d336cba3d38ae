"""The models → docs/codebook.md: what every table, column, choice and rule means, told once in the models."""

from django.db.models import CheckConstraint, Field

from missions.models import DATASET, Change, DatedProjection, Revision

HEAD = """# Codebook

Generated from the models by `make codebook`; do not edit. Null means that the sources are silent.
"""


def text() -> str:
    return "\n".join([HEAD, *(_table(model) for model in (*DATASET, DatedProjection, Revision, Change))])


def _table(model) -> str:
    columns = [f for f in (*model._meta.fields, *model._meta.many_to_many) if not f.primary_key]
    lines = [f"## {model._meta.verbose_name_plural.capitalize()}", "", _prose(model.__doc__), ""]
    lines += ["| Column | Kind | Meaning |", "|---|---|---|"]
    lines += [f"| `{field.name}` | {_kind(field)} | {_meaning(field)} |" for field in columns]
    rules = [c.violation_error_message for c in model._meta.constraints if isinstance(c, CheckConstraint)]
    if rules:
        lines += ["", "Rules the database keeps:", "", *(f"- {rule}" for rule in rules)]
    return "\n".join([*lines, ""])


def _prose(doc: str) -> str:
    return " ".join(doc.split())


def _kind(field: Field) -> str:
    if field.is_relation:
        kind = field.related_model._meta.verbose_name
        return f"{kind}s, many" if field.many_to_many else f"{kind}{', or null' if field.null else ''}"
    return f"{field.get_internal_type().removesuffix('Field').lower()}{', or null' if field.null else ''}"


def _meaning(field: Field) -> str:
    meaning = str(field.help_text)
    if field.choices:
        meaning += " " + "; ".join(f"`{value}`: {label}" for value, label in field.choices) + "."
    return meaning.replace("|", "\\|")
