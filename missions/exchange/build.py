"""Database → fixtures/*.json, a row at a time. The same rows give the same bytes on every database."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.core.serializers.python import Serializer
from django.db import connection, transaction
from django.db.models import CharField, JSONField, Model, QuerySet
from django.db.models.functions import Collate

from missions.bulk import batched
from missions.exchange.references import column_of, natural_key_paths
from missions.models import DATASET

BATCH = 500


@transaction.atomic
def build(folder: Path) -> list[tuple[Path, int]]:
    """Write a file for each table, numbered so that the order of their names is one in which they load."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for place, model in enumerate(DATASET, start=1):
        path = folder / f"{place}0_{str(model._meta.verbose_name_plural).replace(' ', '_')}.json"
        part = path.with_suffix(".part")
        count = _write(part, model)
        if count:
            written.append((part, path, count))
        else:  # Django warns of a fixture without rows
            part.unlink()
            path.unlink(missing_ok=True)
    # Renamed only when all are whole, so that a crash leaves the old files.
    for part, path, _ in written:
        os.replace(part, path)
    return [(path, count) for _, path, count in written]


def _write(path: Path, model: type[Model]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for row in _rows(model):
            shown = json.dumps(row, ensure_ascii=False, indent=1, default=str)
            file.write((",\n " if count else "[\n ") + shown.replace("\n", "\n "))
            count += 1
        file.write("\n]\n")
    return count


def _rows(model: type[Model]) -> Iterator[dict]:
    """The rows of a table by their natural keys, references by theirs."""
    data = [field.name for field in model._meta.fields if isinstance(field, JSONField)]
    links = [field.name for field in model._meta.many_to_many]
    serializer = Serializer()
    for batch in batched(_ordered(model).iterator(chunk_size=BATCH), BATCH):
        for row in serializer.serialize(batch, use_natural_foreign_keys=True, use_natural_primary_keys=True):
            for name in links:
                row["fields"][name].sort()
            for name in data:  # PostgreSQL keeps keys in an order of its own
                row["fields"][name] = json.loads(json.dumps(row["fields"][name], sort_keys=True))
            yield row


def _ordered(model: type[Model]) -> QuerySet:
    """By the code points of words, which collations of databases order in their own ways, and numbers as numbers."""
    order, bodies = [], []
    for path in natural_key_paths(model):
        words = isinstance(column_of(model, path), CharField)
        order.append(Collate(path, "C") if words and connection.vendor == "postgresql" else path)
    relations = [field.name for field in model._meta.fields if field.is_relation]
    if "article" in relations:
        bodies.append("article__body")  # of which only the slug is asked
    rows = model._base_manager.select_related(*relations).defer(*bodies)
    return rows.prefetch_related(*(field.name for field in model._meta.many_to_many)).order_by(*order)
