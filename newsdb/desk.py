from django.contrib.admin import AdminSite
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NewsdbAdminSite(AdminSite):
    site_header = _("newsdb — the curators’ desk")
    site_title = "newsdb"
    index_title = _("What waits")
    index_template = "admin/missions/desk.html"

    def get_urls(self):
        from missions.admin import (  # the cards register themselves here: not before this module is whole
            second_factor,
            wordings,
        )

        return [
            path("understand/", self.admin_view(wordings.answer), name="understand"),
            path("second-factor/", self.admin_view(second_factor.view), name="second_factor"),
            *super().get_urls(),
        ]

    @property
    def login_form(self):
        from missions.admin.second_factor import LoginForm

        return LoginForm

    def get_app_list(self, request, app_label=None):
        """The dataset's own tables first; libraries by what they are for."""
        found = super().get_app_list(request, app_label)
        for app in found:
            app["name"] = {"axes": _("Access log"), "auth": _("Accounts")}.get(app["app_label"], app["name"])
        return sorted(found, key=lambda app: app["app_label"] != "missions")

    def index(self, request, extra_context=None):
        from missions.worklists import MOST_COUNTED, WORKLISTS

        today = timezone.now().date()
        waiting, quiet = [], []
        for one in WORKLISTS:
            if request.user.has_perm(f"missions.view_{one.model._meta.model_name}"):
                count, oldest = one.standing(today)
                (waiting if count else quiet).append(
                    {"list": one, "count": count, "cut": count >= MOST_COUNTED, "oldest": oldest}
                )
        return super().index(request, (extra_context or {}) | {"waiting": waiting, "quiet": quiet})
