"""A second factor for those who want one: codes of an app (TOTP), and recovery codes for the day it is lost."""

import segno
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import devices_for_user, login
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10


def devices_of(user) -> list:
    """The devices with which a person logs in; none where there is no second factor."""
    return list(devices_for_user(user, confirmed=True))


def match(user, code: str):
    """The device that gave a code, or None. A device that was guessed at waits before it takes another code."""
    code = code.replace(" ", "")
    kind = TOTPDevice if code.isdecimal() else StaticDevice  # recovery codes hold letters
    with transaction.atomic():
        for device in kind.objects.select_for_update().filter(user=user, confirmed=True):
            if device.verify_is_allowed()[0] and device.verify_token(code):
                return device
    return None


def remove(user) -> None:
    for device in devices_for_user(user, confirmed=None):
        device.delete()


class LoginForm(AdminAuthenticationForm):
    """Name and password, and the code where the account has a second factor."""

    code = forms.CharField(
        required=False,
        max_length=20,
        label=gettext_lazy("Code"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )

    def clean(self):
        data = super().clean()
        user = self.get_user()
        if user is not None and devices_of(user):
            if not data.get("code"):
                raise ValidationError(_("This account has a second factor: give the code of your app too."))
            user.otp_device = match(user, data["code"])
            if user.otp_device is None:
                raise ValidationError(_("This code is not right, or came too soon after a wrong one."))
        return data


class ChangeForm(forms.Form):
    """What turns a second factor on or off: the password again, and a code."""

    password = forms.CharField(
        label=gettext_lazy("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    code = forms.CharField(
        max_length=20,
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("The one your app shows now, or a recovery code."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self):
        if not self.user.check_password(self.cleaned_data["password"]):
            raise ValidationError(_("This is not your password."))
        return self.cleaned_data["password"]


@never_cache
@sensitive_post_parameters()
def view(request):
    """The page on which a person turns their second factor on, with a picture for the app, or off."""
    on, codes = bool(devices_of(request.user)), []
    pending = None if on else TOTPDevice.objects.get_or_create(user=request.user, confirmed=False, name="app")[0]
    form = ChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"].replace(" ", "")
        if on and match(request.user, code):
            remove(request.user)
            messages.success(request, _("The second factor is off."))
            return HttpResponseRedirect(reverse("admin:second_factor"))
        if not on and pending.verify_is_allowed()[0] and pending.verify_token(code):
            codes = _turn_on(request, pending)
            on = True
        else:
            form.add_error("code", _("This code is not right, or came too soon after a wrong one."))
    context = {
        **admin.site.each_context(request),
        "title": _("Second factor"),
        "on": on,
        "codes": codes,
        "form": form,
        "picture": None if on else _picture(pending.config_url),
        "secret": None if on else pending.config_url.split("secret=")[1].split("&")[0],
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/missions/second_factor.html", context)


@transaction.atomic
def _turn_on(request, device: TOTPDevice) -> list[str]:
    """Take the app's device into use; the recovery codes, which are shown this once."""
    device.confirmed = True
    device.save()
    StaticDevice.objects.filter(user=request.user).delete()
    paper = StaticDevice.objects.create(user=request.user, name="recovery codes")
    codes = []
    while len(codes) < RECOVERY_CODES:
        code = StaticToken.random_token()
        if not code.isdecimal():  # so that it is never taken for a code of the app
            codes.append(code)
    StaticToken.objects.bulk_create(StaticToken(device=paper, token=code) for code in codes)
    login(request, device)
    return codes


def _picture(address: str) -> str:
    """The address as a QR code, as the source of an image."""
    return segno.make(address).svg_data_uri(scale=5, border=4, dark="#000", light="#fff")
