"""Rows for tests: claims that were never saved, for the projection, and saved ones for the rest."""

from itertools import count

from missions import curation
from missions.models import Article, Claim, Country, Deployment, Mission
from missions.models.article import sha256
from missions.models.dates import ImpreciseDate

BODY = "Nederland stuurt honderd militairen naar Mali. Zij zijn er sinds 2013. Zweden vertrok.\n\nDat zei de minister."
NUMBERS = count(1)


def unsaved(published="2022-02", slug="a", **fields) -> Claim:
    """A published, accepted claim that is in no database; `date` is EDTF."""
    article = Article(slug=slug)
    article.published = ImpreciseDate.of(published)
    date = fields.pop("date", None)
    fields.setdefault("number", next(NUMBERS))
    claim = Claim(article=article, state="published", **fields)
    claim.date = ImpreciseDate.of(date, date)
    return claim


def country(code="NL") -> Country:
    names = {
        "NL": ("NLD", "Netherlands", "Nederland"),
        "ML": ("MLI", "Mali", "Mali"),
        "SE": ("SWE", "Sweden", "Zweden"),
    }
    alpha3, english, dutch = names[code]
    found = Country.objects.filter(code=code).first()
    return found or curation.record(Country(code=code, alpha3=alpha3, name_en=english, name_nl=dutch), reason="a test")


def article(slug="article", body=BODY, published="2022-02") -> Article:
    row = Article(slug=slug, body=body, raw_sha256=sha256(body), language="nl")
    row.published = ImpreciseDate.of(published, published)
    return curation.record(row, reason="a test")


def mission(slug="minusma") -> Mission:
    return curation.record(Mission(slug=slug, name=slug.upper()), reason="a test")


def deployment(code="NL") -> Deployment:
    row = Deployment(contributing_country=country(code), host_country=country("ML"))
    row.slug = curation.new_slug(row)
    return curation.record(row, reason="a test")


def passage(of: Article, words: str) -> dict:
    start = of.body.index(words)
    return {"article": of, "start": start, "end": start + len(words), "exact": words}


def claim(
    of: Article, about: Deployment, words="Zij zijn er sinds 2013.", *, publish=False, date=None, **fields
) -> Claim:
    if date is None:
        fields.setdefault("stage", "active")
    row = Claim(deployment=about, **passage(of, words), **fields)
    row.date = ImpreciseDate.of(date, fields.get("date_words", date))
    curation.record(row, reason="a test")
    if publish:
        through(of)
        through(row)
    return row


def through(row):
    """Bring a row to publication, whatever its state."""
    row.refresh_from_db()
    if row.state == "suggested":
        curation.submit(row)
    if row.state == "in_review":
        curation.publish(row)
    return row
