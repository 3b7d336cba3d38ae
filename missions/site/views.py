"""The site's pages: what each shows."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from missions import caching, filtersets
from missions.models import Article, Claim, Country, Deployment, Mission, Statement
from missions.models.revision import ChangeKind
from missions.questions import read_day, read_one
from missions.site import citing, feeds, lanes, linked_data
from missions.site import compare as comparing
from missions.site.addresses import address
from missions.site.asking import Moved, asked, check, form_of, given, paged, read
from missions.site.facts import conflicts_of, in_time_order, known_when, published_when, values_of
from missions.site.files import map_file, strengths_file, timeline_file
from missions.site.map import world
from missions.site.names import cited, name_of
from missions.site.overview import SHOW, STRENGTHS, Overview
from missions.site.page import found, page
from missions.site.reading import facts_of, pieces_of
from missions.site.timeline import Picture, picture

NEWEST = 6
HITS = 5  # of each table, on the page of a search
MOST_COUNTED = 10_000  # hits of each table
STATEMENTS = 20  # on the page of a mission or a country
# Statements in the order in which they were made.
SAID = (Coalesce("said_earliest", "said_latest", "article__published_earliest", "article__published_latest"),
        "article__slug", "start")  # fmt: skip


def _file(request, overview: Overview, name: str) -> HttpResponse:
    """One of the pictures of an overview: its timeline, or its strengths where they are asked for and known."""
    if read(request, SHOW, read_one(STRENGTHS)) is None:
        return timeline_file(request, overview.timeline, name)
    if overview.strengths is None:
        raise Http404
    return strengths_file(request, overview.strengths, name)


def _some(rows: QuerySet, most: int) -> dict:
    """The first rows, and whether there are more."""
    some = list(rows[: most + 1])
    return {"rows": some[:most], "more": len(some) > most}


def _about(request, title: str, description: str, api: str) -> dict:
    """Title, description and what machines read, of a page about a part of the dataset."""
    csv = f"{api}&format=csv"
    data = linked_data.part(request, title, description, {"application/json": api, "text/csv": csv})
    return {"title": title, "description": description, "api": api, "linked_data": linked_data.script(data)}


# --- home


@page
def home(request):
    """What the dataset holds: counts, the picture of everything, the newest facts with their words."""
    check(request)
    tables = {"missions": Mission, "deployments": Deployment, "claims": Claim, "statements": Statement,
              "articles": Article}  # fmt: skip
    once = caching.remembered.get
    counts = [
        (reverse(f"site:{name}"), model._meta, once(request.dataset, ("count", name), model.objects.count_public))
        for name, model in tables.items()
    ]
    description = _(
        "Who sends whom, where, since when, until when, how many — as the news reports it. "
        "No fact stands here without its passage."
    )
    timeline = _home_picture(request)
    context = {
        "title": _("Military missions, with the words that say so"),
        "description": description,
        "counts": counts,
        "timeline": timeline,
        "newest": [row for _change, row in feeds.newest(["claim"], 2 * NEWEST, kind=ChangeKind.CHANGED) if row][
            :NEWEST
        ],
        "linked_data": linked_data.script(linked_data.dataset(request, description, request.dataset)),
    }
    return render(request, "missions/home.html", context)


@page
def home_timeline(request):
    check(request)
    return timeline_file(request, _home_picture(request), "all")


def _home_picture(request) -> Picture:
    """The picture of everything, drawn once a revision in each language."""
    return caching.remembered.get(request.dataset, ("home", get_language()), _draw_home)


def _draw_home() -> Picture:
    groups, left_out = lanes.places_of()
    if left_out:
        description = _("The places with the most deployments; each line is all of one's deployments together.")
    else:
        description = _("Each line is a country's presence in a mission, or in a country where no mission is named.")
    return picture(groups, name="all", title=_("Missions and their contributors over time"), description=description)


# --- a mission


@page
def mission(request, slug):
    check(request, "page")
    row = found(Mission.objects.public().prefetch_related("host_countries"), slug)
    description = _("Who sends whom to %(mission)s, since when, until when, how many, with the words that say so.")
    statements = Statement.objects.public().filter(missions=row)
    context = _about(request, str(row), description % {"mission": row}, f"{reverse('deployment-list')}?mission={slug}")
    context |= {"mission": row, "overview": _of_mission(request, row), "statements": _said(statements)}
    return render(request, "missions/mission.html", context)


@page
def mission_timeline(request, slug):
    check(request, "page", SHOW)
    row = found(Mission.objects.public(), slug)
    return _file(request, _of_mission(request, row), slug)


def _of_mission(request, row: Mission) -> Overview:
    def link(country: Country) -> str:
        return _deployments(mission=row.slug, contributing_country=country.code)

    return Overview(
        request,
        lanes.by_contributor(Deployment.objects.public().filter(mission=row)),
        name="mission",
        file=reverse("site:mission_timeline", args=[row.slug]),
        title=_("%(name)s: contributing countries over time") % {"name": row},
        lane=lanes.contributor_title,
        grouping=lambda rows: lanes.by_country(rows, link),
    )


def _said(rows: QuerySet) -> dict:
    rows = rows.select_related("article", "country").defer("article__body")
    return _some(rows.order_by(*SAID), STATEMENTS)


def _deployments(**asked: str) -> str:
    return f"{reverse('site:deployments')}?{urlencode(asked)}"


# --- a country


@page
def country(request, code):
    check(request, "page", "hosted_page")
    row = _country(request, code)
    description = _("Whom %(country)s sends where, and who is sent there, with the words that say so.")
    statements = Statement.objects.public().filter(Q(country=row) | Q(pk__in=row.statements_about.values("pk")))
    api = f"{reverse('deployment-list')}?country={row.code}"
    context = _about(request, name_of(row), description % {"country": name_of(row)}, api)
    context |= {
        "country": row,
        "sent": _sent(request, row),
        "received": _received(request, row),
        "map": _map(row),
        "statements": _said(statements),
    }
    return render(request, "missions/country.html", context)


@page
def country_timeline(request, code):
    """Of what it contributes; with `hosted_page`, of what it hosts."""
    check(request, "page", "hosted_page", SHOW)
    row = _country(request, code)
    shown = _received(request, row) if "hosted_page" in given(request) else _sent(request, row)
    return _file(request, shown, f"{code}-{shown.name}")


@page
def country_map(request, code):
    check(request)
    row = _country(request, code)
    shown = _map(row)
    if shown is None:
        raise Http404
    return map_file(request, shown, row, f"{code}-map")


def _country(request, code: str) -> Country:
    """By either ISO code in any case; its address is the one of two capital letters."""
    asked = code.upper() if code.isascii() else code
    row = Country.objects.public().filter(Q(code=asked) | Q(alpha3=asked)).first()
    if row is None:
        raise Http404
    if row.code != code:
        query = request.META.get("QUERY_STRING")
        raise Moved(reverse(request.resolver_match.view_name, args=[row.code]) + (f"?{query}" if query else ""))
    return row


def _sent(request, row: Country) -> Overview:
    def link(place: Mission | Country) -> str:
        of_mission = {"mission": place.slug} if isinstance(place, Mission) else {"host_country": place.code}
        return _deployments(contributing_country=row.code, **of_mission)

    return Overview(
        request,
        Deployment.objects.public().filter(contributing_country=row).order_by("mission", "host_country", "slug"),
        name="contributor",
        file=reverse("site:country_timeline", args=[row.code]),
        title=_("%(name)s as contributor, over time") % {"name": name_of(row)},
        lane=lanes.place_title,
        grouping=lambda rows: lanes.by_place(rows, link),
    )


def _received(request, row: Country) -> Overview:
    def link(country: Country) -> str:
        return _deployments(host_country=row.code, contributing_country=country.code)

    return Overview(
        request,
        lanes.by_contributor(Deployment.objects.public().filter(host_country=row)),
        name="host",
        file=reverse("site:country_timeline", args=[row.code]),
        title=_("%(name)s as host, over time") % {"name": name_of(row)},
        lane=lanes.visitor_title,
        grouping=lambda rows: lanes.by_country(rows, link),
        parameter="hosted_page",
    )


def _map(row: Country):
    """Where its forces were seen, and whose were seen with it; a plan or a refusal sends nobody."""
    shown = Deployment.objects.public().filter(start_basis__isnull=False).order_by()
    hosts = shown.filter(contributing_country=row, host_country__isnull=False).values("host_country")
    contributors = shown.filter(host_country=row).values("contributing_country")
    countries = Country.objects.all()
    return world(row, countries.filter(pk__in=hosts), countries.filter(pk__in=contributors))


# --- a deployment


@page
def deployment(request, slug):
    check(request)
    row = _deployment(slug)
    claims = lanes.claims_of([row])[row.pk]
    title = name_of(row)
    api = f"{reverse('deployment-list')}?slug={slug}"
    context = _about(request, title, _described(row), api) | {
        "deployment": row,
        "values": values_of(row, claims),
        "claims": in_time_order(claims),
        "conflicts": conflicts_of(claims),
        "known": known_when(row),
        "published": published_when(row),
        "timeline": _deployment_picture(row, claims),
        "cite": [_citation(request, row, name) for name in CITATIONS],
    }
    return render(request, "missions/deployment.html", context)


@page
def deployment_timeline(request, slug):
    check(request)
    row = _deployment(slug)
    return timeline_file(request, _deployment_picture(row, lanes.claims_of([row])[row.pk]), slug)


@page
def deployment_citation(request, slug, citation):
    check(request)
    return _cited(*_citation(request, _deployment(slug), citation))


def _deployment(slug: str) -> Deployment:
    rows = Deployment.objects.public().select_related(*lanes.RELATED).prefetch_related("dated_projections")
    return found(rows, slug)


def _described(row: Deployment) -> str:
    return ". ".join(part for part in (name_of(row), lanes.note_of(row)) if part)


def _deployment_picture(row: Deployment, claims: list[Claim]) -> Picture:
    articles = {claim.article_id: claim.article for claim in claims}
    return picture(
        [(None, None, lanes.single([row], {row.pk: claims}, lanes.contributor_title))],
        name="deployment",
        title=_("%(name)s over time") % {"name": name_of(row)},
        description=_("Solid is certain presence, pale is possible, hatched is planned. The facts below say the same."),
        articles=articles.values(),
    )


# --- an article


@page
def article(request, slug):
    check(request)
    row = found(Article.objects.public(), slug)
    facts = facts_of(row)
    context = {
        "title": cited(row),
        "description": _("What newsdb reads in this article: %(count)d facts, each with its words.")
        % {"count": len(facts)},
        "article": row,
        "facts": facts,
        "pieces": pieces_of(row, facts),
        "cite": [_citation(request, row, name) for name in CITATIONS],
        "linked_data": linked_data.script(linked_data.news_article(request, row)),
        "kind": "article",
    }
    return render(request, "missions/article.html", context)


@page
def article_citation(request, slug, citation):
    check(request)
    return _cited(*_citation(request, found(Article.objects.public(), slug), citation))


CITATIONS = ("cite.bib", "cite.json")


def _citation(request, row: Article | Deployment, name: str) -> tuple[str, str | dict]:
    """The file's name and what stands in it: text for BibTeX, an object for CSL-JSON."""
    whole = request.build_absolute_uri(address(row))
    match row, name:
        case Article(), "cite.bib":
            return name, citing.article_bibtex(row, whole)
        case Article(), "cite.json":
            return name, citing.article_csl(row, whole)
        case Deployment(), "cite.bib":
            return name, citing.deployment_bibtex(row, name_of(row), whole, request.dataset.number, request.dataset.at)
        case Deployment(), "cite.json":
            return name, citing.deployment_csl(row, name_of(row), whole, request.dataset.number, request.dataset.at)
    raise Http404


def _cited(name: str, entry: str | dict) -> HttpResponse:
    if isinstance(entry, str):
        response = HttpResponse(entry, content_type=citing.BIBTEX)
    else:
        response = JsonResponse([entry], safe=False, content_type=citing.CSL, json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = f'inline; filename="newsdb-{name}"'
    return response


# --- lists


def _listing(request, filterset_class, rows: QuerySet, questions: list[str], template: str, **context):
    filterset = asked(request, filterset_class, rows)
    name = f"{rows.model._meta.model_name}-list"
    query = urlencode({key: value for key, value in given(request).items() if key != "page"})
    shown = {
        "title": str(rows.model._meta.verbose_name_plural).capitalize(),
        "fields": form_of(filterset, questions),
        "asked": filterset.data,
        "page": paged(request, filterset.rows),
        "api": f"{reverse(name)}?{query}" if query else f"{reverse(name)}?",
    }
    return render(request, f"missions/{template}.html", shown | context)


@page
def missions(request):
    questions = ["q", "kind", "conducting_organization", "host_country", "contributing_country"]
    rows = Mission.objects.public().prefetch_related("host_countries")
    return _listing(request, filtersets.MissionFilterSet, rows, questions, "missions")


@page
def countries(request):
    questions = ["q", "region", "contributes", "hosts"]
    return _listing(request, filtersets.CountryFilterSet, Country.objects.public(), questions, "countries")


@page
def articles(request):
    questions = ["q", "publisher", "mentions_country", "mentions_mission", "published_after", "published_before"]
    rows = Article.objects.public().defer("body")
    return _listing(request, filtersets.ArticleFilterSet, rows, questions, "articles")


@page
def statements(request):
    questions = ["q", "speaker", "organization", "country", "about_country", "about_mission", "form"]
    rows = Statement.objects.public().select_related("article", "country").defer("article__body")
    return _listing(request, filtersets.StatementFilterSet, rows, questions, "statements")


@page
def claims(request):
    questions = ["q", "country", "mission", "stage", "planned", "derived"]
    rows = Claim.objects.public().select_related("article", *(f"deployment__{name}" for name in lanes.RELATED))
    return _listing(request, filtersets.ClaimFilterSet, rows.defer("article__body"), questions, "claims")


@page
def deployments(request):
    questions = ["q", "contributing_country", "host_country", "mission", "status", "force_type", "on", "certainty",
                 "known_on", "personnel_min", "in_conflict"]  # fmt: skip
    filterset = asked(request, filtersets.DeploymentFilterSet, Deployment.objects.public())
    query = urlencode({key: value for key, value in given(request).items() if key != "page"})
    context = {
        "title": str(Deployment._meta.verbose_name_plural).capitalize(),
        "fields": form_of(filterset, questions),
        "asked": filterset.data,
        "api": f"{reverse('deployment-list')}?{query}",
        "overview": _of_deployments(request, filterset),
    }
    return render(request, "missions/deployments.html", context)


@page
def deployments_timeline(request):
    filterset = asked(request, filtersets.DeploymentFilterSet, Deployment.objects.public(), also=("page", SHOW))
    return _file(request, _of_deployments(request, filterset), "deployments")


def _of_deployments(request, filterset) -> Overview:
    return Overview(
        request,
        filterset.rows,
        name="deployments",
        file=reverse("site:deployments_timeline"),
        title=_("Deployments over time"),
        lane=name_of,
        known_on=filterset.known_on,
    )


# --- two moments


@page
def compare(request):
    """Who was where on two days, by what was known on two days: the answers to `on` and `known_on`."""
    questions = ["contributing_country", "host_country", "mission"]
    first_day, last_day = caching.remembered.get(request.dataset, "extent", comparing.extent)
    check(request, *questions, "on", "known_on", "then_on", "then_known_on", "page")
    filters = {name: value for name, value in given(request).items() if name in questions}
    filterset = asked(
        request, filtersets.DeploymentFilterSet, Deployment.objects.public(), also=("then_on", "then_known_on", "page")
    )
    moments = [
        comparing.Moment(_("First moment"), "on", "known_on", _day(request, "on", max(first_day, _year_before(last_day))),
                         _day(request, "known_on"), filters),
        comparing.Moment(_("Second moment"), "then_on", "then_known_on", _day(request, "then_on", last_day),
                         _day(request, "then_known_on"), filters),
    ]  # fmt: skip
    for moment in moments:
        moment.count()
    shown = paged(request, comparing.either(*moments))
    context = {
        "title": _("Two moments side by side"),
        "description": _(
            "Who was where on a day, and what was known of it when: choose two days, and days of knowledge."
        ),
        "moments": moments,
        "fields": form_of(filterset, questions),
        "page": shown,
        "pairs": comparing.pairs(list(shown.object_list), *moments),
        "first_day": first_day,
        "last_day": last_day,
        "hidden": bool(given(request)),
    }
    return render(request, "missions/compare.html", context)


def _year_before(day: date) -> date:
    return day - timedelta(365)


def _day(request, name: str, default=None):
    return read(request, name, read_day, default)


# --- search, feed, and what browsers and robots ask for


@page
def search(request):
    """One box over everything: the first hits of each table, and where the others are."""
    check(request, "q")
    words = given(request).get("q", "")
    tables = [
        ("countries", filtersets.CountryFilterSet, Country.objects.public()),
        ("missions", filtersets.MissionFilterSet, Mission.objects.public()),
        ("deployments", filtersets.DeploymentFilterSet, Deployment.objects.public().select_related(*lanes.RELATED)),
        ("claims", filtersets.ClaimFilterSet,
         Claim.objects.public().select_related("article", *(f"deployment__{name}" for name in lanes.RELATED))),
        ("statements", filtersets.StatementFilterSet, Statement.objects.public().select_related("article", "country")),
        ("articles", filtersets.ArticleFilterSet, Article.objects.public()),
    ]  # fmt: skip
    hits, named = [], _named(words)
    for name, filterset_class, rows in tables if words else ():
        filterset = asked(request, filterset_class, rows)
        # One question a table: a word that stands everywhere is neither counted to its end nor looked for a second time.
        numbers = list(filterset.rows.select_related(None).values_list("pk", flat=True)[: MOST_COUNTED + 1])
        if numbers:
            shown = rows.in_bulk(numbers[:HITS])
            more = f"{reverse(f'site:{name}')}?{urlencode({'q': words})}" if len(numbers) > HITS else None
            hits.append(
                {
                    "name": name,
                    "label": rows.model._meta.verbose_name_plural,
                    "count": min(len(numbers), MOST_COUNTED),
                    "uncounted": len(numbers) > MOST_COUNTED,
                    "rows": [shown[number] for number in numbers[:HITS]],
                    "more": more,
                }
            )
    context = {
        "title": _("Search"),
        "words": words,
        "hits": hits,
        "named": named,
        "hidden": True,
        "asked": {"q": words},
    }
    return render(request, "missions/search.html", context)


def _named(words: str) -> list:
    """The rows whose key is asked for, such as nl-minusma-1."""
    if not words or len(words) > 100:
        return []
    deployments = Deployment.objects.public().select_related(*lanes.RELATED)
    return [
        row
        for rows in (deployments, Mission.objects.public(), Article.objects.public().defer("body"))
        for row in rows.filter(slug=words)
    ]


@page
def changes(request):
    check(request)
    return feeds.atom(request)


@require_safe
def favicon(request):
    """Browsers ask for this address on pages that name no icon, such as the admin's."""
    return redirect(static("missions/icon.svg"))


@require_safe
def robots(request):
    """Everything may be read; the desk, the API's endless questions and the answers to searches need no index."""
    context = {"sitemap": request.build_absolute_uri(reverse("sitemaps"))}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")
