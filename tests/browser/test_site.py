"""The site as readers see it: what is drawn stands where the rows say, with and without JavaScript, by mouse and keyboard."""

import os
from datetime import date
from pathlib import Path

import pytest

from tests.browser.test_pages import violations

pytestmark = pytest.mark.once  # how a page looks, and what the browser does with it
SEED = "000_94c2593ff7c6a45b"
PAGES = {
    "home": "/en/",
    "mission": "/nl/missions/minusma/",
    "missions": "/en/missions/",
    "contributor": "/nl/countries/NL/",
    "host": "/en/countries/ML/",
    "countries": "/nl/countries/",
    "deployment": "/en/deployments/nl-minusma-1/",
    "deployments": "/nl/deployments/",
    "article": f"/nl/articles/{SEED}/",
    "articles": "/en/articles/",
    "statements": "/nl/statements/",
    "claims": "/en/claims/?q=missie",
    "compare": "/nl/compare/",
    "search": "/en/search/?q=Malinese+regime",
}
WIDTHS = {"desk": (1280, 900), "phone": (390, 844)}
BUDGET = 100_000  # bytes of a mission page in all
# A mission of our own, so that dates may be moved: its passage names two years.
MISSION = """
from missions import curation
from missions.models import Article, Claim, Country, Deployment, Mission
from missions.models.article import sha256
from missions.models.dates import ImpreciseDate
body = "België is sinds 2013 in Mali, volgens anderen sinds 2016. Nu denkt het na. In 2021 ging het weg."
article = Article(slug="moving", body=body, raw_sha256=sha256(body), language="nl", text_public=False)
article.published = ImpreciseDate.of("2018-03", "2018-03")
curation.record(article, reason="a test")
mission = curation.record(Mission(slug="moving", name="A mission for a test"), reason="a test")
force = Deployment(contributing_country=Country.objects.get(code="BE"), host_country=Country.objects.get(code="ML"),
                   mission=mission, identity_note="a test")
force.slug = curation.new_slug(force)
curation.record(force, reason="a test")
def claim(words, **fields):
    start = body.index(words)
    date = fields.pop("date", None)
    row = Claim(article=article, deployment=force, start=start, end=start + len(words), exact=words, **fields)
    row.date = ImpreciseDate.of(date, fields.get("date_words"))
    return curation.record(row, reason="a test")
first = body[:body.index(" Nu")]
rows = [article, claim(first, stage="active", onset=True, date="2013", date_words="sinds 2013"),
        claim("Nu denkt het na.", stage="under_review"), force]
for row in rows:
    row.refresh_from_db()
    curation.submit(row)
    curation.publish(row)
"""
MOVED = """
from missions import curation
from missions.models import Claim
from missions.models.dates import ImpreciseDate
claim = Claim.objects.get(article__slug="moving", number=1)
claim.date = ImpreciseDate.of("2016", "sinds 2016")
curation.record(claim, reason="a test")
claim.refresh_from_db()
for row in (claim, claim.deployment):
    row.refresh_from_db()
    if row.state == "in_review":
        curation.publish(row)
"""
DRAWN = """() => {
    const timeline = document.querySelector('svg.timeline'), places = element => {
        const {left, right} = element.getBoundingClientRect();
        return {left, right, ...element.dataset};
    };
    return {
        ticks: [...timeline.querySelectorAll('line[data-day]')].map(places),
        lanes: [...timeline.querySelectorAll('svg.lane')].map(lane => ({
            title: lane.querySelector('.label').textContent,
            bars: [...lane.querySelectorAll('.bar')].map(places),
        })),
        marks: [...timeline.querySelectorAll('g.mark')].map(mark => ({
            ...places(mark.querySelector('.glyph')), stage: mark.dataset.stage,
            told: mark.querySelector('a').getAttribute('aria-label'),
        })),
    };
}"""


@pytest.fixture(scope="module")
def moving(site, shell) -> str:
    shell(MISSION)
    return "/en/missions/moving/"


def place_of(day: str, ticks: list[dict]) -> float:
    """Where a day lies by the axis alone."""
    first, last = ticks[0], ticks[-1]
    days = [date.fromisoformat(one).toordinal() for one in (first["day"], last["day"], day)]
    share = (days[2] - days[0]) / (days[1] - days[0])
    return first["left"] + share * (last["left"] - first["left"])


def bar(drawn: dict, part: str) -> dict:
    return next(one for one in drawn["lanes"][0]["bars"] if one["part"] == part)


def stands(one: dict, first: str | None, last: str | None, ticks: list[dict]) -> bool:
    """Whether a bar reaches from the beginning of the first day to the end of the last, to within a pixel and a half."""
    found = True
    if first:
        found &= abs(one["left"] - place_of(first, ticks)) < 1.5
    if last:
        after = date.fromordinal(date.fromisoformat(last).toordinal() + 1).isoformat()
        found &= abs(one["right"] - place_of(after, ticks)) < 1.5
    return found


def test_bars_and_marks_stand_where_the_rows_say_and_a_moved_date_moves_them(windows, shell, moving):
    window = windows()
    page = window.open(moving)
    row = window.get("/api/v1/deployments/be-moving-1/?format=json")
    drawn = page.evaluate(DRAWN)
    assert (row["start_earliest"], row["start_latest"]) == ("2013-01-01", "2013-12-31")
    assert stands(bar(drawn, "possible"), row["start_earliest"], row["end_earliest"], drawn["ticks"])
    assert stands(bar(drawn, "certain"), row["start_latest"], row["end_earliest"], drawn["ticks"])
    closes = bar(drawn, "closes")
    assert closes["left"] >= bar(drawn, "certain")["right"] - 1.5  # the end is open: it fades out to the edge
    edge = page.evaluate("document.querySelector('svg.timeline').getBoundingClientRect().right")
    assert abs(closes["right"] - edge) < 1.5
    (review,) = [mark for mark in drawn["marks"] if mark["stage"] == "under_review"]
    assert "Nu denkt het na." in review["told"]
    assert place_of("2018-03-01", drawn["ticks"]) - 12 < review["left"] < place_of("2018-03-31", drawn["ticks"])

    shell(MOVED)
    page.reload()
    row = window.get("/api/v1/deployments/be-moving-1/?format=json")
    moved = page.evaluate(DRAWN)
    assert (row["start_earliest"], row["start_latest"]) == ("2016-01-01", "2016-12-31")
    assert stands(bar(moved, "possible"), "2016-01-01", row["end_earliest"], moved["ticks"])
    assert stands(bar(moved, "certain"), "2016-12-31", row["end_earliest"], moved["ticks"])
    assert not stands(bar(moved, "certain"), "2013-12-31", None, moved["ticks"])
    assert "2016" in page.inner_text("table")


def test_every_bar_of_the_shipped_dataset_stands_where_its_row_says(windows):
    window = windows()
    page = window.open("/en/countries/ML/")
    drawn = page.evaluate(DRAWN)
    rows = {row["slug"]: row for row in window.get("/api/v1/deployments/?host_country=ML&format=json")["results"]}
    lanes = page.evaluate("[...document.querySelectorAll('svg.lane > a')].map(link => link.getAttribute('href'))")
    shown = [address.rstrip("/").rsplit("/", 1)[1] for address in lanes]
    assert sorted(shown) == sorted(rows)
    for slug, lane in zip(shown, drawn["lanes"], strict=True):
        row, bars = rows[slug], {one["part"]: one for one in lane["bars"]}
        certain = row["start_latest"] and row["end_earliest"] and row["start_latest"] <= row["end_earliest"]
        assert ("certain" in bars) == bool(certain)
        if certain:
            assert stands(bars["certain"], row["start_latest"], row["end_earliest"], drawn["ticks"])
        assert ("opens" in bars) == (row["start_earliest"] is None)
        assert ("closes" in bars) == (row["end_latest"] is None)
        if row["planned_end_latest"]:
            assert stands(bars["plan-possible"], row["planned_end_earliest"], row["planned_end_latest"], drawn["ticks"])
    assert {mark["stage"] for mark in drawn["marks"]} >= {"under_review", "turned_back", "withdrawn", "reduced"}


def test_a_mark_shows_its_passage_on_hover_and_on_focus_and_escape_puts_it_away(windows):
    page = windows().open("/en/countries/ML/")
    mark = page.locator("g.mark[data-stage=turned_back]")
    words = "Vorige week moesten Deense militairen"
    tip = mark.locator(".tip > div")
    assert not tip.is_visible()
    mark.locator(".glyph").hover()
    assert tip.is_visible() and words in tip.inner_text()
    box, glyph = tip.bounding_box(), mark.locator(".glyph").bounding_box()
    page.mouse.move(glyph["x"] + 7, box["y"] + box["height"] - 6, steps=12)
    assert tip.is_visible()  # it can be pointed at and read
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    page.mouse.move(0, 0)
    link = mark.locator("a")
    link.focus()
    assert tip.is_visible()
    assert words in link.get_attribute("aria-label")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/en/articles/{SEED}/#claim-11")
    assert page.locator("#claim-11").count() == 1


def test_everything_is_there_without_javascript(windows):
    window = windows(java_script_enabled=False)
    page = window.open("/en/missions/minusma/")
    assert page.locator("svg.timeline .bar").count() >= 4
    assert not page.locator(".png").first.is_visible()
    page.locator("g.mark[data-stage=under_review] .glyph").hover()
    assert page.locator("g.mark[data-stage=under_review] .tip > div").is_visible()
    window.open("/en/compare/")
    page.fill("#on", "2016-06-01")
    page.click("form.moments button")
    assert "on=2016-06-01" in page.url
    assert "1 June 2016" in page.inner_text("table.compared")
    page.fill("#find", "Hercules")
    page.press("#find", "Enter")
    assert page.locator("main mark").count() >= 1
    page.click("body > footer a[hreflang=nl]")
    assert page.get_attribute("html", "lang") == "nl" and "q=Hercules" in page.url


def test_facts_and_passages_lead_to_each_other(windows):
    page = windows().open(f"/en/articles/{SEED}/")
    passage = page.locator("mark[data-facts~=claim-11]").first
    passage.hover()
    assert "shown" in page.get_attribute("#fact-claim-11", "class")
    passage.locator("a").first.click()
    assert page.url.endswith("#fact-claim-11")
    page.locator("#fact-claim-11 .where a").first.click()
    assert page.url.endswith("#claim-11")
    page.locator("#fact-claim-4 .who a").click()
    page.wait_for_url("**/deployments/nl-minusma-1/")
    page.locator("#start blockquote footer a").click()
    page.wait_for_url(f"**/articles/{SEED}/#claim-4")


def test_a_slider_moves_the_day_and_the_table_follows(windows):
    page = windows().open("/en/compare/")
    slider = page.locator("fieldset").first.locator("input[type=range]")
    assert slider.get_attribute("aria-label") == "There on"
    before = page.input_value("#on")
    slider.focus()
    with page.expect_response(lambda response: "/compare/?" in response.url):
        page.keyboard.press("Home")
    page.wait_for_function("document.querySelector('#compared thead').innerText.includes('2013')")
    assert page.input_value("#on") != before
    assert f"on={page.input_value('#on')}" in page.url


def test_a_picture_is_had_as_svg_and_as_png(windows):
    for address in ("/en/missions/minusma/", "/nl/countries/ML/"):
        page = windows().open(address)
        for figure in page.locator("figure.picture").all():
            with page.expect_download() as svg:
                figure.locator(".downloads a").click()
            assert Path(svg.value.path()).read_text().startswith("<svg")
            with page.expect_download() as png:
                figure.locator(".png").click()
            assert png.value.suggested_filename.endswith(".png")
            assert Path(png.value.path()).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
            assert Path(png.value.path()).stat().st_size > 5000


def test_overseas_territories_are_not_coloured_with_the_country(windows):
    page = windows().open("/en/countries/FR/")
    shape = page.locator(".area.home path")
    assert shape.count() == 1
    box = page.evaluate(
        "(() => { const b = document.querySelector('.area.home path').getBBox(); return [b.x, b.width]; })()"
    )
    assert box[0] > 400 and box[1] < 60  # of the map's 1000 units: in Europe alone
    assert "Natural Earth" in page.inner_text("#map")


def test_the_keyboard_reaches_everything_and_the_content_first(windows):
    page = windows().open("/en/missions/minusma/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "document.activeElement.closest('.mark, .downloads, .source, .wide, th')?.getAttribute('class') ?? ''"
            )
        )
    assert {"downloads", "wide", "mark"} <= reached


def test_a_mission_page_keeps_to_its_budget(windows):
    window = windows()
    sizes = {}
    window.page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
    window.page.goto("/en/missions/minusma/", wait_until="networkidle")
    assert len(sizes) >= 3
    assert sum(sizes.values()) < BUDGET, sizes


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_site_violates_the_accessibility_guidelines(windows, moving, scheme):
    page = windows(color_scheme=scheme, bypass_csp=True).page
    found = {}
    for name, address in (PAGES | {"excerpts": "/en/articles/moving/"}).items():
        page.goto(address)
        if wrong := violations(page):
            found[name] = wrong
    page.goto("/en/countries/ML/")
    page.locator("g.mark a").first.focus()
    if wrong := violations(page):
        found["a tip"] = wrong
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_its_window_and_is_pictured(windows, tmp_path, width, scheme):
    """SCREENSHOTS=folder keeps the pictures, to be looked at."""
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
    page = windows(viewport=size, color_scheme=scheme).page
    for name, address in PAGES.items():
        page.goto(address)
        page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide"


def test_no_two_things_of_a_page_have_one_name(windows, moving):
    page = windows().page
    for name, address in (PAGES | {"moving": moving}).items():
        page.goto(address)
        names = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
        assert sorted(names) == sorted(set(names)), name


def test_marks_stand_a_fingers_width_apart_on_a_phone(windows):
    page = windows(viewport={"width": 360, "height": 740}).open("/en/countries/ML/")
    boxes = page.evaluate(
        "[...document.querySelectorAll('g.mark .glyph')].map(one => one.getBoundingClientRect()).map(b => [b.x + b.width / 2, b.y + b.height / 2])"
    )
    assert len(boxes) >= 8
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            assert max(abs(one[0] - other[0]), abs(one[1] - other[1])) >= 23.5, (one, other)


def test_at_320_pixels_nothing_is_cut_off(windows):
    page = windows(viewport={"width": 320, "height": 640}).page
    for name, address in PAGES.items():
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name


def test_what_is_printed_is_the_content(windows):
    page = windows().open("/en/deployments/nl-minusma-1/")
    page.emulate_media(media="print")
    for hidden in ("header nav", ".find", ".downloads"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator("svg.timeline").is_visible() and page.locator(".values blockquote").first.is_visible()
