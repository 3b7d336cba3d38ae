"""Names of countries and missions, and where a text mentions them: whole words, the longest name first."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import compress, count
from pathlib import Path

from missions.suggest.text import Text

KNOWN_MISSIONS = Path(__file__).resolve().parent / "known_missions.csv"
# What stands before and after a mission's name and belongs to its mention.
LEADS = 60  # code points
LEADING = (
    "missie ",
    "operatie ",
    "macht ",
    "taskforce ",
    "mission ",
    "operation ",
    "task force ",
    "peacekeeping force ",
)
LEAD = re.compile(
    r"\b(?:(?:VN|UN|U\.N\.|EU|NAVO|NATO|AU|SADC|Europese|European|European Union|United Nations|regionale|regional)(?:['’]s)?[ -])?(?:(?:naval|training|peacekeeping|military|police) )?"
    rf"\w{{0,20}}(?:{'|'.join(LEADING)})$"
)
FOLLOW = re.compile(r"-(?:missie|operatie|macht|troepenmacht)\b| (?:mission|missie|operation)\b")
LONGEST = 9  # words of a name
ONE = (1,)
NOT_MET = ()  # what words mean that were not looked up yet
MOST_MEANT = 20_000  # ways of writing names that are remembered, whatever texts are read
JOINTS = set(" -–‑'’.\n/")  # between the words of a name
# Where several countries share a word and the text names none of them otherwise.
PREFERRED = {"CD": 0, "DO": 0, "GN": 0, "KR": 0}
MORE_WORDS = {
    "CD": ["Congo", "Kongo", "Oost-Congo", "Congo-Kinshasa", "DR Congo", "RD Congo"],
    "CG": ["Congo", "Kongo"],
    "GB": ["Noord-Ierland", "Noord-Ierse", "Northern Ireland", "Engeland", "England", "Schotse", "Schotland", "Scotland"],
    "AE": ["Emiraten", "Emirates"],
    "CF": ["Centraal-Afrika"],
    "CZ": ["Tsjechië", "Czech Republic", "Czechia"],
    "BA": ["Bosnië", "Bosnia", "Bosnische", "Bosnisch", "Bosniërs", "Bosnian", "Bosnians"],
    "SS": ["Zuid-Sudan", "Zuid-Sudanese", "Zuid-Soedan", "Zuid-Soedanese"],
    "SZ": ["Swaziland"],
    "MM": ["Birma", "Burma", "Birmese", "Burmese"],
    "TL": ["Oost-Timor", "East Timor", "Oost-Timorese", "East Timorese", "Timorese"],
    "GM": ["Gambia", "The Gambia"],
    "CI": ["Ivorian"],
    "BY": ["Wit-Rusland", "Wit-Russische"],
    "MD": ["Moldavië", "Moldavische"],
    "KR": ["Korea"],
    "RU": ["Sovjet-Unie"],
    "DK": ["Dane", "Danes"], "SE": ["Swede", "Swedes"], "FI": ["Finn", "Finns"], "PL": ["Pole", "Poles"],
    "ES": ["Spaniard", "Spaniards"], "TR": ["Turks"], "FR": ["Frenchman", "Frenchmen"], "IE": ["Irishwoman"],
}  # fmt: skip
# Names in which a country's name means something else.
NO_COUNTRY = [
    "New Mexico", "New Jersey", "New England", "New Ireland", "Gulf of Guinea", "Golf van Guinee", "Indian Ocean", "Indische Oceaan",
    "Latin America", "Latin American", "South America", "South American", "North America", "North American", "Central America",
    "Latijns-Amerika", "Latijns-Amerikaanse", "Zuid-Amerika", "Zuid-Amerikaanse", "Noord-Amerika", "Noord-Amerikaanse",
    "Midden-Amerika", "Sea of Japan", "Lake Chad", "Gulf of Oman", "Golf van Oman", "Lake Malawi", "South China Sea", "Zuid-Chinese Zee",
    "Atlanta, Georgia", "Savannah, Georgia", "guinea pig", "Guinea pig", "Air Jordan", "Oost-Indische", "Perzische Golf", "Fort Benning, Georgia",
    "English Channel", "Irish Sea", "Ierse Zee", "Michael Jordan", "Jordan Valley", "Jordan River", "Siberian Tiger", "Korea Strait",
    "Mozambique Channel", "Sierra Nevada", "Norwegian Sea", "American Football", "Africa Corps",
]  # fmt: skip
# Names that are also given names or surnames: not a country beside another name.
PERSONAL = {"jordan", "georgia", "chad", "israel", "kenya", "francis", "cyprus", "jersey", "martinique", "india"}


@dataclass(frozen=True, slots=True)
class Mission:
    """A mission's name, its slug where the dataset has it, where it is, and who conducts it."""

    name: str
    slug: str | None = None
    hosts: tuple[str, ...] = ()
    organization: str | None = None
    kind: str | None = None
    words: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, name: str, abbreviation: str | None, aliases: Iterable[str], *,
        slug: str, hosts: Iterable[str], organization: str | None, kind: str | None,
    ) -> "Mission":  # fmt: skip
        """From the columns of the dataset's table."""
        words = tuple(word for word in (name, abbreviation, *aliases) if word)
        return cls(abbreviation or name, slug, tuple(hosts), organization, kind, words)


def country(code: str, name_en: str, name_nl: str, aliases: dict, demonyms: dict) -> tuple[str, list[str], list[str]]:
    """From the columns of the dataset's table: code, names, and the words for what is of it and for who lives there."""
    names, others = ([word for words in some.values() for word in words] for some in (aliases, demonyms))
    return code, [name_en, name_nl, *names], others


@dataclass(slots=True)  # the quickest to ask, and a text's are asked some fifty times each
class Mention:
    """A name in a text: countries by code, several where a word is shared, or missions."""

    start: int
    end: int
    exact: str
    codes: tuple[str, ...] = ()
    missions: tuple[Mission, ...] = ()
    adjective: bool = False  # or inhabitants: anything but the name


Meaning = tuple[
    tuple[str, ...], tuple[Mission, ...], bool
]  # codes, missions, and whether it is an adjective or inhabitants


@dataclass(slots=True)
class Gazetteer:
    """Names by their folded words; built once, used for many texts, and it can be pickled."""

    names: dict[tuple[str, ...], list] = field(default_factory=dict)
    missions: list[Mission] = field(default_factory=list)
    lengths: dict[str, list[int]] = field(default_factory=dict)  # of the names that begin with a word, longest first
    seconds: dict[str, set[str]] = field(default_factory=dict)  # the words after it in these
    meant: dict[str, Meaning | None] = field(
        default_factory=dict, compare=False, repr=False
    )  # by the words that were met

    @classmethod
    def of(cls, countries: Iterable[tuple[str, list[str], list[str]]], missions: Iterable[Mission] = ()) -> "Gazetteer":
        """From countries (code, names, adjectives and inhabitants) and the dataset's missions; known missions are added."""
        found = cls()
        for code, names, others in countries:
            for word in (*names, *(one for one in MORE_WORDS.get(code, ()))):
                found._add(word, ("country", code, False))
            for word in others:
                found._add(word, ("country", code, True))
        for phrase in NO_COUNTRY:
            found._add(phrase, ("nothing", None, False))
        own = list(missions)
        taken = {word.casefold() for one in own for word in one.words}
        known = [one for one in known_missions() if not {word.casefold() for word in one.words} & taken]
        found.missions = [*own, *known]
        for mission in found.missions:
            for word in mission.words:
                found._add(word, ("mission", mission, False))
        return found

    def _add(self, phrase: str, meaning: tuple) -> None:
        text = Text.of(phrase)
        if text.words and len(text.words) <= LONGEST:
            key = tuple(text.folded)
            entry = (phrase, *meaning)
            if entry not in self.names.setdefault(key, []):
                self.names[key].append(entry)
            if len(key) > 1:
                self.seconds.setdefault(key[0], set()).add(key[1])
            lengths = self.lengths.setdefault(key[0], [])
            if len(key) not in lengths:
                lengths.append(len(key))
                lengths.sort(reverse=True)

    def mentions(self, text: Text) -> list[Mention]:
        """Every mention, in the order of the text; none lies in another."""
        found, free = [], 0
        lengths, seconds, folded = self.lengths, self.seconds, [*text.folded, ""]
        for number in compress(count(), map(lengths.__contains__, text.folded)):
            word = folded[number]
            # “The Gambia” begins with a word of nearly every sentence: without its second word it is not looked up.
            if number >= free and (1 in lengths[word] or folded[number + 1] in seconds[word]):
                length, mention = self._at(text, number)
                if mention is not None:
                    found.append(mention)
                free = number + length
        return self._settled(text, found)

    def _at(self, text: Text, number: int) -> tuple[int, Mention | None]:
        """How many words the longest name that begins here has, and the mention, if it is one."""
        folded = text.folded
        first = folded[number]
        longer = first in self.seconds and number + 1 < len(folded) and folded[number + 1] in self.seconds[first]
        for length in self.lengths[first] if longer else ONE:
            last = number + length
            if last > len(folded):
                continue
            start, end = text.starts[number], text.ends[last - 1]
            exact = text.body[start:end]
            meant = self.meant.get(exact, NOT_MET)
            if meant is NOT_MET:
                entries = self.names.get(tuple(folded[number:last]))
                if not entries or (length > 1 and not _joined(text, number, length)):
                    continue
                meant = _meant(exact, entries)
                if len(self.meant) < MOST_MEANT:
                    self.meant[exact] = meant
            if meant is None:
                continue
            codes, missions, adjective = meant
            if not codes and not missions:
                return length, None
            if codes and first in PERSONAL and length == 1 and _in_a_persons_name(text, number):
                return length, None
            if exact in ("U.S", "U.K", "U.N") and text.body.startswith(".", end):
                end += 1
                exact += "."
            return length, Mention(start, end, exact, codes, missions, adjective)
        return 0, None

    def _settled(self, text: Text, found: list[Mention]) -> list[Mention]:
        """A word that several countries share is that of the one that the text names otherwise."""
        named = {one.codes[0] for one in found if len(one.codes) == 1}
        settled = []
        for one in found:
            if len(one.codes) > 1:
                likely = sorted(one.codes, key=lambda code: (code not in named, PREFERRED.get(code, 1), code))
                one = Mention(one.start, one.end, one.exact, (likely[0],), one.missions, one.adjective)
            if one.missions:
                one = _described(text.body, one, settled[-1].end if settled else 0)
            settled.append(one)
        return settled


def _meant(exact: str, entries: list) -> Meaning | None:
    """What words that are a name but for their capitals mean, written so; None where they do not, nothing where no country."""
    entries = [entry for entry in entries if _written_so(exact, entry[0])]
    if not entries:
        return None
    if any(entry[1] == "nothing" for entry in entries):
        return (), (), False
    missions = tuple(entry[2] for entry in entries if entry[1] == "mission")
    codes = tuple(dict.fromkeys(entry[2] for entry in entries if entry[1] == "country"))
    return codes, missions, bool(codes) and all(entry[3] for entry in entries if entry[1] == "country")


def _described(body: str, one: Mention, free: int) -> Mention:
    """A mission's name with what it is called beside it: “VN-missie Minusma”, “taskforce Takuba”, “Isaf-missie”."""
    begin = max(free, one.start - LEADS)
    lead = body.endswith(LEADING, begin, one.start) and LEAD.search(body, begin, one.start)
    follow = FOLLOW.match(body, one.end)
    start, end = lead.start() if lead else one.start, follow.end() if follow else one.end
    return Mention(start, end, body[start:end], one.codes, one.missions, one.adjective)


def _joined(text: Text, number: int, length: int) -> bool:
    """Whether words stand side by side, with nothing but a space, a hyphen or the like between them."""
    gaps = [text.body[text.ends[one] : text.starts[one + 1]] for one in range(number, number + length - 1)]
    return all(len(gap) <= 2 and set(gap) <= JOINTS for gap in gaps) or all(gap in (", ", " ") for gap in gaps)


def _written_so(exact: str, phrase: str) -> bool:
    """Names of three letters or fewer, and abbreviations, as they are; others with their capitals, in any that are more."""
    if len(phrase) <= 3 or (phrase.isupper() and len(phrase) <= 5):
        return exact.replace(".", "") == phrase.replace(".", "")
    theirs, ours = [c for c in exact if c.isalnum()], [c for c in phrase if c.isalnum()]
    return len(theirs) == len(ours) and all(
        one.isupper() or not other.isupper() for one, other in zip(theirs, ours, strict=True)
    )


def _in_a_persons_name(text: Text, number: int) -> bool:
    """Whether the word stands between the parts of a person's name."""
    body, folded, starts, ends = text.body, text.folded, text.starts, text.ends
    if number + 1 < len(starts):
        gap = body[ends[number] : starts[number + 1]]
        if gap == " " and text.capital(number + 1) and folded[number + 1] not in NO_SURNAMES:
            return True
    if number:
        gap = body[ends[number - 1] : starts[number]]
        first = number == 1 or body[ends[number - 2] : starts[number - 1]].strip(" ") != ""
        if gap == " " and text.capital(number - 1) and not first and folded[number - 1] not in NO_SURNAMES:
            return True
    return False


NO_SURNAMES = {
    "president", "prime", "armed", "army", "air", "foreign", "defence", "defense", "minister", "and", "en", "the", "government",
    "king", "parliament", "police", "military", "national", "ministry", "is", "in", "of", "from", "to", "said",
}  # fmt: skip


@cache
def known_missions() -> tuple[Mission, ...]:
    """Missions that news names, whether the dataset has them or not."""
    with KNOWN_MISSIONS.open(newline="", encoding="utf-8") as file:
        return tuple(
            Mission(
                row["name"], None, tuple(row["hosts"].split()), row["organization"] or None, row["kind"] or None,
                tuple(row["words"].split("|")),
            )
            for row in csv.DictReader(file)
        )  # fmt: skip
