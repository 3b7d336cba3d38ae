"""Database → fixtures/*.json. The same rows give the same bytes on every database."""

import json
import os
from pathlib import Path

from django.core import serializers
from django.db import transaction
from django.db.models import JSONField

from missions.models import DATASET


@transaction.atomic
def build(folder: Path) -> list[tuple[Path, int]]:
    """Write a file for each table, numbered so that the order of their names is one in which they load."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for place, model in enumerate(DATASET, start=1):
        path = folder / f"{place}0_{str(model._meta.verbose_name_plural).replace(' ', '_')}.json"
        rows = model.objects.prefetch_related(*(field.name for field in model._meta.many_to_many))
        for field in model._meta.fields:
            if field.is_relation:
                rows = rows.select_related(field.name)
        # Sorted here and not by the database, whose collations differ.
        ordered = sorted(rows, key=lambda row: row.natural_key())
        if not ordered:  # Django warns of a fixture without rows
            path.unlink(missing_ok=True)
            continue
        data = serializers.serialize("python", ordered, use_natural_foreign_keys=True, use_natural_primary_keys=True)
        for row in data:
            for field in model._meta.many_to_many:
                row["fields"][field.name].sort()
            for field in model._meta.fields:
                if isinstance(field, JSONField):  # PostgreSQL keeps keys in an order of its own
                    row["fields"][field.name] = json.loads(json.dumps(row["fields"][field.name], sort_keys=True))
        part = path.with_suffix(".part")
        part.write_text(json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")
        written.append((part, path, len(data)))
    # Renamed only when all are whole, so that a crash leaves the old files.
    for part, path, _ in written:
        os.replace(part, path)
    return [(path, count) for _, path, count in written]
