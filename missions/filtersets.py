"""What may be asked of each table, by the API and the site alike. A word that is not here is refused."""

from datetime import date
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, F, OrderBy, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters

from missions import search
from missions.models import Article, Claim, Country, DatedProjection, Deployment, Mission, Statement
from missions.models.claim import Verdict
from missions.models.deployment import PERSONNEL, STRONGEST_FIRST, ForceType, Stage, of, present
from missions.models.mission import Kind
from missions.models.review import State
from missions.models.statement import Attribution, Form
from missions.projection import RANK
from missions.publication import PUBLIC
from missions.questions import (
    DAY,
    NOT,
    Modifier,
    Question,
    after,
    before,
    by_change,
    by_choice,
    by_column,
    by_country,
    by_day,
    by_key,
    by_number,
    by_search,
    by_truth,
    by_words,
    known_claims,
    of_claims,
    read_day,
    read_list,
    read_one,
    search_own,
    there_is_no,
    through,
)

CERTAINTY = {
    "possible": "it may have been so, as far as the sources tell",
    "certain": "it was so, whatever day the sources mean",
}


def certainty() -> Modifier:
    return Modifier(
        "How to read imprecise dates: " + "; ".join(f"{name}, {text}" for name, text in CERTAINTY.items()) + ".",
        read_one(*CERTAINTY),
        schema={"type": "string", "enum": list(CERTAINTY), "default": "possible"},
        example="certain",
    )


def known_on(what: str) -> Modifier:
    return Modifier(
        f"{what} An article of “2022-02” counts from 28 February, an undated one never.",
        read_day,
        schema=DAY,
        example="2022-02-28",
    )


def state() -> Question:
    text = "How far review has come; all but published takes a token with the scope read."
    return by_choice(text, State, "state", example="published")


class StrictFilterSet(filters.FilterSet):
    """Filters of which every one has a negation, and parameters of which none is ignored.

    Different filters mean “and”, a list means “or”, and `X__not` is what `X` leaves over.
    """

    # name of an ordering: what it sorts by; nulls come last, and the natural key decides between equals
    orderings: dict = {}
    # how an index sorts, by the words that ask for it
    indexed_orderings: dict = {}
    projected_orderings: frozenset = frozenset()

    def __init__(self, data=None, queryset=None, *, request=None):
        # django-filter copies every filter and builds a form at each request; these questions keep nothing of one.
        self.data, self.queryset, self.request = data or {}, queryset, request
        self.is_bound, self.filters = data is not None, self.base_filters

    @classmethod
    def get_filters(cls):
        found = super().get_filters()
        for name, question in list(found.items()):
            if isinstance(question, Question):
                found[f"{name}{NOT}"] = question.negation()
        return found

    @property
    def key(self) -> tuple[str, ...]:
        return PUBLIC[self._meta.model]

    @cached_property
    def words(self) -> dict[str, str]:
        """What each question is asked, in the order of the questions; one that is left empty is not asked."""
        found = {name: self.data[name].strip() for name in self.filters if name in self.data}
        return {name: words for name, words in found.items() if words}

    @cached_property
    def errors(self) -> dict[str, list[str]]:
        """Parameters whose words no question could read."""
        return {name: [_("Null characters are not allowed.")] for name, words in self.words.items() if "\0" in words}

    def is_valid(self) -> bool:
        return not self.errors

    @cached_property
    def certainty(self) -> str:
        return self._modifier("certainty") or "possible"

    @cached_property
    def known_on(self) -> date | None:
        return self._modifier("known_on")

    def strangers(self, also_known=()) -> dict[str, list[str]]:
        """Parameters that nothing here answers to, each with the nearest that does."""
        known = set(self.filters) | set(also_known)
        shown = {name for name in known if not name.endswith(NOT)}
        return {
            name: [there_is_no(_("parameter"), name, known if name.endswith(NOT) else shown)]
            for name in self.data
            if name not in known
        }

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """The rows asked for; ValidationError tells of every parameter what is wrong with it."""
        errors: dict[str, list[str]] = {}
        for name, words in self.words.items():
            if isinstance(self.filters[name], Modifier):
                self._try(self.filters[name].read, words, name, errors)
        conditions = [
            self._try(lambda words, asked=self.filters[name]: asked.asked(self, words), words, name, errors)
            for name, words in self.words.items()
            if isinstance(self.filters[name], Question) and not errors
        ]
        if errors:
            raise ValidationError(errors)
        return (self.known(queryset, self.known_on) if self.known_on else queryset).filter(*conditions)

    @classmethod
    def known(cls, queryset: QuerySet, day: date) -> QuerySet:
        """The rows that were known on a day."""
        return queryset

    def ordered(self, queryset: QuerySet, words: str | None) -> QuerySet:
        """The rows in the order asked for, such as `-personnel,slug`."""
        columns = []
        for word in read_list(words) if words else ():
            name = word.removeprefix("-")
            if name not in self.orderings:
                raise ValueError(there_is_no(_("ordering"), name, self.orderings))
            if word in self.indexed_orderings and not self.known_on:
                columns.append(self.indexed_orderings[word])
                continue
            by = self.orderings[name]
            expression = F(by) if isinstance(by, str) else by
            if name in self.projected_orderings and self.known_on:
                then = DatedProjection.objects.filter(deployment=OuterRef("pk")).known_on(self.known_on)
                expression = Subquery(then.annotate(by=expression).values("by")[:1])
            columns.append(OrderBy(expression, descending=word.startswith("-"), nulls_last=True))
        return queryset.order_by(*columns, *self.key)

    def _modifier(self, name: str):
        words = self.words.get(name)
        return self.filters[name].read(words) if words else None

    def _try(self, read, words: str, name: str, errors: dict):
        try:
            return read(words)
        except ValueError as error:
            errors[name] = [str(error)]
            return Q()


class KnownArticles(StrictFilterSet):
    """Of rows with an article, `known_on` leaves those whose article was certainly published."""

    known_on = known_on("Only rows of articles certainly published by this day.")
    article_column = "article__"

    @classmethod
    def known(cls, queryset, day):
        return queryset.filter(**{f"{cls.article_column}published_latest__lte": day})


class DeploymentFilterSet(StrictFilterSet):
    slug = by_key("Slug of the deployment itself.", Deployment, by_column("pk"), example="nl-minusma-1")
    country = by_country("Contributing or host country.", lambda filterset, pks: of(pks))
    contributing_country = by_country("Country that supplies the personnel.", by_column("contributing_country"))
    host_country = by_country("Country in which the force is deployed.", by_column("host_country"), example="ML")
    mission = by_key("Slug of the mission.", Mission, by_column("mission"), example="minusma")
    conducting_organization = by_words(
        "Who conducts the mission, such as UN.", "mission__conducting_organization", example="UN"
    )
    status = by_choice("The stage the deployment has reached.", Stage, "status", projected=True, example="active")
    stage = by_choice(
        "A stage that any of its claims reports.", Stage, "stage", condition=of_claims("stage"), example="active"
    )
    force_type = by_choice("The sort of personnel.", ForceType, "force_type", example="military")
    on = by_day("Present on this day.", lambda filterset, day: present(day, filterset.certainty), projected=True)
    certainty = certainty()
    start_after = by_day("Came on or after this day.", after("start", known="start_basis"), projected=True)
    start_before = by_day("Came on or before this day.", before("start", known="start_basis"), projected=True)
    end_after = by_day(
        "Left on or after this day, or is still there.", after("end", known="start_basis"), projected=True
    )
    end_before = by_day("Left on or before this day.", before("end", known="start_basis"), projected=True)
    personnel_min = by_number(
        "At least so many persons, by the best number known, else the highest, else the lowest.",
        lambda filterset, number: Q(pk__in=_by_personnel(filterset, personnel__gte=number)),
    )
    personnel_max = by_number(
        "At most so many persons, by the best number known, else the highest, else the lowest.",
        lambda filterset, number: Q(pk__in=_by_personnel(filterset, personnel__lte=number)),
    )
    personnel_known = by_truth(
        "Whether any strength is known.", lambda filterset: Q(personnel_words__isnull=False), projected=True
    )
    article = by_key(
        "Slug of an article with a claim on it.", Article, of_claims("article"), example="000_94c2593ff7c6a45b"
    )
    in_conflict = by_truth(
        "Whether any of its claims contradict each other.", lambda filterset: Q(conflict_count__gt=0), projected=True
    )
    updated_since = by_change(Deployment)
    state = state()
    q = by_search(
        "Words of its claims' passages, its mission and its countries.",
        lambda filterset, words: _in_deployment(filterset, words),
    )
    known_on = known_on("What the articles certainly published by this day tell; combined with `on` for another day.")

    orderings = {
        "slug": "slug",
        "contributing_country": "contributing_country__code",
        "host_country": "host_country__code",
        "mission": "mission__slug",
        "force_type": "force_type",
        "status": Case(*(When(status=stage, then=Value(rank)) for stage, rank in RANK.items())),
        "start": Coalesce("start_earliest", "start_latest"),
        "end": Coalesce("end_latest", "end_earliest"),
        "planned_end": Coalesce("planned_end_latest", "planned_end_earliest"),
        "personnel": PERSONNEL,
        "conflict_count": "conflict_count",
    }
    indexed_orderings = {"-personnel": STRONGEST_FIRST}
    projected_orderings = frozenset({"status", "start", "end", "planned_end", "personnel", "conflict_count"})

    class Meta:
        model = Deployment
        fields = []

    @classmethod
    def known(cls, queryset, day):
        return queryset.filter(pk__in=DatedProjection.objects.known_on(day).values("deployment"))


def _by_personnel(filterset, **condition) -> QuerySet:
    if filterset.known_on:
        rows, column = DatedProjection.objects.known_on(filterset.known_on), "deployment"
    else:
        rows, column = Deployment.objects.all(), "pk"
    return rows.alias(personnel=PERSONNEL).filter(**condition).values(column)


def _in_deployment(filterset, words: list[str]) -> Q:
    found = Q(pk__in=search.found(Deployment, *words))
    if filterset.known_on:  # of what its entry holds, some was published later
        for word in words:
            claims = known_claims(filterset).filter(pk__in=search.found(Claim, word), deployment=OuterRef("pk"))
            names = Q(mission__in=search.found(Mission, word)) | of(search.found(Country, word))
            found &= Exists(claims) | names
    return found


class ArticleFilterSet(KnownArticles):
    language = by_words("BCP 47 tag of the text, such as nl.", "language", example="nl")
    publisher = by_words("Who published it, or a part of the name.", "publisher", part=True, example="ANP")
    mentions_country = by_country(
        "Country that a statement or claim of the article speaks of or for.",
        lambda filterset, pks: _mentions(
            Q(country__in=pks) | Q(countries__in=pks),
            Q(deployment__contributing_country__in=pks) | Q(deployment__host_country__in=pks),
        ),
        example="ML",
    )
    mentions_mission = by_key(
        "Slug of a mission that a statement or claim of the article speaks of.",
        Mission,
        lambda filterset, pks: _mentions(Q(missions__in=pks), Q(deployment__mission__in=pks)),
        example="minusma",
    )
    published_after = by_day("Published on or after this day.", after("published"))
    published_before = by_day("Published on or before this day.", before("published"))
    certainty = certainty()
    updated_since = by_change(Article)
    state = state()
    q = by_search(
        "Words of the title, the publisher, the author, the passages, and the text where it may be shown.",
        lambda filterset, words: _in_article(words),
    )
    article_column = ""

    orderings = {
        "slug": "slug",
        "published": Coalesce("published_earliest", "published_latest"),
        "title": "title",
        "publisher": "publisher",
    }

    class Meta:
        model = Article
        fields = []


def _in_article(words: list[str]) -> Q:
    """Each word stands in the article's own entry or in a passage; a union, so that each part goes by its index."""
    found = Q()
    for word in words:
        own = Article.objects.filter(pk__in=search.found(Article, word)).order_by().values("pk")
        said = Statement.objects.public().filter(pk__in=search.found(Statement, word)).order_by().values("article")
        claimed = Claim.objects.public().filter(pk__in=search.found(Claim, word)).order_by().values("article")
        found &= Q(pk__in=own.union(said, claimed))
    return found


def _mentions(statements: Q, claims: Q) -> Q:
    said = Statement.objects.public().filter(statements)
    claimed = Claim.objects.public().filter(claims)
    return Q(pk__in=said.values("article")) | Q(pk__in=claimed.values("article"))


class CountryFilterSet(StrictFilterSet):
    region = by_words("UN M49 region.", "region", example="Europe")
    subregion = by_words("UN M49 subregion.", "subregion", example="Western Africa")
    contributes = by_truth(
        "Whether it sends personnel in any deployment.",
        lambda filterset: Q(pk__in=Deployment.objects.public().values("contributing_country")),
    )
    hosts = by_truth(
        "Whether it hosts any deployment.",
        lambda filterset: Q(
            pk__in=Deployment.objects.public().filter(host_country__isnull=False).values("host_country")
        ),
    )
    updated_since = by_change(Country)
    q = by_search("Words of its names, inhabitants and other names.", search_own(Country))

    orderings = {"code": "code", "name": "name_en", "name_nl": "name_nl", "region": "region"}

    class Meta:
        model = Country
        fields = []


class MissionFilterSet(StrictFilterSet):
    host_country = by_country(
        "Country in which the mission is deployed.", through(Mission, "host_countries"), example="ML"
    )
    contributing_country = by_country(
        "Country with a deployment in the mission.",
        lambda filterset, pks: Q(
            pk__in=Deployment.objects.public()
            .filter(contributing_country__in=pks, mission__isnull=False)
            .values("mission")
        ),
    )
    kind = by_choice("The sort of mission.", Kind, "kind")
    conducting_organization = by_words("Who conducts it.", "conducting_organization", example="UN")
    updated_since = by_change(Mission)
    q = by_search("Words of its names and of who conducts it.", search_own(Mission))

    orderings = {"slug": "slug", "name": "name", "start": Coalesce("start_earliest", "start_latest")}

    class Meta:
        model = Mission
        fields = []


def _article_of_passages():
    return by_key("Slug of the article.", Article, by_column("article"), example="000_94c2593ff7c6a45b")


PASSAGE_ORDERINGS = {
    "article": "article__slug",
    "number": "number",
    "published": Coalesce("article__published_earliest", "article__published_latest"),
}


class StatementFilterSet(KnownArticles):
    article = _article_of_passages()
    speaker = by_words("Name of the speaker, or a part of it.", "speaker", part=True, example="Ollongren")
    organization = by_words(
        "Body for which the speaker speaks, or a part of its name.", "organization", part=True, example="ministerie"
    )
    country = by_country("Country spoken for.", by_column("country"))
    about_country = by_country("Country spoken of.", through(Statement, "countries"), example="ML")
    about_mission = by_key("Slug of the mission spoken of.", Mission, through(Statement, "missions"), example="minusma")
    form = by_choice("Direct, indirect or mixed.", Form, "form")
    attribution = by_choice("How the text ties the words to a source.", Attribution, "attribution")
    published_after = by_day("Article published on or after this day.", after("article__published"))
    published_before = by_day("Article published on or before this day.", before("article__published"))
    certainty = certainty()
    updated_since = by_change(Statement)
    state = state()
    q = by_search("Words of the passage and of who speaks.", search_own(Statement))

    orderings = PASSAGE_ORDERINGS | {"speaker": "speaker"}

    class Meta:
        model = Statement
        fields = []


class ClaimFilterSet(KnownArticles):
    article = _article_of_passages()
    deployment = by_key("Slug of the deployment.", Deployment, by_column("deployment"), example="nl-minusma-1")
    country = by_country(
        "Contributing or host country of the deployment.",
        lambda filterset, pks: Q(deployment__contributing_country__in=pks) | Q(deployment__host_country__in=pks),
    )
    mission = by_key("Slug of the deployment's mission.", Mission, by_column("deployment__mission"), example="minusma")
    stage = by_choice("The stage it reports.", Stage, "stage", example="active")
    planned = by_truth("Whether it tells an intention.", lambda filterset: Q(planned=True))
    derived = by_truth("Whether a value follows by a rule.", lambda filterset: Q(derived=True))
    verdict = by_choice("Whether it may decide.", Verdict, "verdict")
    date_after = by_day("So on or after this day.", after("date"))
    date_before = by_day("So on or before this day.", before("date"))
    certainty = certainty()
    personnel_known = by_truth("Whether it tells a strength.", lambda filterset: Q(personnel_words__isnull=False))
    updated_since = by_change(Claim)
    state = state()
    q = by_search("Words of the passage.", search_own(Claim))

    orderings = PASSAGE_ORDERINGS | {
        "deployment": "deployment__slug",
        "date": Coalesce("date_earliest", "date_latest"),
        "personnel": PERSONNEL,
    }

    class Meta:
        model = Claim
        fields = []
