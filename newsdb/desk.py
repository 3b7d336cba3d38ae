from django.contrib.admin import AdminSite


class NewsdbAdminSite(AdminSite):
    site_header = "newsdb — the curators' desk"
    site_title = "newsdb"
    index_title = "Tables"
