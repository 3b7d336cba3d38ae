"""Imprecise dates and strengths in the desk's forms: typed as people write them, and shown as understood."""

from django.core.exceptions import ValidationError
from django.forms import Form, TextInput
from django.http import JsonResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.curation import wording
from missions.models import Article
from missions.models.dates import imprecise_dates
from missions.wording import NotUnderstood, dates, numbers

# The imprecise dates of the tables that are typed at the desk.
NAMES = {
    "date": gettext_lazy("Date"),
    "said": gettext_lazy("Said"),
    "published": gettext_lazy("Published"),
    "start": gettext_lazy("Start"),
    "end": gettext_lazy("End"),
}


def typed(form: Form) -> None:
    """Give the fields of a form that take words their labels, and the means to say at once what was understood."""
    for name in date_names(form):
        words, means = form.fields[f"{name}_words"], form.fields[f"{name}_edtf"]
        words.label = gettext_lazy("%(date)s, as printed") % {"date": NAMES[name]}
        words.help_text = gettext_lazy("In the words of the source: november 2021, tot mei, last week.")
        means.label = gettext_lazy("which means")
        means.help_text = gettext_lazy("Only where the words alone do not say it: nov 2021, early 2022, or EDTF.")
        means.max_length = 200
        means.validators = []
        for field in (words, means):
            field.widget = TextInput(attrs={"data-understand": "date", "data-date": name, "autocomplete": "off"})
            field.widget.attrs["maxlength"] = 200
    if "personnel_words" in form.fields:
        form.fields["personnel_words"].widget.attrs |= {"data-understand": "strength", "autocomplete": "off"}


def date_names(form: Form) -> list[str]:
    return [date.name for date in imprecise_dates(form._meta.model) if f"{date.name}_words" in form.fields]


def read(form: Form, data: dict) -> None:
    """Read what was typed into the columns of the form's row; what cannot be read is an error of its field."""
    article = data.get("article") or (getattr(form.instance, "article_id", None) and form.instance.article)
    for name in date_names(form):
        _read_date(form, data, name, article)
    if "personnel_words" in form.fields and data.get("personnel_words"):
        _read_strength(form, data)


def _read_date(form: Form, data: dict, name: str, article: Article | None) -> None:
    words, means = data.get(f"{name}_words"), data.get(f"{name}_edtf")
    if words and f"{name}_words" in form.changed_data and f"{name}_edtf" not in form.changed_data:
        means = None  # it told what the earlier words meant
    row = form.instance
    if "rule" in form.fields:
        row.derived, row.rule = data.get("derived"), data.get("rule")
    try:
        data[f"{name}_edtf"] = wording.read_date(row, name, words, means, article).edtf
    except ValueError as error:
        form.add_error(f"{name}_edtf" if means else f"{name}_words", _said(error))
        return
    if "rule" in form.fields:
        data["derived"], data["rule"] = row.derived, row.rule


def _read_strength(form: Form, data: dict) -> None:
    row = form.instance
    for column in ("personnel_words", *wording.STRENGTH):
        setattr(row, column, data.get(column))
    try:
        wording.read_strength(row)
    except ValueError as error:
        form.add_error("personnel_words", _said(error))
        return
    data |= {column: getattr(row, column) for column in wording.STRENGTH}


def answer(request) -> JsonResponse:
    """What the desk understands of words while they are typed: `said` in a sentence, or `error` in one."""
    asked = request.GET
    try:
        if asked.get("kind") == "strength":
            return JsonResponse({"said": _say_strength(numbers.understand(asked.get("words", "")))})
        key = asked.get("article", "")
        article = Article.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
        found = wording.understood(asked.get("words"), asked.get("means"), article)
        return JsonResponse({"said": _say_date(found), "rule": found.rule})
    except (ValueError, ValidationError) as error:
        return JsonResponse({"error": _said(error)})


def _said(error: Exception) -> str:
    """A refusal in the reader's language."""
    return error.say(_) if isinstance(error, NotUnderstood) else str(error)


def _say_date(found: dates.Understood) -> str:
    if found.edtf is None:
        return _("These words date nothing: no day is recorded.")
    first, last = (date_format(day, "j F Y") if day else _("open") for day in (found.earliest, found.latest))
    day = first if first == last else f"{first} – {last}"
    return f"{day} ({found.edtf})"


def _say_strength(found: numbers.Strength) -> str:
    parts = [(_("low"), found.low), (_("best"), found.best), (_("high"), found.high)]
    return " · ".join(f"{name} {number if number is not None else '–'}" for name, number in parts)
