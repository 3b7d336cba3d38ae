"""The curators' desk as persons use it: from selected words to a published fact, and everything that may go wrong."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

from tests.browser.conftest import PASSWORD

# The code that an app would show for a key, in a process of its own: the browser's driver holds the event loop.
CODE_OF = """
import base64, sys, time
from django_otp.oath import totp
print(f"{totp(base64.b32decode(sys.argv[1])):06}")
"""
SEED = "000_94c2593ff7c6a45b"
EMOJI = "🎈🎈 De minister sprak. Zweden stuurt in mei 2022 bijna negentig militairen naar Mali 🇸🇪. Café én cafe\u0301."


def article_of(page, words: str):
    page.goto("/admin/missions/article/")
    page.click(f"#result_list a:has-text('{words}')")
    page.wait_for_selector("#text")


def select(page, words: str):
    """Drag the mouse over words of the text, as a hand would."""
    page.wait_for_load_state("load")
    box = page.evaluate(
        """words => {
            const text = document.querySelector('#text'), at = text.textContent.indexOf(words);
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT), range = document.createRange();
            let before = 0, started = false;
            for (let node; (node = walker.nextNode()); before += node.length) {
                if (!started && at < before + node.length) { range.setStart(node, at - before); started = true; }
                if (at + words.length <= before + node.length) { range.setEnd(node, at + words.length - before); break; }
            }
            range.startContainer.parentElement.scrollIntoView({block: 'center'});
            const boxes = [...range.getClientRects()], first = boxes[0], last = boxes.at(-1);
            return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
        }""",
        words,
    )
    page.mouse.move(box[0], box[1])
    page.mouse.down()
    page.mouse.move(box[2], box[3], steps=5)
    page.mouse.up()
    page.wait_for_selector("#panel:not([hidden])")


def pick(page, where: str, words: str):
    """Choose a row in one of the admin's search fields."""
    page.wait_for_load_state("load")
    page.click(f"{where} .select2-selection")
    page.fill(".select2-container--open .select2-search__field", words)
    page.click(f".select2-results__option:text-is('{words}')")


def reason(page, words="a test"):
    page.fill("#id_reason", words)


def test_a_fact_goes_from_selected_words_to_the_public(desks):
    curator = desks("curator")
    page = curator.page
    article_of(page, SEED)
    words = "Andere landen die actief zijn in de VN-missie overwegen te stoppen."
    select(page, words)
    assert words in page.inner_text("#panel q")
    page.click("#panel button[data-kind=claim]")
    page.fill("#id_deployment", "se-ml-1")
    page.select_option("#id_stage", "under_review")
    top = page.evaluate("document.querySelector('#text').scrollTop")
    page.click("#panel button[type=submit]")
    card = page.locator(".card.suggestion")
    card.wait_for()
    assert page.evaluate("document.querySelector('#text').scrollTop") == top
    assert "se-ml-1" in card.inner_text()
    key = card.locator(".kind a").inner_text()
    card.locator("button[data-verb=submit]").click()
    page.wait_for_selector(f".card.claim:has-text('{key}')")

    reviewer = desks("reviewer")
    page = reviewer.open("/admin/missions/claim/?worklist=in_review")
    page.check("#result_list tr:has-text('se-ml-1') input.action-select")
    page.select_option("select[name=action]", "publish_selected")
    page.click("button[name=index]")
    assert "Published: 1." in page.inner_text(".messagelist")
    answer = reviewer.get(f"/api/v1/claims/{key}/")
    assert (answer["exact"], answer["stage"]) == (words, "under_review")


def test_nobody_publishes_their_own_work(desks):
    reviewer = desks("reviewer")
    page = reviewer.open("/admin/missions/claim/")
    page.click("#result_list a:has-text(':2')")
    page.fill("#id_note", "A second reading.")
    page.click("input[name=_save]")
    page.goto("/admin/missions/claim/?worklist=in_review")
    page.check("#result_list tr:has-text(':2') input.action-select")
    page.select_option("select[name=action]", "publish_selected")
    page.click("button[name=index]")
    assert "own work" in page.inner_text(".messagelist")


def test_offsets_count_code_points_with_emoji_and_combining_characters(desk):
    page = desk.open("/admin/missions/article/add/")
    page.fill("#id_slug", "emoji")
    page.fill("#id_body", EMOJI)
    page.fill("#id_published_words", "maart 2022")
    page.click("input[name=_continue]")
    for words in ("Zweden stuurt in mei 2022 bijna negentig militairen naar Mali 🇸🇪.", "Café én café."):
        select(page, words)
        page.click("#panel button[data-kind=statement]")
        page.select_option("#id_form", "indirect")
        page.select_option("#id_attribution", "none")
        page.click("#panel button[type=submit]")
        page.wait_for_selector(f".card:has-text('{words[:20]}')")
    assert page.evaluate("[...document.querySelectorAll('mark[data-facts]')].map(one => one.textContent)") == [
        "Zweden stuurt in mei 2022 bijna negentig militairen naar Mali 🇸🇪.",
        "Café én café.",
    ]


def test_words_are_recorded_by_keyboard_alone(desk):
    page = desk.page
    article_of(page, SEED)
    page.focus("#text")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel button[data-kind=statement]:focus")
    assert page.inner_text("#panel q").count(".") >= 2
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel form")
    page.keyboard.press("Escape")
    assert not page.is_visible("#panel")


def test_a_mark_shows_its_fact_and_a_fact_leads_to_its_mark(desk):
    page = desk.page
    article_of(page, SEED)
    mark = page.locator("#text mark.claim").last
    mark.focus()
    names = mark.get_attribute("data-facts").split()
    assert page.locator(".card.shown").evaluate_all("all => all.map(one => one.id)") == names
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == names[0]
    card = page.locator(".card").last
    card.locator("a.passage").click()
    assert card.get_attribute("id") in page.evaluate("document.activeElement.dataset.facts").split()


def test_dates_and_strengths_are_read_while_they_are_typed(desk):
    page = desk.open("/admin/missions/claim/")
    page.click("#result_list a:has-text(':3')")
    page.fill("#id_date_words", "vorige week")
    page.wait_for_selector("output:has-text('2022')")
    page.fill("#id_date_edtf", "begin 2022")
    page.wait_for_selector("output:has-text('1 January 2022 – 30 June 2022')")
    page.fill("#id_date_edtf", "ooit")
    page.wait_for_selector("output.refused:has-text('does not understand')")
    page.fill("#id_personnel_words", "bijna 90")
    page.wait_for_selector("output:has-text('high 89')")
    page.click("input[name=_save]")
    assert "does not understand" in page.inner_text("#content")
    page.fill("#id_date_edtf", "begin 2022")
    page.fill("#id_date_words", "sinds 2013")
    page.wait_for_selector("output:has-text('1 January 2022')")


def test_what_is_typed_before_the_script_has_come_is_read_too(desk):
    page = desk.open("/admin/missions/claim/")
    address = page.get_attribute("#result_list a:has-text(':3')", "href")
    held = []
    page.route("**/desk*.js", lambda route: held.append(route))
    page.goto(page.url.split("/admin/")[0] + address, wait_until="commit")
    page.fill("#id_date_words", "vorige week")
    held.pop().continue_()
    page.wait_for_selector("output:has-text('2022')")
    page.unroute("**/desk*.js")


def test_the_second_of_two_saves_shows_both_and_loses_nothing(desks):
    first, second = desks("curator"), desks("root")
    address = "/admin/missions/mission/"
    for one in (first, second):
        one.open(address)
        one.page.click("#result_list a:has-text('minusma') >> nth=0")
    first.page.fill("#id_legal_instrument", "Resolution 2100")
    first.page.fill("#id_conducting_organization", "United Nations")
    first.page.click("input[name=_continue]")
    page = second.page
    page.fill("#id_conducting_organization", "UNO")
    page.click("input[name=_continue]")
    shown = page.inner_text(".meetings")
    assert "Resolution 2100" in shown and "United Nations" in shown and "UNO" in shown
    assert page.input_value("#id_legal_instrument") == "Resolution 2100"
    assert page.input_value("#id_conducting_organization") == "UNO"
    with page.expect_navigation():
        page.click("input[name=_continue]")
    assert not page.is_visible(".meetings")
    assert page.input_value("#id_legal_instrument") == "Resolution 2100"
    assert page.input_value("#id_conducting_organization") == "UNO"


def test_a_change_is_taken_back_with_a_reason(desks):
    page = desks("root").open("/admin/missions/mission/")
    page.click("#result_list a:has-text('eutm') >> nth=0")
    name = page.input_value("#id_name")
    page.fill("#id_name", "Something else")
    reason(page, "misread")
    page.click("input[name=_continue]")
    page.click("a.historylink")
    assert "misread" in page.inner_text(".history")
    assert "Something else" in page.inner_text(".history ins")
    page.click(".history a.button >> nth=0")
    reason(page, "the first name was right")
    page.click("input[type=submit][value='Go back to this version']")
    assert page.input_value("#id_name") == name


def test_what_is_deleted_is_brought_back(desks):
    page = desks("root").open("/admin/missions/mission/add/")
    page.fill("#id_slug", "short-lived")
    page.fill("#id_name", "Short-lived")
    page.click("input[name=_continue]")
    page.click(".deletelink >> nth=0")
    reason(page, "no mission")
    page.click("input[value='Delete it']")
    page.goto("/admin/missions/mission/deleted/")
    page.click("tr:has-text('Short-lived') a.button")
    reason(page, "it was one")
    page.click("input[value='Bring it back']")
    assert page.inner_text(".field-slug .readonly") == "short-lived"


def test_what_is_referred_to_says_what_stands_in_the_way(desks):
    page = desks("root").open("/admin/missions/mission/")
    page.click("#result_list a:has-text('minusma') >> nth=0")
    page.click(".deletelink >> nth=0")
    assert "nl-minusma-1" in page.inner_text("#obstacles")
    assert not page.is_visible("input[value='Delete it']")


def test_two_deployments_are_merged_and_the_merge_is_undone(desks):
    desk = desks("root")
    page = desk.open("/admin/missions/deployment/add/")
    for field, word in (("contributing_country", "Netherlands"), ("host_country", "Mali")):
        pick(page, f".field-{field}", word)
    page.click("input[name=_continue]")
    slug = page.inner_text(".field-slug .readonly")
    page.click("text=Merge into another one")
    pick(page, "form", "nl-minusma-1")
    reason(page, "one force")
    page.click("input[value='Merge them']")
    assert page.inner_text(".field-slug .readonly") == "nl-minusma-1"
    answer = desk.context.request.get(f"/api/v1/deployments/{slug}/", max_redirects=0)
    assert (answer.status, answer.headers["location"]) == (308, "/api/v1/deployments/nl-minusma-1/")
    page.goto("/admin/missions/merge/")
    page.click(f"#result_list a:has-text('{slug}')")
    page.click("text=Undo the merge")
    reason(page, "two after all")
    page.click("input[value='Undo the merge']")
    assert page.inner_text(".field-slug .readonly") == slug


def send_file(page, name: str, text: str):
    page.set_input_files("#id_file", {"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    page.fill("#id_reason", "a test")
    with page.expect_navigation():
        page.click("[name=look]")
    page.wait_for_selector(".fates")


def test_a_file_is_looked_at_mended_and_taken_in(desks):
    desk = desks("root")
    page = desk.open("/admin/missions/mission/import/")
    send_file(page, "missions.csv", "slug,name,host_countries\nfirst-one,First,ML\nsecond-one,Second,ZZ\n")
    assert "There is no country “ZZ”" in page.inner_text(".fate-refused")
    assert not page.is_visible("[name=confirmed]")
    send_file(page, "missions.csv", "slug,name,host_countries\nfirst-one,First,ML\nsecond-one,=1+1,ML\n")
    assert page.locator(".fate-new").count() == 2
    page.click("[name=confirmed]")
    assert "2 new" in page.inner_text(".messagelist")
    answer = desk.context.request.get("/admin/missions/mission/export/csv/?q=one").text()
    assert "'=1+1" in answer
    assert "First" in answer
    assert "minusma" not in answer


def test_a_table_of_figures_becomes_claims_with_progress(desks):
    page = desks("curator").open("/admin/missions/article/")
    page.click("text=Take in a table")
    page.fill("#id_slug", "figures")
    rows = "\n".join(
        f"SWE,MINUSMA,{year}-{month:02},troops,{month}" for year in range(2014, 2020) for month in range(1, 13)
    )
    send_file(page, "table.csv", f"Country,Mission,Month,Type,Number\n{rows}\n")
    assert page.input_value("#id_time") == "Month"
    page.click("[name=confirmed]")
    page.wait_for_selector("#text")
    assert page.locator("#text mark.suggestion").count() == 72
    assert "72 claims" in page.inner_text(".messagelist")


def test_a_second_factor_is_turned_on_and_asked_for(desks):
    desk = desks("administrator")
    page = desk.open("/admin/second-factor/")
    code = subprocess.run(
        [sys.executable, "-c", CODE_OF, page.inner_text("#content-main p code")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    page.fill("#id_password", PASSWORD)
    page.fill("#id_code", code)
    page.click("input[value='Turn it on']")
    paper = page.locator(".codes code").first.inner_text()
    with page.expect_navigation():
        page.click("#logout-form button")
    page.goto("/admin/")
    page.wait_for_selector("#id_username:focus")
    for given, seen in (("", "second factor"), ("123456", "not right")):
        page.fill("#id_username", "administrator")
        page.fill("#id_password", PASSWORD)
        page.fill("#id_code", given)
        page.press("#id_code", "Enter")
        page.wait_for_selector(f".errornote:has-text('{seen}')")
    page.fill("#id_username", "administrator")
    page.fill("#id_password", PASSWORD)
    page.fill("#id_code", paper)
    page.press("#id_code", "Enter")
    page.wait_for_selector("#user-tools")
    page.goto("/admin/second-factor/")
    page.fill("#id_password", PASSWORD)
    page.fill("#id_code", "ABCDEFGH")
    page.click("input[value='Turn it off']")
    assert "not right" in page.inner_text(".errorlist")


def test_of_two_saves_at_one_moment_one_meets_the_other(desks):
    """Real requests at once: the row is held while its versions are compared."""
    desk = desks("root")
    page = desk.open("/admin/missions/mission/add/")
    page.fill("#id_slug", "contested")
    page.fill("#id_name", "Contested")
    page.click("input[name=_continue]")
    page.wait_for_selector(".messagelist")
    page.wait_for_load_state("load")
    sent = page.evaluate("new URLSearchParams(new FormData(document.querySelector('#mission_form'))).toString()")
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in desk.context.cookies())
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "Referer": page.url}
    gate = threading.Barrier(4)

    def save(number: int) -> int:
        address = urlsplit(page.url)
        connection = HTTPConnection(address.netloc, timeout=30)
        gate.wait()
        body = sent.replace("name=Contested", f"name=Contested+{number}")
        connection.request("POST", address.path, body, headers)
        return connection.getresponse().status

    with ThreadPoolExecutor(4) as threads:
        statuses = sorted(threads.map(save, range(4)))
    assert statuses == [200, 200, 200, 302]
    page.click("a.historylink")
    page.wait_for_selector(".history > li")
    assert page.locator(".history > li").count() == 2


FOUND = "Noorwegen stuurt in mei vijftig militairen naar Mali. Finland overweegt militairen naar Mali te sturen.\n\nPolen trok zijn soldaten vorige maand terug uit Mali."


def read_by_rules(desk, shell, slug):
    """The page of a new article that the rules have read."""
    page = desk.open("/admin/missions/article/add/")
    page.fill("#id_slug", slug)
    page.fill("#id_body", FOUND)
    page.fill("#id_published_words", "februari 2022")
    page.click("input[name=_continue]")
    shell(f"from django.core.management import call_command\ncall_command('suggest', article='{slug}')")
    page.reload()
    return page


def test_what_the_rules_found_is_decided_with_one_key_each(desk, shell):
    page = read_by_rules(desk, shell, "found")
    page.wait_for_selector("#text mark.found")
    assert "3 passages wait for a decision." in page.inner_text(".waiting")
    page.click("[data-next]")
    page.keyboard.press("a")
    page.wait_for_selector(".card.suggestion:has-text('no-ml-1')")
    page.wait_for_selector(".card.found:focus:has-text('Finland')")  # and on to the next
    page.keyboard.press("x")
    page.wait_for_selector("#told:has-text('Rejected.')")
    page.click("#told button")
    page.wait_for_selector(".card.found:focus:has-text('Finland')")
    page.keyboard.press("x")
    page.wait_for_selector(".card.found:focus:has-text('Poland')")
    page.keyboard.press("c")
    page.wait_for_selector("#panel form")
    assert page.input_value("#id_date_words") == "vorige maand"
    page.focus("#id_contribution")
    page.keyboard.type("a")  # in a field it is a letter
    assert page.input_value("#id_contribution") == "a" and page.locator(".card.found").count() == 1
    page.fill("#id_contribution", "")
    page.select_option("#id_stage", "reduced")
    page.click("#panel button[type=submit]")
    page.wait_for_selector(".card.suggestion:has-text('pl-ml-1')")
    assert page.evaluate("document.activeElement.closest('#reading') !== null")
    assert page.locator(".card.found").count() == 0
    page.goto("/admin/missions/article/rules/")
    assert "100 %" in page.inner_text("#rates")


def test_what_somebody_else_decided_goes_from_the_page_and_what_was_typed_stays(desk, shell):
    page = read_by_rules(desk, shell, "found-twice")
    page.click("[data-next]")
    name = page.evaluate("document.activeElement.id")
    shell(
        "from missions import curation\nfrom missions.models import Suggestion\nfrom django.contrib.auth import get_user_model\n"
        f"curation.dismiss(Suggestion.objects.get(pk={name.removeprefix('suggestion-')}), by=get_user_model().objects.first())"
    )
    page.keyboard.press("a")
    page.wait_for_selector("#told:has-text('Somebody decided this suggestion already')")
    assert page.locator(f"#{name}").count() == 0 and page.locator(".card.found").count() == 2
    assert page.evaluate("document.activeElement.matches('.card.found')")  # and on to the next
    page.keyboard.press("a")
    page.wait_for_selector(".card.suggestion")
    page.keyboard.press("c")
    page.wait_for_selector("#panel form")
    page.fill("#id_contribution", "a ship")
    page.click(".card.suggestion button[data-verb=submit]")
    page.wait_for_selector("#told:has-text('Record or cancel')")
    page.keyboard.press("Escape")
    page.fill("#id_personnel_words", "zzz")
    page.click("#panel button[type=submit]")
    page.wait_for_selector("#panel .errors")
    page.click(".card.found button[data-decide=dismiss]")  # what was refused is not thrown away by the next step
    page.wait_for_selector("#told:has-text('Record or cancel')")
    shell("from django.contrib.sessions.models import Session\nSession.objects.all().delete()")
    page.click("#panel button[type=submit]")
    page.wait_for_selector("#told:has-text('You are logged out. Nothing is lost')")
    assert page.input_value("#id_contribution") == "a ship"
