from datetime import timedelta

from django.contrib import admin, messages
from django.forms import CheckboxSelectMultiple, ModelForm, MultipleChoiceField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.admin.forms import KeysOfRows
from missions.models import Token
from missions.models.token import Scope


class TokenForm(KeysOfRows, ModelForm):
    scopes = MultipleChoiceField(choices=Scope.choices, widget=CheckboxSelectMultiple, help_text=_("What it may do."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "expires" in self.fields:
            for part, name in zip(self.fields["expires"].widget.widgets, (_("day"), _("time")), strict=True):
                part.attrs["aria-label"] = name


@admin.register(Token)
class TokenAdmin(admin.ModelAdmin):
    """Tokens are made and revoked (deleted), never changed: a program is told its token once."""

    form = TokenForm
    list_display = ["name", "user", "its_scopes", "expires", "created"]
    list_filter = ["user"]
    list_select_related = ["user"]
    autocomplete_fields = ["user"]
    fields = ["user", "name", "scopes", "expires"]

    @admin.display(description=_("scopes"))
    def its_scopes(self, token):
        return ", ".join(token.scopes)

    def has_change_permission(self, request, obj=None):
        return False

    def get_changeform_initial_data(self, request):
        return {"user": request.user.pk, "expires": timezone.now() + timedelta(days=90), "scopes": [Scope.READ]}

    def save_model(self, request, obj, form, change):
        token, words = Token.objects.issue(obj.user, obj.name, form.cleaned_data["scopes"], obj.expires)
        obj.pk = token.pk
        messages.warning(request, _("The token, shown this once: %(words)s") % {"words": words})
