"""What the rules find in a text, what they must not find, and that no text makes them slow."""

import json
import pickle
import random
import re
from datetime import date
from pathlib import Path

import pytest

from bench import suggest as bench
from missions.suggest import find
from missions.suggest.openings import openings
from missions.suggest.parallel import find_all
from missions.suggest.stages import PATTERNS, openings_of
from missions.suggest.text import Text
from missions.suggest.words import tell_words

GAZETTEER = bench.gazetteer()
PUBLISHED = (date(2022, 2, 16), date(2022, 2, 16))
CORPUS = Path(__file__).parent / "corpus"


def found(body: str, language: str = "nl"):
    return find(body, language, PUBLISHED, GAZETTEER)


def codes(body: str, language: str = "nl") -> list[str]:
    return [one["code"] for one in found(body, language).countries]


def the_claim(body: str, language: str = "nl") -> dict:
    (claim,) = found(body, language).claims
    return claim


# --- countries


@pytest.mark.parametrize(
    ("body", "language", "expected"),
    [
        ("Deense militairen vertrokken uit Mali.", "nl", ["DK", "ML"]),
        ("De Fransen en een Nederlander spraken Malinese agenten.", "nl", ["FR", "NL", "ML"]),
        ("Nederlandstalige kranten schreven erover.", "nl", []),
        ("Niger is niet Nigeria, en Nigerese troepen zijn geen Nigeriaanse.", "nl", ["NE", "NG", "NE", "NG"]),
        ("Troops from Niger and Nigeria met in Guinea-Bissau and Equatorial Guinea.", "en", ["NE", "NG", "GW", "GQ"]),
        ("Soldiers of the Democratic Republic of the Congo crossed into South Sudan.", "en", ["CD", "SS"]),
        ("Jordan sent a field hospital to Georgia.", "en", ["JO", "GE"]),
        ("He lives in Atlanta, Georgia.", "en", []),
    ],
)
def test_countries_are_found_by_name_adjective_and_inhabitants_as_whole_words(body, language, expected):
    assert codes(body, language) == expected


# --- missions


def test_a_mission_is_found_by_abbreviation_and_by_what_describes_it():
    missions = found("De VN-missie MINUSMA in Mali. De EU-trainingsmissie in Mali gaat door.").missions
    assert {one["name"] for one in missions} == {"MINUSMA", "EUTM Mali"}


def test_a_description_that_fits_several_missions_leaves_open_which():
    (one,) = found("Het parlement sprak over een VN-missie.").missions
    assert one["name"] is None and one["slug"] is None


# --- statements


@pytest.mark.parametrize(
    ("body", "language", "speaker", "form"),
    [
        ("„Wij vertrekken”, zei minister Jan de Boer van Defensie.", "nl", "Jan de Boer", "direct"),
        (",,Wij vertrekken'', zei minister Jan de Boer.", "nl", "Jan de Boer", "direct"),
        ("Minister Jan de Boer zei dat de militairen vertrekken.", "nl", "Jan de Boer", "indirect"),
        ("Volgens minister Jan de Boer vertrekken de militairen.", "nl", "Jan de Boer", "indirect"),
        ("“We are leaving,” Defence Minister John Smith said.", "en", "John Smith", "direct"),
        ("Defence Minister John Smith said that the troops were leaving.", "en", "John Smith", "indirect"),
        ("According to Defence Minister John Smith, the troops are leaving.", "en", "John Smith", "indirect"),
    ],
)  # fmt: skip
def test_a_statement_has_its_speaker_and_form(body, language, speaker, form):
    (one,) = found(body, language).statements
    assert (one["speaker"], one["form"], one["attribution"]) == (speaker, form, "explicit")


def test_who_is_unnamed_stays_unnamed():
    (one,) = found("“We are leaving,” a spokesman said.", "en").statements
    assert (one["speaker"], one["role"]) == (None, "spokesman")


def test_a_quotation_without_a_tag_has_its_neighbours_speaker_only_as_inferred():
    said = found("“We are leaving,” Defence Minister John Smith said.\n\n“It is over for us in Mali.”", "en").statements
    assert [one["attribution"] for one in said] == ["explicit", "inferred"]


def test_a_title_between_quotation_marks_is_no_statement():
    assert found("The film “The Long Road” opens today.", "en").statements == []


@pytest.mark.parametrize("name", ["De Vries", "Jan de Vries", "Van den Berg", "De Jong"])
def test_a_name_may_begin_with_a_particle_after_a_title(name):
    (statement,) = found(f"„Dat gaat niet”, zei generaal {name}.").statements
    assert (statement["speaker"], statement["role"]) == (name, "generaal")


@pytest.mark.parametrize(
    ("body", "stage"),
    [
        ("Nederland stuurt 100 militairen naar Mali.\r\n\r\nDat is zo.", "announced"),
        ("Denemarken haalde negentig militairen weg uit Mali.", "withdrawn"),
        ("Sweden withdrew its troops from Mali.", "withdrawn"),
        ("Denmark sent 90 soldiers to Mali.", "active"),
    ],
)
def test_a_short_text_without_a_language_is_read_as_what_it_is(body, stage):
    (claim,) = find(body, None, PUBLISHED, GAZETTEER).claims
    assert claim["stage"] == stage


# --- claims


@pytest.mark.parametrize(
    ("body", "language", "stage", "planned"),
    [
        ("Nederland stuurt in mei honderd militairen naar Mali.", "nl", "announced", True),
        ("Zweden trok zijn soldaten vorige maand terug uit Mali.", "nl", "withdrawn", False),
        ("Denemarken overweegt militairen naar Mali te sturen.", "nl", "considered", False),
        ("Sweden withdrew its troops from Mali last month.", "en", "withdrawn", False),
        ("Sweden will send 100 troops to Mali in May.", "en", "announced", True),
        ("Denmark is considering sending soldiers to Mali.", "en", "considered", False),
        ("Sweden has 100 soldiers in Mali.", "en", "active", False),
    ],
)
def test_a_claim_has_the_stage_that_its_words_tell(body, language, stage, planned):
    claim = the_claim(body, language)
    assert (claim["stage"], claim["planned"], claim["host_country"]) == (stage, planned, "ML")


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("Als Zweden zijn militairen uit Mali terugtrekt, ontstaat een gat.", "nl"),
        ("Zweden trekt zijn militairen niet terug uit Mali.", "nl"),
        ("If Sweden withdraws its troops from Mali, a gap opens.", "en"),
        ("Sweden will not withdraw its troops from Mali.", "en"),
        ("Sweden has not withdrawn its troops from Mali.", "en"),
    ],
)
def test_what_is_conditional_or_denied_never_gives_a_finished_stage(body, language):
    assert not {one["stage"] for one in found(body, language).claims} & {"withdrawn", "ended"}


def test_a_refusal_to_come_is_a_claim_of_its_own():
    assert the_claim("Zweden stuurt geen militairen naar Mali.")["stage"] == "declined"


@pytest.mark.parametrize(
    ("words", "low", "best", "high"),
    [
        ("bijna negentig", None, None, 89),
        ("zo'n 90", None, 90, None),
        ("105", None, 105, None),
        ("2.400", None, 2400, None),
        ("2400 tot 2500", 2400, None, 2500),
        ("ten minste 50", 50, None, None),
    ],
)
def test_a_strength_keeps_its_hedge(words, low, best, high):
    claim = the_claim(f"Zweden stuurt {words} militairen naar Mali.")
    assert (claim["personnel_low"], claim["personnel_best"], claim["personnel_high"]) == (low, best, high)
    assert words in claim["personnel_words"]


@pytest.mark.parametrize(
    ("body", "language", "hosts"),
    [
        ("Poland has 250 soldiers in Kosovo. Sweden has 200 soldiers in Mali.", "en", ["XK", "ML"]),
        ("Sweden has 200 soldiers in Mali. Poland has 250 soldiers in Kosovo.", "en", ["ML", "XK"]),
        ("Germany sent 300 soldiers to Lebanon. Italy deployed 900 troops to Iraq.", "en", ["LB", "IQ"]),
        ("MINUSMA is in Mali. France has left Niger completely.", "en", ["NE"]),
        ("Minusma is in Mali. Nederland stuurt 150 militairen naar Litouwen.", "nl", ["LT"]),
    ],
)
def test_the_place_that_a_sentence_names_is_its_own(body, language, hosts):
    assert [one["host_country"] for one in found(body, language).claims] == hosts


def test_sent_to_a_place_is_no_reduction_and_sent_home_is_no_coming():
    assert the_claim("Norway sent 100 soldiers to Mali.", "en")["stage"] in ("active", "announced")
    assert the_claim("Norway sent home 100 soldiers from Mali.", "en")["stage"] == "reduced"


@pytest.mark.parametrize(
    ("body", "edtf"),
    [
        ("Zweden stuurt maandag honderd militairen naar Mali.", "2022-02-21"),
        ("Zweden trok zijn militairen maandag terug uit Mali.", "2022-02-14"),
        ("Zweden trok zijn militairen woensdag terug uit Mali.", "2022-02-16"),
    ],
)
def test_a_weekday_is_the_last_up_to_publication_or_the_next_of_what_lies_ahead(body, edtf):
    assert the_claim(body)["date"]["edtf"] == edtf


@pytest.mark.parametrize(
    ("body", "language", "edtf", "planned"),
    [
        ("Zweden trekt in mei zijn soldaten terug uit Mali.", "nl", "2022-05", True),
        ("De Denen trekken hun militairen in mei terug uit Mali.", "nl", "2022-05", True),
        ("De Deense militairen in Mali worden in mei teruggeroepen.", "nl", "2022-05", True),
        ("Zweden trok in mei zijn soldaten terug uit Mali.", "nl", "2021-05", False),
        ("Zweden trekt sinds mei zijn soldaten terug uit Mali.", "nl", "2021-05", False),
        ("Germany is withdrawing its troops from Mali since May.", "en", "2021-05", False),
        ("De regering maakt bekend dat Noorwegen in mei uit Irak is vertrokken.", "nl", "2021-05", False),
        ("De Deense militairen die in mei uit Mali zijn vertrokken, worden thuis gehuldigd.", "nl", "2021-05", False),
        ("Sweden's soldiers left Mali in May, a step that leaves the camp empty.", "en", "2021-05", False),
        ("Zweden trekt in mei 2021 zijn soldaten terug uit Mali.", "nl", "2021-05", False),
        ("Italy leaves Mali in May.", "en", "2022-05", True),
        ("Sweden is withdrawing its troops from Mali in May.", "en", "2022-05", True),
        ("Italy left Mali in May.", "en", "2021-05", False),
    ],
)
def test_a_month_of_which_the_present_tells_lies_ahead(body, language, edtf, planned):
    claim = the_claim(body, language)
    assert (claim["date"]["edtf"].strip("[.]"), claim["planned"]) == (edtf, planned)


@pytest.mark.parametrize(
    ("body", "language", "strength", "edtf"),
    [
        ("In 2014 trok Polen zijn militairen terug uit Tsjaad.", "nl", None, "2014"),
        ("Op 7 september 2020 trok Noorwegen zijn militairen terug uit Irak.", "nl", None, "2020-09-07"),
        ("Spanje stuurt op 1 juli zijn militairen naar Letland.", "nl", None, "2022-07-01"),
        ("In 2014 Polish soldiers left Chad.", "en", None, "2014"),
        ("By 2023 French soldiers will leave Niger.", "en", None, "[..2023-12-31]"),
        ("Norway withdrew its soldiers from Iraq on January 12.", "en", None, "2022-01-12"),
        ("Poland sent 2000 soldiers to Mali in 2013.", "en", 2000, "2013"),
    ],
)
def test_a_year_counts_nobody_and_a_number_of_persons_dates_nothing(body, language, strength, edtf):
    claim = the_claim(body, language)
    assert (claim["personnel_best"], claim["date"]["edtf"]) == (strength, edtf)


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("Het is niet waar dat Italië zijn troepen uit Libanon terugtrok.", "nl"),
        ("Het bericht dat Estland zijn soldaten uit Mali heeft teruggetrokken, is onjuist.", "nl"),
        ("Reports that Estonia had withdrawn its troops from Mali were false.", "en"),
        ("Bijna had Zweden zijn troepen uit Mali teruggetrokken.", "nl"),
        ("Sweden almost withdrew its troops from Mali.", "en"),
        ("Mali vraagt Rusland om militairen te sturen.", "nl"),
        ("France asked Denmark to send 100 soldiers to Mali.", "en"),
    ],
)
def test_what_is_not_so_nearly_so_or_asked_of_another_country_is_no_claim(body, language):
    assert told(body, language) == set()


@pytest.mark.parametrize(
    ("body", "language", "expected"),
    [
        ("Het is waar dat Italië zijn troepen uit Libanon terugtrok.", "nl", {("IT", "withdrawn")}),
        ("Zweden trok bijna negentig militairen terug uit Mali.", "nl", {("SE", "reduced")}),
        ("Sweden has pulled out of Mali.", "en", {("SE", "withdrawn")}),
        ("Denemarken trok zijn soldaten terug uit Irak.", "nl", {("DK", "withdrawn")}),
        ("Instead of pulling out, Canada sent 200 soldiers to Latvia.", "en", {("CA", "active")}),
    ],
)
def test_what_is_so_is_told_by_its_own_verb(body, language, expected):
    assert told(body, language) == expected


@pytest.mark.parametrize(
    ("body", "language", "contribution"),
    [
        ("Nederland stuurt vier F-16's naar Litouwen.", "nl", "vier F-16's"),
        ("België stuurt drie NH90-helikopters naar Mali.", "nl", "drie NH90-helikopters"),
    ],
)
def test_the_name_of_a_type_is_kept_whole(body, language, contribution):
    assert the_claim(body, language)["contribution"] == contribution


def test_the_day_on_which_something_was_said_dates_nothing():
    assert the_claim("Poland has 250 soldiers in Kosovo, the minister said on Friday.", "en")["date"] is None


def test_spaces_that_do_not_break_are_spaces():
    claim = the_claim("Poland\u00a0has\u00a01\u00a0250\u00a0soldiers in Kosovo.", "en")
    assert (claim["personnel_best"], claim["personnel_words"]) == (1250, "1\u00a0250")


def test_people_are_no_contribution_beside_themselves():
    assert the_claim("Zweden stuurt 1.100 militairen naar Mali.")["contribution"] is None


def test_some_dozens_are_no_number():
    claim = the_claim("Zweden stuurt enkele tientallen militairen naar Mali.")
    assert (claim["personnel_low"], claim["personnel_best"], claim["personnel_high"]) == (None, None, None)


def test_a_contribution_and_a_relative_date_keep_their_words():
    claim = the_claim("Denemarken levert volgende maand een Hercules-transportvliegtuig aan de missie in Mali.")
    assert "Hercules-transportvliegtuig" in claim["contribution"]
    assert (claim["date"]["edtf"], claim["date"]["words"]) == ("2022-03", "volgende maand")


# --- the whole


@pytest.mark.parametrize("case", [bench.seed(), *bench.corpus("open")], ids=lambda case: case.name)
def test_every_suggestion_quotes_the_text_at_its_place(case):
    every = find(case.body, case.language, case.published, GAZETTEER)
    for one in (*every.countries, *every.missions, *every.statements, *every.claims):
        assert case.body[one["start"] : one["end"]] == one["exact"] != ""
    assert every == find(case.body, case.language, case.published, pickle.loads(pickle.dumps(GAZETTEER)))


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*.json")), ids=lambda path: path.stem)
def test_the_corpus_quotes_itself_right(path):
    body = path.with_suffix(".txt").read_text()
    for rows in json.loads(path.read_text()).values():
        for row in rows if isinstance(rows, list) else ():
            assert body[row["start"] : row["end"]] == row["exact"]


def test_the_seed_is_found_nearly_whole():
    scores = bench.scores([bench.seed()], GAZETTEER)
    assert scores["countries"].recall == scores["missions"].recall == 1
    assert scores["statements"].f1 >= 0.9
    assert scores["claims"].f1 >= 0.9


def test_any_text_gives_suggestions_and_no_error():
    chance = random.Random(2022)
    words = " ".join(case.body for case in bench.corpus("open")).split(" ")
    marks = [
        "“",
        "”",
        "„",
        "‘",
        "’",
        '"',
        "'",
        ",,",
        "''",
        "\n",
        "\n\n",
        ".",
        ":",
        ";",
        "…",
        "\u0301",
        "🎈",
        "\u202e",
        "Mali",
    ]
    for _ in range(60):
        body = " ".join(
            chance.choice(words if chance.random() < 0.7 else marks) for _ in range(chance.randrange(1, 200))
        )
        for one in found(body, chance.choice(["nl", "en", None])).claims:
            assert body[one["start"] : one["end"]] == one["exact"]


@pytest.mark.parametrize("piece", bench.ADVERSE)
def test_a_long_line_of_one_thing_gives_no_error(piece):
    """How the time grows with its length is measured by the benchmark."""
    body = piece * (50_000 // len(piece))
    for one in found(body).statements:
        assert body[one["start"] : one["end"]] == one["exact"]


def test_processes_find_what_one_finds():
    texts = [(case.body, case.language, case.published) for case in bench.corpus("open")[:6]]
    assert list(find_all(texts, GAZETTEER, 2)) == list(find_all(texts, GAZETTEER, 1))


# --- the structure of sentences


def told(body: str, language: str) -> set[tuple[str, str]]:
    return {(one["contributing_country"], one["stage"]) for one in found(body, language).claims}


@pytest.mark.parametrize(
    ("body", "language", "expected"),
    [
        ("Croatia pulled its soldiers out of Mali in March and Japan in January.", "en", {("HR", "withdrawn"), ("JP", "withdrawn")}),
        ("Turkey's 240, Hungary's 160 and Italy's 100 in Bosnia are not affected.", "en", {("TR", "active"), ("HU", "active"), ("IT", "active")}),
        ("That leaves 341 Filipinos and 193 Indians in Mali.", "en", {("PH", "active"), ("IN", "active")}),
        ("Eerder trok Gabon, dat werd beschuldigd van misbruik, zijn 450 man terug uit Mali.", "nl", {("GA", "withdrawn")}),
        ("Zweden wil zijn soldaten uit Mali terugtrekken.", "nl", {("SE", "withdrawn")}),
        ("Morocco said it would bring back its 900 soldiers from Mali.", "en", {("MA", "withdrawn")}),
        ("Britain is to bring home a battlegroup from Estonia, leaving some 900 troops there.", "en", {("GB", "reduced"), ("GB", "active")}),
    ],
)  # fmt: skip
def test_a_sentence_tells_of_each_of_its_countries(body, language, expected):
    assert told(body, language) == expected


@pytest.mark.parametrize(
    ("body", "language", "expected"),
    [
        ("Spanje haalt deze zomer tachtig van zijn militairen weg uit Mali.", "nl", {("ES", "reduced")}),
        ("Spanje haalt deze zomer al zijn militairen weg uit Mali.", "nl", {("ES", "withdrawn")}),
        ("Croatia's fourteen soldiers landed in Zagreb last week, after a year in Mali.", "en", {("HR", "withdrawn")}),
        ("Croatia's fourteen soldiers landed in Bamako last week.", "en", {("HR", "active")}),
        ("Nepalese soldiers in Mali were relieved by Indian troops.", "en", {("NP", "withdrawn"), ("IN", "active")}),
        ("Nepalese soldiers in Mali will be relieved by Indian troops.", "en", {("NP", "withdrawn"), ("IN", "announced")}),
        ("De plaats van het bataljon in Mali wordt ingenomen door Bangladesh.", "nl", {("BD", "announced")}),
        ("Denmark moved some of its soldiers from Mali to Jordan, and Slovenia has brought home its trainers.", "en", {("DK", "reduced"), ("SI", "withdrawn")}),
        ("The villages of Mali are patrolled alongside South Africans, whose own 1,150 troops guard Goma.", "en", {("ZA", "active")}),
        ("Morocco's 168 soldiers in Kosovo have been under French command since 1999.", "en", {("MA", "active")}),
        ("South Africa, Tanzania and Malawi, which man the brigade in Mali, have not been asked.", "en", {("ZA", "active"), ("TZ", "active"), ("MW", "active")}),
        ("A platoon of Hungarians guards the camp in Mali.", "en", {("HU", "active")}),
        ("Prague, finally, sends eighteen soldiers to Mali.", "en", {("CZ", "announced")}),
        ("Some 350 of the Ghanaian soldiers holding the ridge in Mali, at Kidal, have been flown out.", "en", {("GH", "active"), ("GH", "reduced")}),
        ("Italy leaves its twelve instructors in Bamako.", "en", {("IT", "active")}),
        ("Italy leaves Mali in May.", "en", {("IT", "withdrawn")}),
        ("Jamaica has had two dozen soldiers in Mali since September, the Bahamas six.", "en", {("JM", "active"), ("BS", "active")}),
        ("Rwanda beraadt zich nog op een bataljon voor Mali.", "nl", {("RW", "considered")}),
        ("Rwanda beraadt zich op vertrek uit Mali.", "nl", {("RW", "under_review")}),
    ],
)  # fmt: skip
def test_who_acts_and_who_is_only_named_is_told_by_the_structure_of_a_sentence(body, language, expected):
    assert told(body, language) == expected


@pytest.mark.parametrize(
    ("body", "language", "expected"),
    [
        ("France, if grudgingly, withdrew its troops from Mali.", "en", {("FR", "withdrawn")}),
        ("Were France to withdraw its troops from Mali, a gap would open.", "en", set()),
        ("Zweden trok zijn militairen terug uit Mali, wat gevolgen zou hebben voor de dorpen.", "nl", {("SE", "withdrawn")}),
        ("Zweden zou zijn militairen terugtrekken uit Mali.", "nl", set()),
        ("Zweden heeft, als eerste land, militairen naar Mali gestuurd.", "nl", {("SE", "active")}),
        ("Trekt Frankrijk zijn troepen terug uit Mali, dan valt een gat.", "nl", set()),
        ("Het Turkse bataljon kwam zondag in Kosovo aan, nog geen week na de rellen.", "nl", {("TR", "active")}),
        ("Het Turkse bataljon kwam zondag niet in Kosovo aan.", "nl", set()),
        ("Nepalese soldiers in Mali were not relieved by Indian troops.", "en", set()),
        ("Uruguay neemt niet deel aan de missie in Mali.", "nl", {("UY", "declined")}),
        ("Dat neemt niet weg dat er in Mali nog altijd 1.100 Uruguayanen dienen.", "nl", {("UY", "active")}),
        ("Poland does not plan to enlarge its company in Mali.", "en", {("PL", "declined")}),
    ],
)  # fmt: skip
def test_what_could_be_or_is_denied_gives_nothing_and_what_only_looks_so_does(body, language, expected):
    assert told(body, language) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Nederland, dat zijn laatste militairen in 2019 uit Mali terugtrok, levert vijf stafofficieren.", {("NL", "withdrawn"), ("NL", "active")}),
        ("Zambia liet weten dat het niet meedoet aan de missie in Mali.", {("ZM", "declined")}),
        ("Tsjaad, dat 1400 militairen in Mali heeft, zei geen besluit te hebben genomen.", {("TD", "active")}),
        ("Van de 2000 militairen in Mali en Niger, de helft in Mali, komen er bijna 1500 uit Tsjaad.", {("TD", "active")}),
        ("In Mali gaat het slecht. In Zweden stemt het parlement over de uitzending van een fregat.", {("SE", "considered")}),
        ("Na het vertrek van de Fransen uit Mali overwegen ook de Duitsers hun missie te beëindigen.", {("DE", "under_review")}),
        ("Nepal (1.720 man) en India (2.350) vormen de ruggengraat van de missie in Mali.", {("NP", "active"), ("IN", "active")}),
        ("Het is nog onduidelijk of Portugal militairen naar Mali stuurt.", {("PT", "considered")}),
        ("Portugal stuurt mogelijk militairen naar Mali.", {("PT", "considered")}),
        ("Portugal stuurt zo snel mogelijk militairen naar Mali.", {("PT", "announced")}),
        ("Japan trok zijn genisten in 2017 terug uit Mali.", {("JP", "withdrawn")}),
        ("Japan trok 20 genisten terug uit Mali.", {("JP", "reduced")}),
        ("Het Belgische leger zit in Mali. Ons land neemt ook deel aan de missie in Niger.", {("BE", "active")}),
        ("Premier Jone Tikoitoga van Fiji zei dat zijn land in Mali blijft.", {("FJ", "active")}),
        ("De eerste Franse militairen hebben Niger verlaten.", {("FR", "reduced")}),
        ("België heeft 200 militairen in Litouwen. Ze vormen samen met de Duitsers een brigade in Litouwen.", {("BE", "active"), ("DE", "active")}),
        ("Het Uruguayaanse bataljon in Mali, dat er de startbaan bewaakte, is afgelost door Bangladesh.", {("UY", "withdrawn"), ("BD", "active")}),
        ("Griekenland heeft 130 militairen in Kosovo en Slovenië 240.", {("GR", "active"), ("SI", "active")}),
        ("De meeste militairen in Libanon komen uit Indonesië, India en Ghana.", {("ID", "active"), ("IN", "active"), ("GH", "active")}),
        ("Kenia ontkent dat het zijn militairen uit Somalië terugtrekt.", set()),
        ("Zou Italië zijn bataljon in Libanon halveren, dan blijft er weinig over.", set()),
    ],
)  # fmt: skip
def test_dutch_word_order_tells_who_does_what(body, expected):
    assert told(body, "nl") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # a clause that is put in, and what goes on
        ("Oostenrijk, dat al 300 man in Mali heeft, voegt daar nog 120 man aan toe.", {("AT", "active"), ("AT", "announced")}),
        ("Kenia, dat in mei 240 man voor Mali had toegezegd, haakt af.", {("KE", "announced"), ("KE", "declined")}),
        # some go, and others stay
        ("Italië trok in juli een fregat terug uit Mali, waardoor er nog 200 Italianen over zijn.", {("IT", "reduced"), ("IT", "active")}),
        ("Italië trok zijn peloton grotendeels uit Mali terug.", {("IT", "reduced")}),
        ("Italië trok zijn peloton uit Mali terug.", {("IT", "withdrawn")}),
        ("Italië trok zijn peloton uit Mali terug; slechts enkele officieren bleven achter.", {("IT", "reduced"), ("IT", "active")}),
        ("Italië haalde zijn contingent, 95 man, uit Mali weg.", {("IT", "withdrawn")}),
        ("Van de 90 Deense militairen in Mali vertrekken er in mei 30.", {("DK", "reduced")}),
        # who comes, and who goes
        ("Denemarken stuurt 90 militairen naar Mali. De eerste 30 Denen vertrekken op 2 juli.", {("DK", "announced")}),
        ("In mei vertrokken 90 Deense militairen naar Mali.", {("DK", "active")}),
        ("Het Deense fregat voor de kust van Mali keert zaterdag in Esbjerg terug.", {("DK", "withdrawn")}),
        ("De Deense militairen in Mali worden in mei teruggeroepen.", {("DK", "withdrawn")}),
        ("Het Deense bataljon in Mali wordt afgelost door 60 Zweden.", {("DK", "withdrawn"), ("SE", "announced")}),
        # an end, a refusal, second thoughts
        ("Chili maakt in mei een eind aan de uitzending van zijn vijftien waarnemers naar Mali.", {("CL", "ended")}),
        ("Het Deense parlement verwierp de uitzending van 90 militairen naar Mali.", {("DK", "declined")}),
        ("Het Deense parlement verwierp een motie om de missie in Mali te schrappen.", set()),
        ("Denemarken overweegt de inzet in Mali af te bouwen.", {("DK", "under_review")}),
        ("Denemarken houdt zijn bataljon nog zeker een jaar in Mali.", {("DK", "extended")}),
        # asked, denied, wanted of others
        ("Nepal kreeg van de VN het verzoek 130 man in Mali te leveren.", set()),
        ("Zij weersprak dat Denemarken militairen naar Mali heeft gestuurd.", set()),
        ("Mali wil dat Denemarken zijn militairen terugtrekt.", set()),
        ("India sprak berichten over een vertrek van zijn contingent uit Mali tegen.", set()),
        ("Nigeria haalde het grootste deel van zijn troepen in Mali weg om tegen Boko Haram te strijden.", {("NG", "reduced")}),
        # who acts
        ("Zweden en Noorwegen lieten weten 20 man naar Mali te sturen.", {("SE", "announced"), ("NO", "announced")}),
        ("In mei liet Zweden 24 militairen naar Mali overkomen en stuurde Noorwegen twee officieren.", {("SE", "active"), ("NO", "active")}),
        ("Tonga heeft 55 mariniers naar Mali gestuurd, waar zij een Brits kamp bewaken.", {("TO", "active")}),
        ("„We halen iedereen naar huis uit Mali”, zei de legerchef in Maseru.", {("LS", "withdrawn")}),
    ],
)  # fmt: skip
def test_dutch_clauses_tell_of_who_comes_who_goes_and_who_is_left(body, expected):
    assert told(body, "nl") == expected


@pytest.mark.parametrize(
    "body",
    [
        "Bij een ongeluk in Mali zijn dertien Franse militairen om het leven gekomen.",
        "Frankrijk roept zijn ambassadeur uit Niger terug.",
        "Nederland draagt 10 miljoen euro bij aan de missie in Haïti.",
        "Frankrijk diende een resolutie in over de missie in Mali.",
        "Aan de oefening in Estland doen ook Franse militairen mee.",
        "De Verenigde Staten sloten een akkoord met de Taliban over Afghanistan.",
        "De 300 Rwandese militairen in Mali staan niet onder bevel van de VN.",
        "„Zolang er geen vrede is, blijft de missie in Mali nodig”, zei de Zweedse minister van Defensie.",
    ],
)
def test_what_is_no_force_in_a_place_gives_no_claim(body):
    assert told(body, "nl") == set()


def test_a_text_goes_on_with_the_country_that_it_told_of():
    later = "Sweden has 100 soldiers in Mali. It will leave in March."
    assert told(later, "en") == {("SE", "active"), ("SE", "withdrawn")}
    assert told("It will leave in March.", "en") == set()
    counted = "Argentinië heeft 300 militairen op Cyprus. In april gaan zestig blauwhelmen naar huis."
    assert told(counted, "nl") == {("AR", "active"), ("AR", "reduced")}
    both = "Sweden and Finland sent soldiers to Mali. The two countries have run a joint battalion there since 2011."
    assert [one["contributing_country"] for one in found(both, "en").claims[2:]] == ["SE", "FI"]


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("Russia wants the force in Mali gone.", "en"),
        ("The peacekeepers were asked to leave by Mali.", "en"),
        ("Jamaica has promised soldiers for Haiti; none has arrived.", "en"),
        ("Botswana verloor vorige week twee militairen in Mozambique.", "nl"),
    ],
)
def test_a_demand_a_loss_or_a_denial_is_no_departure_and_no_presence(body, language):
    assert not {stage for _code, stage in told(body, language)} & {"withdrawn", "reduced", "active"}


@pytest.mark.parametrize(
    ("body", "language", "expected"),
    [
        # who comes back from a mission leaves it; who goes there does not, nor who is no force
        ("De Belgische militairen keren in mei terug uit Mali.", "nl", {("BE", "withdrawn")}),
        ("Estonian soldiers will return from Mali in May.", "en", {("EE", "withdrawn")}),
        ("Danish troops return to Mali from Niger in May.", "en", {("DK", "active")}),
        ("The Danish minister returns from Mali on Monday.", "en", set()),
        ("De Deense minister keert maandag terug uit Mali.", "nl", set()),
        ("De Deense hulpverleners keren maandag terug uit Mali.", "nl", set()),
        # since when, at the beginning
        ("Since 2013 Swedish troops have been in Mali.", "en", {("SE", "active")}),
        ("Since 2013 the Swedish king has visited Mali twice.", "en", set()),
        # one number in the place of another
        ("Polen stuurt niet 50 maar 95 militairen naar Mali.", "nl", {("PL", "announced")}),
        ("Polen stuurt niet 50 militairen naar Mali.", "nl", {("PL", "declined")}),
        # what stands between dashes
        ("Troops from Senegal - the largest contributor to the force in Mali - will withdraw in May.", "en",
         {("SN", "active"), ("SN", "withdrawn")}),
        ("Duitsland – dat 100 militairen in Mali heeft – stuurt er nog 50.", "nl", {("DE", "active"), ("DE", "announced")}),
        # a withdrawal that is expected is not something that comes
        ("Egypt's troop withdrawal from Mali is expected to be completed by the end of this year.", "en", {("EG", "withdrawn")}),
    ],
)  # fmt: skip
def test_how_news_tells_of_coming_and_going(body, language, expected):
    assert told(body, language) == expected


@pytest.mark.parametrize(
    ("body", "language", "date", "contribution"),
    [
        ("In November last year Britain withdrew 250 troops from Mali.", "en", "2021-11", None),
        ("In november vorig jaar trok Zweden zijn militairen terug uit Mali.", "nl", "2021-11", None),
        ("Since 2013 Swedish troops have been in Mali.", "en", "2013", None),
        ("Denemarken stuurt een C-130-transportvliegtuig naar Mali.", "nl", None, "een C-130-transportvliegtuig"),
        ("Denmark will send two C-130 aircraft to Mali.", "en", None, "two C-130 aircraft"),
    ],
)
def test_when_and_with_what(body, language, date, contribution):
    [claim] = found(body, language).claims
    assert (claim["date"] and claim["date"]["edtf"], claim["contribution"]) == (date, contribution)


def test_what_a_country_has_that_is_no_force_does_not_act():
    assert told("After Russia's invasion of Ukraine, soldiers left Mali.", "en") == set()
    assert told("Russia's soldiers left Mali.", "en") == {("RU", "withdrawn")}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # what is told of a mission, of others than countries, or of who stands behind the verb
        ("Sweden left the U.N. mission in Mali, which has 12,000 soldiers.", {("SE", "withdrawn")}),
        ("Sweden sent 90 soldiers to Mali in 2013, and NATO ended its mission a year later.", {("SE", "active")}),
        ("Poland will replace the Germans in Mali.", {("PL", "announced")}),
        ("Poland has 90 soldiers in Mali and is reducing its presence by handing bases to Ukrainian forces.", {("PL", "active"), ("PL", "reduced")}),
        ("Denmark will send a frigate to protect ships off Mali from attacks by Yemen's Houthi fighters.", {("DK", "announced")}),
        ("Polish soldiers have been training Iraqi troops in Iraq since 2016.", {("PL", "active")}),
        ("Fiji will replace Philippine peacekeepers who are leaving the Golan Heights.", {("FJ", "announced"), ("PH", "withdrawn")}),
        ("Italy landed 90 soldiers in Mali in May, followed by Spain.", {("IT", "active"), ("ES", "active")}),
        # what is sent, and what was sent to do something
        ("Canada has sent 70 soldiers to Mali to train the army.", {("CA", "active")}),
        ("Canada will send 70 soldiers to Mali to train the army.", {("CA", "announced")}),
        ("Canada began sending home 70 of its soldiers from Mali.", {("CA", "reduced")}),
        ("Canada has ordered its 70 soldiers home from Mali.", {("CA", "withdrawn")}),
        ("Canada was told to take its soldiers home from Mali.", set()),
        ("The first 70 Canadian soldiers flew home from Mali on Friday.", {("CA", "reduced")}),
        ("Canada pledged to keep its 70 soldiers in Mali.", {("CA", "active")}),
        # what is not yet approved, not prolonged, not so
        ("Denmark plans to send 70 soldiers to Mali, pending approval by parliament.", {("DK", "announced")}),
        ("Denmark will end its role in Mali in May.", {("DK", "withdrawn")}),
        ("Denmark ended its role in Mali in May.", {("DK", "ended")}),
        ("Denmark denied reports that its soldiers in Mali were about to leave.", set()),
        ("Denmark has no plans to withdraw its 70 soldiers from Mali.", {("DK", "active")}),
        ("Denmark shelved a plan to cut its force in Mali.", set()),
        ("Three Irish soldiers were wounded in Mali when their camp came under fire.", set()),
        # what will come, by a passive and by a vote; what will not go on; who goes home by a verb of coming
        ("Two Polish companies will be sent to Mali.", {("PL", "announced")}),
        ("Two Polish companies have been sent to Mali.", {("PL", "active")}),
        ("Poland's contingent in Mali is to be increased by 90 soldiers.", {("PL", "announced")}),
        ("Poland's parliament will vote on sending 90 soldiers to Mali.", {("PL", "considered")}),
        ("Poland's parliament voted to send 90 soldiers to Mali.", {("PL", "authorized")}),
        ("Poland said it would not extend its mission in Mali beyond May.", {("PL", "withdrawn")}),
        ("Poland said it would extend its mission in Mali beyond May.", {("PL", "extended")}),
        ("Poland will no longer take part in the mission in Mali.", {("PL", "withdrawn")}),
        ("Poland is looking at moving its soldiers out of Mali.", {("PL", "under_review")}),
        ("Poland's six soldiers in Mali will come home in May.", {("PL", "withdrawn")}),
        ("Poland will rotate its 90 soldiers out of Mali in May.", {("PL", "withdrawn")}),
        ("Poland will rotate 90 soldiers into Mali in May.", {("PL", "announced")}),
        ("Not so Poland: it intends to bring home a third of its infantry from Mali.", {("PL", "reduced")}),
        ("Poland, which has 14 soldiers at Camp Castor in Mali, will bring them home.", {("PL", "active"), ("PL", "withdrawn")}),
        ("President Joe Biden approved the deployment of hundreds of U.S. troops to Mali.", {("US", "authorized")}),
        ("In Mali, Poland has 1,630 soldiers and Chad close to 1,900.", {("PL", "active"), ("TD", "active")}),
        ("Troops from Togo, Senegal and Burkina Faso serve in Mali.", {("TG", "active"), ("SN", "active"), ("BF", "active")}),
        # who leaves for the mission and who for home; whose withdrawal is voted on or ordered, and by whom
        ("Polish soldiers left for Mali on Friday.", {("PL", "announced")}),
        ("Polish soldiers in Mali left for home on Friday.", {("PL", "withdrawn")}),
        ("Polish soldiers came back from Mali on Friday.", {("PL", "withdrawn")}),
        ("Polish soldiers were airlifted to Mali on Friday.", {("PL", "active")}),
        ("Polish soldiers in Mali came under fire on Friday.", set()),
        ("Poland's Senate voted to withdraw its troops from Mali.", {("PL", "withdrawn")}),
        ("Poland's Senate voted to send troops to Mali.", {("PL", "authorized")}),
        ("President Donald Trump ordered the withdrawal of most U.S. troops from Mali.", {("US", "withdrawn")}),
        ("The junta ordered Polish troops to leave Mali.", set()),
        ("A minister told parliament that 300 Polish troops would leave Mali early.", {("PL", "withdrawn")}),
        ("Poland is seeking parliament's approval to send 90 soldiers to Mali.", {("PL", "considered")}),
        ("Polish troops have begun a six-month tour in Mali.", {("PL", "active")}),
        ("Polish troops will begin a six-month tour in Mali.", {("PL", "announced")}),
        ("Poland will beef up its presence in Mali by 50 soldiers.", {("PL", "announced")}),
        ("Poland sent 90 soldiers to Mali in 2022 and withdrew them a month later.", {("PL", "active"), ("PL", "withdrawn")}),
        # a country after a place, with a verb of its own
        ("Poland has 90 soldiers based in the north of Mali, and Sweden withdrew its company in 2017.", {("PL", "active"), ("SE", "withdrawn")}),
        ("Troops from Poland and Sweden left Mali in 2017.", {("PL", "withdrawn"), ("SE", "withdrawn")}),
    ],
)  # fmt: skip
def test_english_sentences_tell_of_who_acts_and_of_what_is_so(body, expected):
    assert told(body, "en") == expected


def test_a_country_that_came_in_one_year_and_has_so_many_there_now_has_two_claims():
    claims = found("Hungary joined the force in Kosovo in 1999 and now has 400 soldiers there.", "en").claims
    assert [(one["stage"], one["date"] and one["date"]["edtf"]) for one in claims] == [
        ("active", "1999"),
        ("active", None),
    ]


def test_patterns_found_by_their_openings_are_those_that_a_search_finds():
    """Every group at its first place, as if each of its patterns had been sought from every word on."""
    for language, patterns in PATTERNS.items():
        sought = [re.compile(rf"\b(?:{'|'.join(one.words)})\b") for one in patterns]
        sentences = [
            (text, text.lower[one.start : one.end], one)
            for case in bench.corpus("open")[::4]
            if case.language == language
            for text in [Text.of(case.body)]
            if tell_words(text, language) is None
            for one in text.sentences
        ]
        assert sentences
        for text, words, sentence in sentences:
            expected = [(number, match.span()) for number, one in enumerate(sought) if (match := one.search(words))]
            found = openings_of(language).found(text, words, [(sentence.start, sentence.first, sentence.last)])
            assert [(number, match.span()) for number, match in found] == expected


def test_a_pattern_that_may_begin_with_any_word_is_refused():
    with pytest.raises(ValueError, match="begin each of its alternatives with letters"):
        openings(r"\w+ back")


def test_a_turn_of_speech_that_may_begin_within_a_word_has_no_kind():
    assert openings(r"\b(?:home|back)\b", at_a_word=True) == {"home", "back"}
    with pytest.raises(ValueError, match="may begin within a word"):
        openings(r"\bhome|back", at_a_word=True)
