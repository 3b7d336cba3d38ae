"""Accounts: made and given roles by administrators; only one who may do everything makes or touches another such."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import User
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from missions.admin import second_factor


class NewAccountForm(AdminUserCreationForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.pop("autofocus")  # the admin's script puts the focus on the first field


class AccountAdmin(UserAdmin):
    add_form = NewAccountForm
    list_display = ["username", "first_name", "last_name", "is_active", "its_roles", "last_login"]
    list_filter = ["is_active", "groups"]
    actions = ["remove_second_factor"]
    # Staff may enter the desk; what they may do there is their role's.
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, widget=CheckboxSelectMultiple, **kwargs)

    @admin.display(description=_("roles"))
    def its_roles(self, user):
        return ", ".join(sorted(group.name for group in user.groups.all())) or "–"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request, obj=None):
        given = super().get_readonly_fields(request, obj)
        return given if request.user.is_superuser else [*given, "is_superuser"]

    def has_change_permission(self, request, obj=None):
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False  # the history names its persons: an account is put out of use instead

    @admin.action(description=_("Remove the second factor"), permissions=["change"])
    def remove_second_factor(self, request, queryset):
        for user in queryset:
            if self.has_change_permission(request, user):
                second_factor.remove(user)
                self.message_user(request, _("%(user)s has no second factor any more.") % {"user": user})
            else:
                self.message_user(request, _("You may not change %(user)s.") % {"user": user}, messages.WARNING)


# Keys and recovery codes are shown to their owner, on a page of their own.
for table in (User, TOTPDevice, StaticDevice):
    admin.site.unregister(table)
admin.site.register(User, AccountAdmin)
