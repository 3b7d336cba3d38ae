"""The page that asks before an act that takes a reason, and says on itself what the act was refused for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError
from django.forms import CharField, Form, Textarea
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.admin.forms import LONGEST_REASON


class ReasonForm(Form):
    reason = CharField(
        max_length=LONGEST_REASON,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Kept in the history for everyone who comes after."),
        widget=Textarea(attrs={"rows": 2}),
    )


@dataclass(frozen=True, slots=True)
class Question:
    """What the page says: what will happen, what it changes, and what stands in its way."""

    title: str
    button: str
    explanation: str = ""
    differences: Iterable = ()
    rows: Iterable = ()
    obstacles: Iterable = ()
    selected: Iterable = ()  # primary keys of rows chosen in a list, and the action chosen for them
    action: str = ""
    across: bool = False  # whether all rows of the list are meant, and not only those of the page


def ask(
    admin: ModelAdmin,
    request: HttpRequest,
    question: Question,
    act: Callable[[dict], str],
    *,
    row=None,
    form_class: type[Form] = ReasonForm,
) -> HttpResponse:
    """Show the question; once it is answered, act on the answers and go to the address that `act` gives."""
    answered = request.method == "POST" and "confirmed" in request.POST
    form = form_class(request.POST) if answered else form_class()
    if answered and not question.obstacles and form.is_valid():
        try:
            return HttpResponseRedirect(act(form.cleaned_data))
        except (ValidationError, PermissionDenied, ProtectedError) as refusal:
            for message in sayings(refusal):
                form.add_error(None, message)
    context = {
        **admin.admin_site.each_context(request),
        "title": question.title,
        "question": question,
        "form": form,
        "opts": admin.opts,
        "original": row,
        "media": admin.media + form.media,
    }
    request.current_app = admin.admin_site.name
    return TemplateResponse(request, "admin/missions/confirm.html", context)


def sayings(refusal: Exception) -> list[str]:
    """What a refusal says, a sentence each."""
    if isinstance(refusal, ProtectedError):
        kinds = {row._meta.verbose_name_plural for row in refusal.protected_objects}
        return [_("Others refer to it: %(kinds)s.") % {"kinds": ", ".join(sorted(map(str, kinds)))}]
    return getattr(refusal, "messages", None) or [str(refusal) or _("You may not do that.")]
