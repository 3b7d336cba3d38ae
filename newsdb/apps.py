"""The admin site, wired here so that its title stands in one place."""

from django.contrib.admin.apps import AdminConfig


class NewsdbAdminConfig(AdminConfig):
    default_site = "newsdb.desk.NewsdbAdminSite"
