"""Every page for search engines, in both languages, with the day of its last change."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet, Subquery
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


class InLanguages(Paginator):
    """Pages of rows, each row once for each language; the rows of other pages are not read."""

    def __init__(self, sitemap: Sitemap, rows: QuerySet):
        self.sitemap = sitemap
        super().__init__(rows, sitemap.limit // len(settings.LANGUAGES))

    def _get_page(self, rows: QuerySet, number: int, paginator: Paginator) -> Page:
        numbers = list(rows.values_list("pk", flat=True))
        whole = self.sitemap.with_changes(self.object_list.filter(pk__in=numbers))
        found = [(row, code) for row in whole for code in self.sitemap.get_languages_for_item(row)]
        return super()._get_page(found, number, paginator)


class Rows(InBothLanguages):
    """The pages of one table's public rows."""

    limit = 2000

    def __init__(self, model, rows):
        self.model, self.rows = model, rows

    def items(self):
        key = self.key
        return self.rows().order_by(key).only(key)

    @property
    def key(self) -> str:
        return "code" if self.model is Country else "slug"

    def with_changes(self, rows: QuerySet) -> QuerySet:
        """The rows with the day of their last change."""
        changes = Change.objects.filter(table=self.model._meta.model_name, key=OuterRef(self.key)).order_by("-at")
        return rows.annotate(changed=Subquery(changes.values("at")[:1]))

    @property
    def paginator(self):
        return InLanguages(self, self.items())

    def get_latest_lastmod(self):
        return None  # the index would have to read every row for it; each row's own day stands beside its address

    def location(self, item):
        return address(item)

    def lastmod(self, item):
        return item.changed


def countries():
    """Those of which there is something to see."""
    shown = Deployment.objects.public().order_by()
    sends, hosts = (shown.filter(**{side: OuterRef("pk")}) for side in ("contributing_country", "host_country"))
    return Country.objects.filter(Exists(sends) | Exists(hosts))


SITEMAPS = {
    "pages": Pages,
    "missions": Rows(Mission, lambda: Mission.objects.public()),
    "countries": Rows(Country, countries),
    "deployments": Rows(Deployment, lambda: Deployment.objects.public()),
    "articles": Rows(Article, lambda: Article.objects.public()),
}
