"""The desk's form for a row: silence is null, words are read, and nobody's change is written over."""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import JSONField, Model
from django.forms import CharField, CheckboxInput, HiddenInput, IntegerField, ModelChoiceField, ModelForm, Textarea
from django.forms import JSONField as FormJSONField
from django.forms.fields import InvalidJSONInput
from django.forms.models import model_to_dict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions import curation, history
from missions.admin import wordings
from missions.models.deployment import PROJECTED

LONGEST_REASON = 500
LARGEST_KEY, NO_ROW = 2**63 - 1, "0"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One column that somebody else changed while a form was open."""

    label: str
    opened: object
    theirs: object
    yours: object
    kept: bool  # whether the form keeps yours; else it now holds theirs


class WordsField(FormJSONField):
    """Words in JSON, shown again as they can be: half of a surrogate pair is written out."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": ""}) from error

    def bound_data(self, data, initial):
        try:
            return super().bound_data(data, initial)
        except RecursionError:
            return InvalidJSONInput(data)

    def prepare_value(self, value):
        shown = super().prepare_value(value)
        return shown.encode("utf-8", "backslashreplace").decode() if isinstance(shown, str) else shown


class KeysOfRows:
    """A form whose search fields survive a key that is none: it is refused as unknown, and shown as empty."""

    def _clean_fields(self):
        for name, field in self.fields.items():
            if isinstance(field, ModelChoiceField) and field.to_field_name in (None, "id"):
                key = self.add_prefix(name)
                sent = self.data.getlist(key) if hasattr(self.data, "getlist") else [self.data.get(key) or ""]
                if any(one and not (one.isascii() and one.isdecimal() and int(one) <= LARGEST_KEY) for one in sent):
                    self.data = self.data.copy()
                    self.data[key] = NO_ROW
        super()._clean_fields()


class CuratedForm(KeysOfRows, ModelForm):
    reason = CharField(
        required=False,
        max_length=LONGEST_REASON,
        label=gettext_lazy("Reason for this change"),
        help_text=gettext_lazy("Kept in the history; “edited at the desk” if empty."),
    )
    # The history number of the row as the form shows it.
    version = IntegerField(required=False, min_value=0, max_value=LARGEST_KEY, widget=HiddenInput)

    refusal: Exception | None = None  # what curation said to the form when it was sent
    meetings: list[Meeting] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "body" and isinstance(field.widget, Textarea):
                field.widget.attrs["rows"] = 3
            if hasattr(field, "empty_value"):
                field.empty_value = None  # silence is null; Django's form for long texts would say ""
        wordings.typed(self)
        if self.instance.pk:
            self.fields["version"].initial = _newest(self.instance)

    def clean(self):
        data = super().clean()
        for column in self.instance._meta.concrete_fields:
            if isinstance(column, JSONField) and column.name in data and data[column.name] is None:
                data[column.name] = column.get_default()  # an empty field is an empty list of words
        if self.instance.pk:
            self._meet(data)
        wordings.read(self, data)
        return data

    def _post_clean(self):
        super()._post_clean()
        if self.refusal is not None:
            self.say(self.refusal)

    def say(self, refusal: Exception) -> None:
        """Put what curation refused beside the fields it speaks of."""
        if not hasattr(refusal, "error_dict"):
            for message in getattr(refusal, "messages", None) or [str(refusal)]:
                self.add_error(None, message)
            return
        for name, errors in refusal.error_dict.items():
            shown = name if name in self.fields else None
            for message in ValidationError(errors).messages:
                told = message if shown or name == NON_FIELD_ERRORS else f"{name}: {message}"
                self.add_error(shown, told)

    def _meet(self, data: dict) -> None:
        """Where the row was changed since the form was opened: keep what was typed, take in the rest, and show both."""
        opened, now = data.get("version"), curation.held(self.instance)
        if opened == _newest(now):
            return
        base = type(now).history.filter(history_id=opened, id=now.pk).first() if opened is not None else None
        if base is None:
            self.add_error(None, _("This form does not say which version of the row it shows: open the page anew."))
            return
        theirs = [one for one in history.versions(now, since=opened) if _by_persons(one)]
        if not theirs:
            return
        before, after = _initial(base, self), _initial(now, self)
        changed = {d.field for one in theirs for d in one.differences}
        self.data = self.data.copy()
        self.meetings = [
            self._meeting(name, before, after) for name in self.fields if before.get(name) != after.get(name)
        ]
        self.data[self.add_prefix("version")] = _newest(now)
        last = theirs[-1]
        told = _("%(who)s changed this meanwhile (%(why)s). Nothing is lost: see “Changed meanwhile”, then save again.")
        who = {"who": last.by or _("The system"), "why": last.reason}
        if "state" in changed:
            told += " " + _("It is %(state)s now.") % {"state": now.get_state_display()}
        self.add_error(None, told % who)

    def _meeting(self, name: str, before: dict, after: dict) -> Meeting:
        field, key = self.fields[name], self.add_prefix(name)
        typed = field.widget.value_from_datadict(self.data, self.files, key)
        kept = field.has_changed(before.get(name), typed) and field.has_changed(after.get(name), typed)
        if not kept:
            _put(self.data, key, field, after.get(name))
        return Meeting(
            label=capfirst(field.label or name),
            opened=_shown(field, before.get(name)),
            theirs=_shown(field, after.get(name)),
            yours=_shown(field, typed),
            kept=kept,
        )


def _newest(row: Model) -> int | None:
    return type(row).history.filter(id=row.pk).order_by("-history_id").values_list("history_id", flat=True).first()


def _by_persons(version: history.Version) -> bool:
    """Whether a version changed more than what the projection writes."""
    return any(one.field not in PROJECTED for one in version.differences)


def _initial(row, form: ModelForm) -> dict:
    """What a form would show of a row or of one of its versions."""
    found = model_to_dict(getattr(row, "instance", row), fields=[name for name in form.fields if name != "version"])
    if hasattr(row, "instance"):
        found |= {name: sorted(pks) for name, pks in history.links(row).items() if name in form.fields}
    else:
        columns = [column.name for column in row._meta.many_to_many if column.name in form.fields]
        found |= {name: sorted(getattr(row, name).values_list("pk", flat=True)) for name in columns}
    return found


def _put(data, key: str, field, value) -> None:
    """Put a value into sent data as a browser would send it."""
    value = field.prepare_value(value)
    if isinstance(field.widget, CheckboxInput):
        data.pop(key, None)
        if value:
            data[key] = "on"
    elif isinstance(value, list):
        data.setlist(key, [str(one) for one in value])
    else:
        data[key] = "" if value is None else str(value)


def _shown(field, value) -> str:
    if hasattr(field, "queryset"):
        pks = value if isinstance(value, list) else [value]
        rows = field.queryset.model._base_manager.filter(pk__in=[pk for pk in pks if pk not in (None, "")])
        return ", ".join(sorted(map(str, rows))) or "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return dict(getattr(field, "choices", ())).get(value) or (str(value) if value not in (None, "") else "–")
