"""The words of desk and site → missions/locale/nl: new ones are added to the catalogue, gone ones leave it, and it is compiled.

    python -m missions.locale.build

Translations are written into nl/LC_MESSAGES/django.po by hand; this keeps the rest of it true.
"""

import io
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
SOURCES = [HERE.parent, HERE.parent.parent / "newsdb"]
PO, MO = (HERE / "nl" / "LC_MESSAGES" / f"django.{kind}" for kind in ("po", "mo"))
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "told": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}


def found() -> Catalog:
    """Every word that desk and site show: of Python, of templates, and of the tables."""
    from django.apps import apps
    from django.utils.translation.template import templatize

    from missions import labels

    catalog = Catalog(locale="nl", project="newsdb", charset="utf-8", fuzzy=False, header_comment="# newsdb in Dutch.")
    for folder in SOURCES:
        for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.html"), *folder.rglob("templates/**/*.svg")]):
            if "migrations" in path.parts:
                continue
            text = path.read_text(encoding="utf-8")
            if path.suffix != ".py":
                # What is left of a template is no Python: its indents mean nothing.
                text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
            for _line, ids, _comments, _context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
                catalog.add(ids, flags=["python-format"] if "%(" in str(ids) else ())
    for words in sorted(labels.words(apps.get_app_config("missions"))):
        catalog.add(words)
    return catalog


def built() -> tuple[Catalog, bytes, bytes]:
    """The catalogue as it should be, and the bytes of its two files."""
    catalog = found()
    with PO.open("rb") as file:
        old = read_po(file, locale="nl")
    for message in catalog:
        if message.id and (known := old.get(message.id)):
            message.string = known.string
    catalog.revision_date = catalog.creation_date = old.creation_date
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalog, width=120, sort_output=True, no_location=True, omit_header=False)
    write_mo(mo, catalog)
    return catalog, po.getvalue(), mo.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    return [str(message.id) for message in catalog if message.id and not all(_strings(message))]


def _strings(message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple) else [message.string]


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdb.settings")
    django.setup()
    catalog, po, mo = built()
    PO.write_bytes(po)
    MO.write_bytes(mo)
    for words in untranslated(catalog):
        print(f"not translated: {words}")
