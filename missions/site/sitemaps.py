"""Every page for search engines, in both languages, with the day of its last change."""

from django.contrib.sitemaps import Sitemap
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from missions.models import Article, Change, Country, Deployment, Mission
from missions.site.addresses import address, prefix


class InBothLanguages(Sitemap):
    i18n = alternates = True

    def get_urls(self, *args, **kwargs):
        """The language of an address is the one that stands in it: en, not en-gb."""
        found = super().get_urls(*args, **kwargs)
        for alternate in (one for url in found for one in url["alternates"]):
            alternate["lang_code"] = prefix(alternate["lang_code"])
        return found


class Pages(InBothLanguages):
    def items(self):
        return ["home", "missions", "countries", "deployments", "articles", "statements", "claims", "compare"]

    def location(self, item):
        return reverse(f"site:{item}")


class Rows(InBothLanguages):
    """The pages of one table's public rows."""

    limit = 2000

    def __init__(self, model, rows):
        self.model, self.rows = model, rows

    def items(self):
        key = "code" if self.model is Country else "slug"
        changes = Change.objects.filter(table=self.model._meta.model_name, key=OuterRef(key)).order_by("-at")
        return self.rows().order_by(key).annotate(changed=Subquery(changes.values("at")[:1]))

    def location(self, item):
        return address(item)

    def lastmod(self, item):
        return item.changed


def countries():
    """Those of which there is something to see."""
    shown = Deployment.objects.public().order_by()
    hosts = shown.filter(host_country__isnull=False).values("host_country")
    return Country.objects.filter(Q(pk__in=shown.values("contributing_country")) | Q(pk__in=hosts))


SITEMAPS = {
    "pages": Pages,
    "missions": Rows(Mission, lambda: Mission.objects.public()),
    "countries": Rows(Country, countries),
    "deployments": Rows(Deployment, lambda: Deployment.objects.public()),
    "articles": Rows(Article, lambda: Article.objects.public()),
}
