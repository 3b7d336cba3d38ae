"""The tables' words in the reader's language.

They stand in English in the models, which stay free of it; here every name, help text, choice and rule becomes one that
is translated when it is shown. The API and the codebook speak English whoever asks (newsdb.languages).
"""

from collections.abc import Iterator

from django.apps import AppConfig
from django.utils.translation import gettext_lazy

SHOWN = {"article", "country", "mission", "statement", "deployment", "claim", "merge", "token", "suggestion"}


def translate(app: AppConfig) -> None:
    for holder, name, words in _places(app):
        setattr(holder, name, gettext_lazy(words))
    for field in _fields(app):
        if field.choices:
            field.choices = [(value, gettext_lazy(str(label))) for value, label in field.flatchoices]


def words(app: AppConfig) -> set[str]:
    """All words of the tables that are translated."""
    choices = {str(label) for field in _fields(app) for _value, label in field.flatchoices or ()}
    return {text for _holder, _name, text in _places(app)} | choices


def _fields(app: AppConfig) -> Iterator:
    for model in _tables(app):
        yield from (f for f in (*model._meta.concrete_fields, *model._meta.local_many_to_many) if not f.primary_key)


def _tables(app: AppConfig) -> list:
    """The tables that the desk shows."""
    return [model for name, model in app.models.items() if name in SHOWN]


def _places(app: AppConfig) -> Iterator[tuple[object, str, str]]:
    for model in _tables(app):
        for name in ("verbose_name", "verbose_name_plural"):
            yield model._meta, name, str(getattr(model._meta, name))
        for rule in model._meta.constraints:
            if rule.violation_error_message:
                yield rule, "violation_error_message", str(rule.violation_error_message)
    for field in _fields(app):
        for name in ("verbose_name", "help_text"):
            if getattr(field, name):
                yield field, name, str(getattr(field, name))
