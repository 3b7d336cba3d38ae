"""How well suggestions are found, and how fast.

    python -m bench.suggest [--misses NAME …] [--finds FILE]

Precision, recall and F1 of each kind over the corpus in tests/corpus (its README says what is annotated) and the seed
article, whose facts are those of the fixtures. A suggestion is right where it overlaps an annotated passage by at least
half of the longer of the two, and names the same country, speaker, or country and stage; each counts once. `--misses` lists what was
missed or made up in texts of the open half. `--finds` is for a change that should change no find: it writes every find in
the seed, the open half and mixtures of their sentences to a file, and where that is there says which texts are read otherwise.
"""

import argparse
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from missions import edtf
from missions.suggest import Suggestions, find
from missions.suggest.gazetteer import Gazetteer, Mission, country

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "tests" / "corpus"
KINDS = ("countries", "missions", "statements", "claims")
OVERLAP = 0.5
MIXTURES = 600  # of sentences of the readable texts, some cut within, some read as the other language
SECONDS = 5  # of the measurement of speed
# Pieces of lines that make a careless pattern slow, and the lengths of such lines.
ADVERSE = ["“", "Mali ", "Mali. ", "Nederland stuurt ", "said, ", "1 ", "a", "(", "' ", "The Netherlands, ", "de "]
SHORT, LONG = 100_000, 800_000
# Every mention of a country in the seed, in the order of the text.
SEED_COUNTRIES = "NL ML NL ML FR ML FR ML ML FR NL FR ML NL ML ML ML NL ML NL NL RU ML FR ML FR FR DK ML SE DE"


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    body: str
    language: str
    published: tuple[date, date]
    expected: dict


def fixture(name: str) -> list[dict]:
    return [row["fields"] for row in json.loads((ROOT / "fixtures" / name).read_text())]


def gazetteer() -> Gazetteer:
    """The shipped countries and missions."""
    columns = ("code", "name_en", "name_nl", "aliases", "demonyms")
    countries = [country(*(row[name] for name in columns)) for row in fixture("10_countries.json")]
    missions = [
        Mission.of(
            row["name"], row["abbreviation"], row["aliases"], slug=row["slug"], hosts=[code for (code,) in row["host_countries"]],
            organization=row["conducting_organization"], kind=row["kind"],
        )
        for row in fixture("40_missions.json")
    ]  # fmt: skip
    return Gazetteer.of(countries, missions)


def corpus(half: str) -> list[Case]:
    found = []
    for path in sorted((CORPUS / half).glob("*.json")):
        expected = json.loads(path.read_text())
        body = path.with_suffix(".txt").read_text()
        found.append(Case(path.stem, body, expected["language"], edtf.days(expected["published"]), expected))
    return found


def seed() -> Case:
    (article,) = fixture("20_articles.json")
    of = {row["slug"]: row for row in fixture("50_deployments.json")}
    statements = [row | {"country": row["country"] and row["country"][0]} for row in fixture("60_statements.json")]
    claims = [
        row | {"contributing_country": of[row["deployment"][0]]["contributing_country"][0]}
        for row in fixture("70_claims.json")
    ]
    published = (date.fromisoformat(article["published_earliest"]), date.fromisoformat(article["published_latest"]))
    expected = {"statements": statements, "claims": claims, "countries": _seed_countries(article["body"])}
    expected["missions"] = [
        {"slug": "minusma", "name": "MINUSMA", "exact": "VN-missie Minusma"}
        | _at(article["body"], "VN-missie Minusma"),
        {"slug": "eutm-mali", "name": "EUTM Mali", "exact": "EU-trainingsmissie"}
        | _at(article["body"], "EU-trainingsmissie"),
    ]
    return Case("seed", article["body"], article["language"], published, expected)


def _at(body: str, words: str) -> dict:
    start = body.index(words)
    return {"start": start, "end": start + len(words)}


def _seed_countries(body: str) -> list[dict]:
    """Places of the countries' mentions; the words by which each is mentioned there."""
    words = {
        "NL": ("Nederlander", "Nederland"), "ML": ("Malinese", "Mali"), "FR": ("Frankrijk", "Fransen", "Franse"), "RU": ("Russische",),
        "DK": ("Deense",), "SE": ("Zweden",), "DE": ("Duitsland",),
    }  # fmt: skip
    found, place = [], 0
    for code in SEED_COUNTRIES.split():
        at, word = min(
            (body.find(word, place), -len(word), word) for word in words[code] if body.find(word, place) >= 0
        )[::2]
        found.append({"code": code, "start": at, "end": at + len(word), "exact": word})
        place = at + len(word)
    return found


# --- scores


def same(kind: str, one: dict, other: dict) -> bool:
    if kind == "countries":
        return one["code"] == other["code"]
    if kind == "missions":
        return (one["slug"] or one["name"]) in (other["slug"], other["name"])
    if kind == "statements":
        return (one["speaker"] or "").casefold() == (other["speaker"] or "").casefold()
    return one["contributing_country"] == other["contributing_country"] and one["stage"] == other["stage"]


def overlap(one: dict, other: dict) -> float:
    common = min(one["end"], other["end"]) - max(one["start"], other["start"])
    return common / max(one["end"] - one["start"], other["end"] - other["start"])


def matched(kind: str, found: list[dict], expected: list[dict]) -> tuple[list[dict], list[dict], int]:
    """(made up, missed, right): each suggestion stands for one annotation, the best overlap first."""
    pairs = sorted(
        (
            (-overlap(one, other), number, place)
            for number, one in enumerate(found)
            for place, other in enumerate(expected)
            if one["start"] < other["end"] and other["start"] < one["end"] and same(kind, one, other)
        ),
    )
    taken, answered = set(), set()
    for share, number, place in pairs:
        if -share >= OVERLAP and number not in taken and place not in answered:
            taken.add(number)
            answered.add(place)
    made_up = [one for number, one in enumerate(found) if number not in taken]
    missed = [one for place, one in enumerate(expected) if place not in answered]
    return made_up, missed, len(taken)


@dataclass(frozen=True, slots=True)
class Score:
    """How much of what was found is right, and how much of what should be found was."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def scores(cases: list[Case], names: Gazetteer) -> dict[str, Score]:
    """By kind."""
    counts = defaultdict(lambda: [0, 0, 0])
    for case in cases:
        found = find(case.body, case.language, case.published, names)
        for kind in KINDS:
            made_up, missed, right = matched(kind, getattr(found, kind), case.expected[kind])
            for place, number in enumerate((right, len(made_up), len(missed))):
                counts[kind][place] += number
    return {kind: _score(*counts[kind]) for kind in KINDS}


def _score(right: int, made_up: int, missed: int) -> Score:
    return Score(
        right / (right + made_up) if right + made_up else 1.0, right / (right + missed) if right + missed else 1.0
    )


def misses(cases: list[Case], names: Gazetteer) -> None:
    for case in cases:
        found: Suggestions = find(case.body, case.language, case.published, names)
        for kind in KINDS:
            made_up, missed, _right = matched(kind, getattr(found, kind), case.expected[kind])
            for label, rows in (("made up", made_up), ("missed", missed)):
                for row in rows:
                    told = {
                        name: value for name, value in row.items() if value and name not in ("exact", "start", "end")
                    }
                    print(f"{case.name} {kind} {label}: {told}\n      {row['exact']}")


def mixtures(cases: list[Case]) -> Iterator[tuple[str, str]]:
    """Texts that nobody wrote, the same each time: sentences, words and marks of others in any order."""
    chance = random.Random(7)
    pieces = {
        language: [
            piece
            for case in cases
            if case.language == language
            for piece in re.split(r"(?<=[.!?]) |(?<=\n)", case.body)
        ]
        for language in ("nl", "en")
    }
    for number in range(MIXTURES):
        language = chance.choice(("nl", "en"))
        read = language if number % 10 else ("en" if language == "nl" else "nl")
        some = chance.choices(pieces[language], k=chance.randint(1, 20))
        if number % 4 == 1:
            some = [piece[chance.randint(0, len(piece)) :] for piece in some]
        if number % 4 == 2:
            words = " ".join(some).split(" ")
            some = chance.sample(words, len(words))
        yield chance.choice((" ", " ", "\n\n", ", ", "")).join(some), read


def compare_finds(path: Path, cases: list[Case], names: Gazetteer) -> None:
    texts = [(case.body, case.language, case.published) for case in cases]
    published = cases[0].published
    texts += [(body, language, published) for body, language in mixtures(cases)]
    found = [asdict(find(*text, names)) for text in texts]
    if not path.exists():
        path.write_text(json.dumps(found, ensure_ascii=False))
        print(f"the finds in {len(found)} texts were written to {path}")
        return
    before = json.loads(path.read_text())
    changed = [number for number, (one, other) in enumerate(zip(before, found, strict=True)) if one != other]
    for number in changed[:5]:
        for kind in KINDS:
            for one in before[number][kind]:
                if one not in found[number][kind]:
                    print(f"text {number}: was found: {one}")
            for one in found[number][kind]:
                if one not in before[number][kind]:
                    print(f"text {number}: is found now: {one}")
    print(f"{len(changed)} of {len(found)} texts are read otherwise")


def seconds(body: str, names: Gazetteer) -> float:
    """Of the processor, to read a text; the quicker of two times."""
    found = []
    for _ in range(2):
        start = time.process_time()
        find(body, "nl", None, names)
        found.append(time.process_time() - start)
    return min(found)


def speed(cases: list[Case], names: Gazetteer) -> tuple[float, float]:
    """Articles of 3 KB a second on one core: by the clock, and of the processor's time, of which other programs take none."""
    bodies = [((case.body * (1 + 3000 // len(case.body)))[:3000], case.language, case.published) for case in cases]
    start, processed, count = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - start < SECONDS:
        for body, language, published in bodies:
            find(body, language, published, names)
        count += len(bodies)
    return count / (time.perf_counter() - start), count / (time.process_time() - processed)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--misses", nargs="*")
    parser.add_argument("--finds", type=Path)
    asked = parser.parse_args()
    names, open_half = gazetteer(), corpus("open")
    if asked.finds:
        compare_finds(asked.finds, [seed(), *open_half], names)
        return
    if asked.misses is not None:
        misses([case for case in [seed(), *open_half] if not asked.misses or case.name in asked.misses], names)
        return
    print(f"{'':14}{'kind':14}{'precision':>10}{'recall':>10}{'F1':>8}")
    for name, cases in (("seed", [seed()]), ("open half", open_half), ("set aside", corpus("aside"))):
        for kind, score in scores(cases, names).items():
            print(f"{name:14}{kind:14}{score.precision:>10.3f}{score.recall:>10.3f}{score.f1:>8.3f}")
    growth = {
        piece: seconds(piece * (LONG // len(piece)), names) / seconds(piece * (SHORT // len(piece)), names)
        for piece in ADVERSE
    }
    worst = max(growth, key=growth.get)
    print(f"a line {LONG // SHORT} times as long takes at most {growth[worst]:.1f} times as long (of {worst!r})")
    print("articles of 3 KB a second on one core, by the clock and of the processor's time:")
    for name, cases in (
        ("the seed", [seed()]),
        ("texts of the open half, in which nearly every sentence tells of a force", open_half),
    ):
        by_clock, by_processor = speed(cases, names)
        print(f"{by_clock:10,.0f}{by_processor:10,.0f}  {name}")


if __name__ == "__main__":
    main()
