"""What machines read of a page: schema.org's Dataset and NewsArticle as JSON-LD."""

import json
import re

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from missions.models import Article

# A script element ends where these stand, whatever the JSON means.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
# EDTF that is an ISO 8601 date too: no season, no mark, no range.
DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FORMATS = {"text/csv": "csv", "application/x-ndjson": "jsonl", "application/geo+json": "geojson"}


def script(data: dict) -> SafeString:
    """JSON-LD that can stand in a page, whatever its texts hold."""
    found = {"@context": "https://schema.org"} | {
        name: value for name, value in data.items() if value not in (None, "")
    }
    return mark_safe(json.dumps(found, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 - escaped just here


def dataset(request, description: str, revision) -> dict:
    """The dataset, its licence, and where it can be had whole."""
    root = request.build_absolute_uri("/")
    return {
        "@type": "Dataset",
        "name": "newsdb",
        "description": description,
        "url": request.build_absolute_uri(),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "version": str(revision.number),
        "dateModified": revision.at and revision.at.isoformat(),
        "image": request.build_absolute_uri(static("missions/card.png")),
        "creator": {"@type": "Organization", "name": "newsdb", "url": root},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media_type,
                "contentUrl": f"{root}api/v1/deployments/?format={name}",
            }
            for media_type, name in FORMATS.items()
        ],
    }


def part(request, title: str, description: str, distribution: dict[str, str]) -> dict:
    """A mission, a country or a deployment as a part of the dataset."""
    return {
        "@type": "Dataset",
        "name": title,
        "description": description,
        "url": request.build_absolute_uri(request.path),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "isPartOf": {"@type": "Dataset", "name": "newsdb", "url": request.build_absolute_uri("/")},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media_type,
                "contentUrl": request.build_absolute_uri(address),
            }
            for media_type, address in distribution.items()
        ],
    }


def news_article(request, article: Article) -> dict:
    """The article as published; what is not known of it is left out."""
    return {
        "@type": "NewsArticle",
        "url": article.url or request.build_absolute_uri(request.path),
        "headline": article.title,
        "author": article.author and {"@type": "Person", "name": article.author},
        "publisher": article.publisher and {"@type": "Organization", "name": article.publisher},
        "datePublished": article.published_edtf if DAY.fullmatch(article.published_edtf or "") else None,
        "inLanguage": article.language if article.language != "und" else None,
        "archivedAt": article.archive_url,
        "articleBody": article.body if article.text_public else None,
    }
