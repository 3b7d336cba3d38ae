"""How an article or a deployment is cited: BibTeX for LaTeX, CSL-JSON for Zotero and its kin.

Nothing is made up: what the source does not say (a title, an author) is left out.
"""

import re
from datetime import date

from missions import edtf
from missions.edtf import One
from missions.models import Article, Deployment
from missions.models.dates import ImpreciseDate
from missions.telling import told_date

SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
# Names by which LaTeX knows languages.
BABEL = {"nl": "dutch", "en": "english", "fr": "french", "de": "german", "es": "spanish", "it": "italian", "pt": "portuguese",
         "da": "danish", "sv": "swedish", "no": "norwegian", "pl": "polish", "ru": "russian"}  # fmt: skip
BIBTEX, CSL = "application/x-bibtex; charset=utf-8", "application/vnd.citationstyles.csl+json"


def article_bibtex(article: Article, address: str) -> str:
    year, month, circa = _year_and_month(article.published)
    return _entry(
        article.slug,
        author=article.author and "{" + _escaped(article.author) + "}",
        title=article.title and "{" + _escaped(article.title) + "}",
        publisher=_escaped(article.publisher),
        year=str(year) if year else None,
        month=str(month) if month else None,
        url=_address(article.url or address),
        urldate=article.accessed_on and article.accessed_on.isoformat(),
        langid=BABEL.get(article.language[:2].casefold()),
        note=_escaped(f"newsdb {article.slug}, text {article.body_sha256[:12]}{_dated(article, year, circa)}"),
    )


def _dated(article: Article, year: int | None, circa: bool) -> str:
    """What year and month do not hold of a date: that it is rough, or where it lies."""
    if (year and (circa or edtf.read(article.published_edtf).month in edtf.SEASONS)) or (
        not year and article.published_edtf
    ):
        return f", published {told_date(article.published)}"
    return ""


def article_csl(article: Article, address: str) -> dict:
    found = {
        "id": article.slug,
        "type": "article-newspaper",
        "title": article.title,
        "author": [{"literal": article.author}] if article.author else None,
        "container-title": article.publisher,
        "issued": _issued(article.published),
        "URL": article.url or address,
        "archive": article.archive_url,
        "accessed": _parts(article.accessed_on) if article.accessed_on else None,
        "language": article.language if article.language != "und" else None,
        "note": f"newsdb {article.slug}, text {article.body_sha256[:12]}",
    }
    return {name: value for name, value in found.items() if value}


def deployment_bibtex(deployment: Deployment, title: str, address: str, revision: int, at) -> str:
    return _entry(
        f"newsdb-{deployment.slug}",
        title="{" + _escaped(title) + "}",
        howpublished=_escaped("newsdb: military missions as the news reports them"),
        year=str(at.year) if at else None,
        url=_address(address),
        note=_escaped(f"Deployment {deployment.slug}, dataset revision {revision}"),
    )


def deployment_csl(deployment: Deployment, title: str, address: str, revision: int, at) -> dict:
    found = {
        "id": f"newsdb-{deployment.slug}",
        "type": "dataset",
        "title": title,
        "container-title": "newsdb: military missions as the news reports them",
        "version": str(revision),
        "issued": _parts(at.date()) if at else None,
        "URL": address,
    }
    return {name: value for name, value in found.items() if value}


def _address(url: str) -> str:
    """An address within a BibTeX field: braces and backslashes by their numbers."""
    return url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def _entry(key: str, **fields: str | None) -> str:
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _escaped(text: str | None) -> str | None:
    return text and re.sub(r"\s+", " ", "".join(SPECIAL.get(letter, letter) for letter in text))


def _parts(day: date) -> dict:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _issued(published: ImpreciseDate) -> dict | None:
    if published.edtf is None:
        return None
    found = edtf.read(published.edtf)
    if not isinstance(found, One) or found.decade:
        return {"literal": told_date(published)}
    if found.month in edtf.SEASONS:
        return {"date-parts": [[found.year]], "season": found.month - 20}
    parts = [part for part in (found.year, found.month, found.day) if part is not None]
    return {"date-parts": [parts]} | ({"circa": True} if found.mark else {})


def _year_and_month(published: ImpreciseDate) -> tuple[int | None, int | None, bool]:
    found = edtf.read(published.edtf) if published.edtf else None
    if not isinstance(found, One) or found.decade:
        return None, None, False
    return found.year, None if found.month in edtf.SEASONS else found.month, bool(found.mark)
