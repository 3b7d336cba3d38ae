"""Who sent whom where: stages, strengths, contributions and dates of one country's force, sentence by sentence.

A clause is read for the stage that its verbs tell, for the country that acts, and for where. What is conditional or denied
gives no claim; an intention is marked as planned.
"""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from missions.edtf import Days
from missions.suggest import lexicon
from missions.suggest.gazetteer import Mention, Mission
from missions.suggest.text import Sentence, Text, Token
from missions.wording import dates, numbers

CONSIDERED, ANNOUNCED, AUTHORIZED, DECLINED = "considered", "announced", "authorized", "declined"
ACTIVE, EXTENDED, REDUCED, UNDER_REVIEW = "active", "extended", "reduced", "under_review"
ENDED, WITHDRAWN, TURNED_BACK = "ended", "withdrawn", "turned_back"


@dataclass(frozen=True, slots=True)
class Strength:
    words: str
    low: int | None
    best: int | None
    high: int | None
    start: int


@dataclass(frozen=True, slots=True)
class When:
    words: str
    edtf: str | None
    days: Days
    start: int
    until: bool  # the words tell an end


@dataclass(slots=True)
class Claim:
    start: int
    end: int
    contributing_country: str
    host_country: str | None
    mission: Mission | None
    stage: str | None
    planned: bool = False
    strength: Strength | None = None
    contribution: str | None = None
    when: When | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words of a clause that tell a stage."""

    rule: str
    stage: str
    words: re.Pattern
    planned: bool = False
    force: bool = False  # only where a force, a strength, equipment or a mission is spoken of
    hedged: bool = False  # holds in a conditional tense too ("would send")


def _pattern(rule: str, stage: str, words: str, **options) -> Pattern:
    return Pattern(rule, stage, re.compile(rf"\b(?:{words})\b", re.IGNORECASE), **options)


# The first that fits tells the stage. `.{0,N}` bridges the parts of separable verbs, within one sentence.
PATTERNS = {
    "nl": [
        _pattern("turned back", TURNED_BACK, r"rechtsomkeert|teruggestuurd|stuurde.{0,40} terug|geweigerd aan de grens|moesten? .{0,40}omkeren"),
        _pattern("thinks of leaving", UNDER_REVIEW, r"overwe(?:eg|g)\w*.{0,60}(?:stoppen|terug\w*|vertrek\w*|beëindig\w*|weg te|weghalen|verminder\w*|afbouw\w*|verlaten)"
                 r"|beraadt|beraden|heroverwe\w+|(?:denkt|denken|dacht|dachten) (?:na )?(?:over|aan).{0,60}(?:vertrek|terugtrek\w*|stoppen|toekomst|voortgang|beëindig\w*)"
                 r"|evalue(?:ert|ren|erde)|(?:onder|tegen) het licht|herziet|herzien|twijfel\w* over|zet\w* vraagtekens bij|bekijkt of .{0,50}(?:blij\w+|nog)|in heroverweging"),
        _pattern("prolongs", EXTENDED, r"verleng\w*|(?:blijft|blijven) .{0,40}langer|langer (?:blijft|blijven|door)|met (?:\w+ )?(?:jaar|maanden) verlengd", force=True),
        _pattern("refuses to send", DECLINED, r"(?:weiger\w*|ziet af|zien af|zag af|zagen af).{0,60}(?:sturen|stuurt|leveren|deel te nemen|uitzend\w*|troepen|militairen|inzet|deelname|bijdrage)"
                 r"|(?:stuurt|sturen|levert|leveren|zal|gaat|zullen|wil|wilde) (?:\w+ ){0,3}(?:geen|niet)\b.{0,40}(?:militairen|troepen|soldaten|manschappen|sturen|leveren|meedoen|deelnemen|bijdragen|helikopters?)"
                 r"|(?:sluit|sloot|sluiten) .{0,60}\buit|doet niet mee|doen niet mee|neemt niet deel"),
        _pattern("weighs sending", CONSIDERED, r"(?:overwe(?:eg|g)\w*|onderzoek\w*|bekijk\w*|bestudeer\w*|denk\w* (?:aan|erover)|verken\w*|bereid) .{0,70}"
                 r"(?:sturen|te sturen|uitzend\w*|uit te zenden|bij te dragen|bijdrage|leveren|te leveren|deelname|deel te nemen|mee te doen|inzet\w*|beschikbaar)"),
        _pattern("approves", AUTHORIZED, r"(?:stem\w*|ging|gaat|gaan|gingen) .{0,60}(?:in met|akkoord)|ingestemd|akkoord|(?:keur\w*) .{0,60}\bgoed|goedgekeurd|groen licht|machtig\w*|goedkeuring|instemming|artikel 100|artikel-100", force=True),
        _pattern("pulls out the last", WITHDRAWN, r"(?:laatste|alle) .{0,40}(?:vertrok\w*|vertrekken|vertrokken|verlie\w+|verlaten|teruggekeerd|terug|weg|thuis|naar huis)"),
        _pattern("takes some back", REDUCED, r"(?:haal\w*|trok(?:ken)?|trekt|trekken|roep\w*|riep\w*|breng\w*) (?:\w+ ){0,6}?(?:al |een deel|deel|\d[\d.]*|honderd|enkele|tientallen|bijna|ruim|zo'n|ongeveer|de helft).{0,60}\b(?:terug|weg)\b"
                 r"|trok (?:\w+ ){0,4}soldaten terug|(?:vermind\w+|halve\w+|verklein\w*|afbouw\w*|bouwt .{0,40}af|inkrimp\w*|krimp\w*|schaal\w* .{0,40}(?:terug|af)|teruggebracht|(?:breng\w*|bracht) .{0,60}terug (?:van|tot|naar)|terug(?:brengen|gebracht)|reduceer\w*|ingekrompen|afgebouwd|afgeschaald)"),
        _pattern("has left", WITHDRAWN, r"(?:was|waren|is|zijn|heeft|hebben|had|hadden) .{0,60}(?:vertrokken|teruggetrokken|verlaten|weggehaald|teruggehaald)|teruggetrokken|vertrok(?:ken)?|(?:trok(?:ken)?) .{0,60}terug|verliet(?:en)?|haalde(?:n)? .{0,50}(?:terug|weg)|(?:stopte|eindigde)n? .{0,30}(?:missie|inzet|bijdrage|deelname)"),
        _pattern("will leave", WITHDRAWN, r"(?:trekt|trekken|haalt|halen|roept|roepen) .{0,70}\b(?:terug|weg)\b|terug(?: te |)trekken|terugtrekt|terughalen|terugtrekking|(?:vertrekt|vertrekken) (?:\w+ ){0,6}uit|vertrekken .{0,30}uit|verlaat|verlaten"
                 r"|(?:stopt|stoppen) .{0,40}(?:missie|inzet|bijdrage|deelname|operatie|uitzending)|(?:missie|inzet|bijdrage|deelname) .{0,40}(?:stopt|stopzet\w*|beëindig\w*)|(?:beëindigt|beëindigen) .{0,40}(?:missie|inzet|bijdrage|deelname)|komen .{0,40}naar huis", planned=True),
        _pattern("is there", ACTIVE, r"(?:is|zijn|was|waren|blijft|blijven) .{0,70}(?:actief|aanwezig|gelegerd|gestationeerd|ingezet|ondergebracht|uitgezonden)|(?:keer\w+) .{0,60}terug naar|teruggekeerd naar|(?:arriveer\w+|aangekomen|kwam(?:en)? .{0,40}aan\b|landde\w*)"
                 r"|(?:neemt|nemen|nam|namen) .{0,60}deel|(?:doet|doen|deed|deden) .{0,40}mee|(?:draagt|dragen|droeg|droegen) .{0,60}bij\b|(?:dien|patrouilleer|train|bewaak|bevind|begeleid|beveilig|opereer|verblijf|verbleef|verblev)\w*|(?:levert|leveren|leverde|leverden)"
                 r"|(?:heeft|hebben|had|hadden) .{0,60}(?:militairen|troepen|soldaten|manschappen|blauwhelmen|mariniers|instructeurs|waarnemers|agenten|man|helikopters?)|(?:leidt|leiden|leidde)|onder (?:bevel|commando|leiding)|speelt .{0,30}rol|maakt deel uit|maken deel uit|telt", force=True),
        _pattern("will send", ANNOUNCED, r"(?:stuurt|sturen|zendt|zenden|gestuurd|uitgezonden|uitzenden|uitzendt|toegezegd|toezegg\w*|zegt? .{0,50}toe|zegde .{0,50}toe|belooft .{0,40}|bijdragen|deelnemen|inzetten|inzet|leveren|beschikbaar|vertrekken .{0,40}naar|vertrekt .{0,40}naar|meedoen|stelt .{0,60}beschikbaar|ontplooi\w*|afreizen|uitgebreid|uitbreid\w*|versterk\w*)", planned=True, force=True),
        _pattern("sent", ACTIVE, r"(?:stuurde|stuurden|zond|zonden)", force=True),
        _pattern("ends", ENDED, r"(?:liep|loopt|lopen) .{0,40}af\b|afgelopen|eindigt|eindigde|eindigen|beëindigd\w*|ten einde", force=True),
    ],
    "en": [
        _pattern("turned back", TURNED_BACK, r"(?:was|were|been) (?:turned (?:back|around|away)|sent (?:back|home)|refused entry|denied entry)|forced to (?:turn|return|go) (?:back|home|around)"),
        _pattern("thinks of leaving", UNDER_REVIEW, r"(?:consider\w*|weigh\w*|contemplat\w*|mull\w*|discuss\w*|examin\w*|thinking (?:of|about)) .{0,50}(?:withdraw\w*|pull\w*|leav\w*|end\w*|exit\w*|quit\w*|reduc\w*|future|scal\w*)"
                 r"|(?:is|are|was|were|under|has|its) .{0,30}review\w*|reviewing|reconsider\w*|reassess\w*|rethink\w*|review of|re-?evaluat\w*|question\w* the future"),
        _pattern("prolongs", EXTENDED, r"extend(?:s|ed|ing)?|prolong\w*|extension|(?:stay|remain) .{0,30}(?:longer|another|until|beyond)|renew(?:s|ed|ing)?", force=True),
        _pattern("refuses to send", DECLINED, r"(?:will not|won't|would not|does not intend to|not going to|has no plans? to|have no plans? to|had no plans? to|no intention of|refus\w+ to|declin\w+ to|ruled? out|rul(?:es|ing) out|rejected (?:a|the) request|decided (?:against|not to)|opted not to) .{0,40}"
                 r"(?:send\w*|deploy\w*|contribut\w*|tak\w+ part|join\w*|provid\w*|participat\w*|troops|soldiers|commit\w*|dispatch\w*)"),
        _pattern("weighs sending", CONSIDERED, r"(?:consider\w*|weigh\w*|mull\w*|stud(?:y|ies|ied|ying)|explor\w*|examin\w*|discuss\w*|look\w* (?:at|into)|thinking (?:of|about)|open to|ready to|willing to) .{0,50}(?:send\w*|deploy\w*|contribut\w*|join\w*|provid\w*|offer\w*|participat\w*|tak\w+ part|dispatch\w*|whether to)"),
        _pattern("approves", AUTHORIZED, r"(?:approv\w*|authori[sz]\w*|backed|endorsed|voted (?:for|in favou?r|to)|gave (?:its|the) (?:green light|approval|backing|consent|go-ahead)|green light|mandate .{0,20}approved|ratif\w*|signed off)", force=True),
        _pattern("pulls out the last", WITHDRAWN, r"(?:last|final|all(?: of)?) .{0,40}(?:left|leave|withdr\w*|departed|pulled out|gone|returned|flew|home)|completed? .{0,30}withdrawal"),
        _pattern("takes some back", REDUCED, r"(?:cut|cuts|cutting|reduc\w*|halv\w*|scal\w* (?:back|down)|trim\w*|downsiz\w*|draw\w* down|drawdown|shr[iau]nk\w*|slash\w*)"
                 r"|(?:withdr\w+|pull\w*|bring\w*|brought|recall\w*|remov\w*) (?:(?:out|back|home) )?(?:about|around|some|half|part|a third|a quarter|nearly|almost|up to|more than|\d[\d,]*|several|dozens|a few|one of|two)"),
        _pattern("has left", WITHDRAWN, r"(?:withdrew|withdrawn|pulled (?:out|its|their|back|all)|left|departed|has ended its|ended its|ended their|quit|brought .{0,30}home)"),
        _pattern("will leave", WITHDRAWN, r"(?:withdraws?|withdrawing|withdrawal|pull(?:s|ing)? (?:out|its|their|back|all)|leav(?:e|es|ing)|end(?:s|ing)? (?:its|their) (?:\w+ )?(?:mission|deployment|participation|role|operation|contribution|involvement)|bring .{0,40}home|bringing .{0,40}home|recall\w*)", planned=True),
        _pattern("ends", ENDED, r"(?:expir\w+|came to an end|comes to an end|concluded|ended)", force=True),
        _pattern("is there", ACTIVE, r"(?:has|have|had|keeps?|kept|maintain\w*) .{0,60}(?:troops|soldiers|peacekeepers|personnel|instructors|advisers|officers|observers|people|members|helicopters?|aircraft|frigates?|ships?|forces|marines|trainers|engineers|police|staff)"
                 r"|(?:is|are|was|were|been|remain\w*) .{0,60}(?:stationed|based|deployed|present|active|operating|serving|part of|in place|on the ground|there)|(?:arriv\w+|landed|returned to)|(?:tak\w+|took) part|participat\w+|contribut(?:es|ed|ing)|contribute"
                 r"|(?:serv\w+|patrol\w+|train(?:s|ed|ing)?|guard\w+|operat(?:e|es|ed)|led|leads|leading|commands?|commanded|provid(?:e|es|ed|ing)|suppl(?:y|ies|ied))|under the command|runs?|makes? up|joined|deployed", force=True),
        _pattern("will send", ANNOUNCED, r"(?:send|sends|sending|deploy|deploys|deploying|deployment|dispatch\w*|pledg\w+|offer\w*|commit(?:s|ted|ting)?|promis\w+|contribute|join|joins|joining|provide|increase|reinforce|bolster|take part|participate|boost\w*|double|reinforc\w*|embark\w*)", planned=True, force=True),
        _pattern("sent", ACTIVE, r"(?:sent|dispatched)", force=True),
    ],
}  # fmt: skip
# What makes a sent force or a departure lie ahead, or behind.
AHEAD = {
    "nl": re.compile(r"\b(?:zal|zullen|gaat|gaan|wil|willen|van plan|besloot|besloten|besluit|heeft besloten|kondig\w*|aangekondigd|volgend\w*|komend\w*|binnenkort|voornemens|moet|moeten|tegen eind|uiterlijk|dit najaar|dit voorjaar|later dit jaar|vanaf)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:will|would|plans?|planned|planning|to|going to|intends?|intended|decided|announced|next|by the end|by \w+ \d{4}|by (?:January|February|March|April|May|June|July|August|September|October|November|December|spring|summer|autumn|winter|mid)|soon|due|expected|later this|scheduled|starting|begin\w*)\b", re.IGNORECASE),
}  # fmt: skip
CLAUSE = {
    "nl": re.compile(r"[;:]|, (?:maar|terwijl|nadat|omdat|waarna|en|waar|zodat|hoewel|die|dat|waarvan)\b|\b(?:terwijl|nadat|voordat|waarna|maar)\b| en (?=\w+t\b)| – | — "),
    "en": re.compile(r"[;:]|, (?:but|while|after|because|and|where|although|which|who|whereas|with)\b|\b(?:while|whereas|after|before|but|although)\b| – | — "),
}  # fmt: skip
COUNTED = (
    r"(?:bijna|ruim|zo'n|zo’n|ongeveer|circa|ca\.?|rond de|minstens|ten minste|zeker|maximaal|hoogstens|ten hoogste|hooguit|meer dan|minder dan|tot|nog geen|"
    r"about|around|some|roughly|approximately|nearly|almost|more than|over|at least|up to|fewer than|less than|at most|no more than|a maximum of|an estimated|just over|just under)"
)
DIGITS = r"\d{1,3}(?:[.,]\d{3})+|\d+"
MONTH = "|".join(sorted((name for name in dates.MONTHS if len(name) > 2), key=len, reverse=True))
WEEKDAY = "|".join(dates.WEEKDAYS)
YEAR = r"(?:19|20)\d{2}"
LEAD = r"(?:since|sinds|sedert|until|till|tot en met|tot|from|vanaf|before|vóór|by|uiterlijk|around|about|circa|rond|omstreeks|early|late|mid|begin|eind|medio|halverwege|end of|in|op|on|the|after|na)"
WHEN = re.compile(
    rf"\b((?:{LEAD}[ -]){{0,3}}"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTH})(?:,? {YEAR})?|(?:{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?,? {YEAR}|(?:{MONTH})(?: of| van)?,? {YEAR}"
    rf"|(?:{'|'.join(dates.SEASONS)})(?: of| van)? {YEAR}|{YEAR}(?!\d)"
    rf"|(?:last|this|next|vorige|vorig|deze|dit|volgende|volgend|afgelopen|komende|komend) (?:week|month|maand|year|jaar|{WEEKDAY}|{MONTH})"
    rf"|(?:{'|'.join(dates.COUNTS)}|\d{{1,2}}) (?:days?|weeks?|months?|years?|dagen|weken|maanden|jaar) (?:ago|geleden)"
    rf"|(?:{MONTH})\b|vandaag|today|gisteren|yesterday|(?:{WEEKDAY})\b))",
    re.IGNORECASE,
)
YEARS_STAY = re.compile(
    r"na een (?:missie|verblijf|inzet) van (\w+) jaar|after a (\w+)-year (?:mission|stay|deployment)", re.IGNORECASE
)
HOMELESS = {"nl": re.compile(r"\b(?:het|dat|dit) land\b|\b(?:hij|zij|ze|het)\b|\bde (?:regering|militairen|troepen|soldaten|eenheid|manschappen|missie)\b|\bhet (?:kabinet|contingent|leger|bataljon)\b|\bdefensie\b|\bde kamer\b|\bde tweede kamer\b", re.IGNORECASE),
            "en": re.compile(r"\b(?:it|they|the country|the government|the troops|the soldiers|the contingent|the unit|the battalion|the force|its|parliament|lawmakers|the army|the military|the deployment)\b", re.IGNORECASE)}  # fmt: skip
HOME = {"nl": re.compile(r"\b(?:Defensie|het kabinet|Tweede Kamer|De Kamer|de Kamer|Buitenlandse Zaken)\b")}


COMPASS = {
    "noord", "zuid", "oost", "west", "noorden", "zuiden", "oosten", "westen", "van", "northern", "southern", "eastern", "western",
    "central", "north", "south", "east", "centraal", "neighbouring", "neighboring", "nearby", "buurland", "het",
}  # fmt: skip
COMMAND = re.compile(r"\bonder (?:bevel|commando|leiding) van\b|\bunder the (?:command|leadership) of\b", re.IGNORECASE)
NOT_DENIED = re.compile(
    r"\bniet alleen\b|\bnot only\b|\bniet langer\b.{0,30}\bmaar\b|\bno fewer than\b|\bno more than\b|\bniet meer dan\b|\bnog geen \w+ (?:militairen|man)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Clause:
    start: int
    end: int
    tokens: list[Token] = field(default_factory=list)


class Finder:
    """Finds the claims of one text."""

    def __init__(
        self, text: Text, language: str, mentions: list[Mention], descriptions: list[Mention], published: Days | None
    ):
        self.text, self.language, self.published = text, language, published
        self.mentions = sorted([*mentions, *descriptions], key=lambda one: one.start)
        self.force = lexicon.FORCE[language] | lexicon.MISSION_NOUNS[language] | set(lexicon.EQUIPMENT[language])
        self.starts = [token.start for token in text.tokens]
        self.contributor: str | None = None  # of the sentence before
        self.host: str | None = None
        self.mission: Mission | None = None
        self.paragraph = -1

    def all(self) -> list[Claim]:
        found: list[Claim] = []
        place = 0
        hosts = self._hosts()
        for sentence in self.text.sentences:
            while place < len(self.mentions) and self.mentions[place].end <= sentence.start:
                place += 1
            here = []
            for one in self.mentions[place:]:
                if one.start >= sentence.end:
                    break
                here.append(one)
            if sentence.paragraph != self.paragraph:
                self.paragraph = sentence.paragraph
            found += self._of(sentence, here, hosts)
        return found

    def _hosts(self) -> set[str]:
        """Countries in which the text's forces are: those spoken of as a place more often than as an actor."""
        place, actor = {}, {}
        for mention in self.mentions:
            for code in mention.codes[:1]:
                counted = place if not mention.adjective and self._locative(mention) else actor
                counted[code] = counted.get(code, 0) + 1
            for mission in mention.missions[:1]:
                for code in mission.hosts:
                    place[code] = place.get(code, 0) + 1
        return {code for code, count in place.items() if count >= actor.get(code, 0)}

    def _before(self, place: int) -> list[Token]:
        """The three words before a place."""
        number = bisect_left(self.starts, place)
        return self.text.tokens[max(0, number - 3) : number]

    def _after(self, place: int, most: int) -> list[Token]:
        number = bisect_left(self.starts, place)
        return self.text.tokens[number : number + most]

    def _locative(self, mention: Mention) -> bool:
        before = [token.folded for token in self._before(mention.start)]
        while before and before[-1] in lexicon.ARTICLES[self.language] | COMPASS:
            before.pop()
        return bool(before) and before[-1] in lexicon.LOCATIVE[self.language]

    def _oblique(self, mention: Mention) -> bool:
        before = [token.folded for token in self._before(mention.start)]
        while before and before[-1] in lexicon.ARTICLES[self.language]:
            before.pop()
        return bool(before) and before[-1] in lexicon.OBLIQUE[self.language]

    # --- a sentence

    def _of(self, sentence: Sentence, here: list[Mention], hosts: set[str]) -> list[Claim]:
        words = self.text.body[sentence.start : sentence.end]
        folded = {token.folded for token in sentence.tokens}
        mission = next((one.missions[0] for one in here if one.missions), None)
        if mission:
            self.mission = mission
        place = next(
            (
                one.codes[0]
                for one in here
                if one.codes and not one.adjective and one.codes[0] in hosts and self._locative(one)
            ),
            None,
        )
        if place is None and mission and len(mission.hosts) == 1:
            place = mission.hosts[0]
        if place:
            self.host = place
        senders = [one for one in here if one.codes and self._sends(one, hosts, place)]
        strengths = self._strengths(sentence)
        military = bool(folded & self.force) or mission is not None or bool(strengths) or self._compound(folded)
        found: list[Claim] = []
        if not military and not place:
            self._remember(senders)
            return found
        hypothetical = self._hypothetical(sentence, words, folded)
        last: list[str] = []
        for clause in self._clauses(sentence):
            own = [one for one in senders if clause.start <= one.start < clause.end]
            codes = self._contributors(clause, own, last, hosts)
            last = codes or last
            if hypothetical or not codes:
                continue
            found += self._stages(sentence, clause, codes, place, mission, strengths, military)
        if not found and not hypothetical and senders and strengths:
            found += self._counted(sentence, senders, strengths, place, mission)
        self._remember(senders)
        return self._distinct(found)

    def _remember(self, senders: list[Mention]) -> None:
        if senders:
            self.contributor = senders[-1].codes[0]

    def _compound(self, folded: set[str]) -> bool:
        """Dutch compounds: gevechtshelikopters, transportvliegtuig."""
        endings = (
            (*tuple(lexicon.EQUIPMENT["nl"][:12]), "militairen", "missie", "troepen", "operatie")
            if self.language == "nl"
            else ()
        )
        return bool(endings) and any(word.endswith(endings) for word in folded)

    def _sends(self, one: Mention, hosts: set[str], place: str | None) -> bool:
        """Whether a country is spoken of as one that acts."""
        code = one.codes[0]
        if self._locative(one) and not one.adjective:
            return False
        if code == place:
            return False
        following = [token.folded for token in self._after(one.end, 5)]
        if one.adjective:
            state = lexicon.STATE_NOUNS[self.language] - {"ambassadeur", "ambassador"}
            if not set(following[:4]) & (
                lexicon.FORCE[self.language]
                | lexicon.PERSONS[self.language]
                | state
                | set(lexicon.EQUIPMENT[self.language])
                | lexicon.MISSION_NOUNS[self.language]
            ) and not self._people(one):
                return False
            if code in hosts:
                return False
            return not (
                self._oblique(one)
                and not set(following[:3]) & (lexicon.FORCE[self.language] | lexicon.PERSONS[self.language])
            )
        return not self._oblique(one) and not (code in hosts and place is None and code == self.host)

    def _people(self, one: Mention) -> bool:
        """Inhabitants: “de Fransen”, “the French”, “een Nederlander”."""
        before = [token.folded for token in self._before(one.start)][-1:]
        following = self._after(one.end, 1)
        bare = not following or not following[0].text[0].islower() or following[0].folded in VERBISH
        return (bool(set(before) & (lexicon.ARTICLES[self.language] | {"andere", "other"})) and bare) or (
            one.exact.endswith(("en", "ers")) and self.language == "nl"
        )

    def _hypothetical(self, sentence: Sentence, words: str, folded: set[str]) -> bool:
        if self.language == "nl":
            if re.search(r"(?:^|, |\b(?:maar|en) )(?:als|indien|mocht|mochten|tenzij)\b", words, re.IGNORECASE):
                return True
            return bool({"zou", "zouden"} & folded) and not re.search(r"\b(?:overwe\w+|besloten|aangekondigd)\b", words)
        if (
            re.search(r"(?:^|[“\",] ?|\b(?:but|and|that|only) )(?:if|unless|should)\b", words, re.IGNORECASE)
            or " if " in words
        ):
            return True
        if {"could", "might", "may"} & folded and not re.search(r"\b(?:consider|weigh|review|examin|stud)\w*", words):
            return True
        return "would" in folded and not re.search(
            r"\b(?:said|says|announced|confirmed|told|decided|pledged|agreed|added|declared|it|they|promised)\b.{0,80}\bwould\b",
            words,
        )

    def _clauses(self, sentence: Sentence) -> Iterator[Clause]:
        place = sentence.start
        for cut in CLAUSE[self.language].finditer(self.text.body, sentence.start, sentence.end):
            if cut.start() - place >= 12:
                yield self._clause(sentence, place, cut.start())
                place = cut.start()
        yield self._clause(sentence, place, sentence.end)

    def _clause(self, sentence: Sentence, start: int, end: int) -> Clause:
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return Clause(start, end, self.text.tokens[low:high])

    def _contributors(self, clause: Clause, own: list[Mention], last: list[str], hosts: set[str]) -> list[str]:
        """The countries that act in a clause: the first named and those joined to it, else whoever a pronoun stands for."""
        if own:
            found = [own[0].codes[0]]
            for one, other in itertools.pairwise(own):
                gap = self.text.body[one.end : other.start].strip().casefold()
                if gap in JOINED or (
                    one.adjective and other.adjective and len(gap) < 40 and re.search(r"\b(?:en|and|,)\b|,", gap)
                ):
                    found.append(other.codes[0])
                else:
                    break
            return list(dict.fromkeys(found))
        words = self.text.body[clause.start : clause.end]
        if self.language in HOME and HOME[self.language].search(words) and "NL" not in hosts:
            return ["NL"]
        if last:
            return last
        return [self.contributor] if self.contributor and HOMELESS[self.language].search(words) else []

    # --- what a clause tells

    def _stages(self, sentence, clause, codes, place, mission, strengths, military) -> Iterator[Claim]:
        words = self.text.body[clause.start : clause.end]
        own = [one for one in strengths if clause.start <= one.start < clause.end]
        if command := COMMAND.search(words):
            contribution = self._commanded(clause, clause.start + command.start())
            yield Claim(
                sentence.start,
                sentence.end,
                codes[0],
                place or self.host,
                mission or self.mission,
                None,
                contribution=contribution,
                rule="command",
            )
            return
        denied = bool(
            {token.folded for token in clause.tokens} & lexicon.NEGATION[self.language]
        ) and not NOT_DENIED.search(words)
        for pattern in PATTERNS[self.language]:
            if (pattern.force and not military) or (denied and pattern.stage != DECLINED):
                continue
            if not pattern.words.search(words):
                continue
            planned = self._planned(pattern, words)
            stage = pattern.stage
            when = self._when(clause, planned)
            ends = when is not None and when.until and stage == ACTIVE
            for code in codes:
                yield Claim(
                    sentence.start, sentence.end, code, self._host(place, mission, code), mission or self._same_mission(words),
                    stage, planned, own[0] if own and stage not in (REDUCED, DECLINED) else None, self._equipment(clause), None if ends else when,
                    pattern.rule,
                )  # fmt: skip
                if ends:
                    yield Claim(
                        sentence.start,
                        sentence.end,
                        code,
                        self._host(place, mission, code),
                        mission or self.mission,
                        ENDED,
                        True,
                        when=when,
                        rule="until",
                    )
                if stage == WITHDRAWN and (stay := YEARS_STAY.search(words)) and when and when.edtf:
                    yield self._stayed(sentence, code, place, mission, stay, when)
            return

    def _planned(self, pattern: Pattern, words: str) -> bool:
        if pattern.stage in (WITHDRAWN, ENDED, REDUCED, EXTENDED) and not pattern.planned:
            return bool(AHEAD[self.language].search(words)) and not PAST[self.language].search(words)
        return pattern.planned

    def _host(self, place: str | None, mission: Mission | None, code: str) -> str | None:
        found = place or (mission.hosts[0] if mission and len(mission.hosts) == 1 else None) or self.host
        return found if found != code else None

    def _same_mission(self, words: str) -> Mission | None:
        return (
            self.mission
            if re.search(
                r"\b(?:de|the|its|deze|this|die) (?:\w+)?(?:missie|operatie|mission|operation|force)\b",
                words,
                re.IGNORECASE,
            )
            else None
        )

    def _stayed(self, sentence, code, place, mission, stay, when) -> Claim:
        """A departure after a stay of so many years tells roughly when the stay began."""
        count = dates.COUNTS.get((stay[1] or stay[2]).casefold()) or (
            int(stay[1] or stay[2]) if (stay[1] or stay[2]).isdigit() else None
        )
        began = f"{when.days[0].year - count}~" if count and when.days[0] else None
        words = f"{stay[1]} jaar" if stay[1] else f"{stay[2]}-year"
        from missions import edtf

        started = When(words, began, edtf.days(began) if began else (None, None), sentence.start, False)
        return Claim(
            sentence.start,
            sentence.end,
            code,
            self._host(place, mission, code),
            mission,
            ACTIVE,
            when=started,
            rule="stayed for years",
        )

    def _counted(self, sentence, senders, strengths, place, mission) -> Iterator[Claim]:
        """A force that is counted is there, where nothing else is said of it."""
        words = self.text.body[sentence.start : sentence.end]
        if {token.folded for token in sentence.tokens} & lexicon.NEGATION[self.language] or KILLED.search(words):
            return
        for one in senders:
            near = [
                strength
                for strength in strengths
                if 0 <= one.start - strength.start < 40 or 0 <= strength.start - one.end < 40
            ]
            if near and one.adjective:
                yield Claim(
                    sentence.start,
                    sentence.end,
                    one.codes[0],
                    self._host(place, mission, one.codes[0]),
                    mission or self.mission,
                    ACTIVE,
                    strength=near[0],
                    rule="counted",
                )

    def _strengths(self, sentence: Sentence) -> list[Strength]:
        """Numbers of persons, each with its hedge."""
        found, tokens = [], sentence.tokens
        persons = lexicon.PERSONS[self.language]
        for number, token in enumerate(tokens):
            if token.folded not in persons:
                continue
            for first in range(max(0, number - 9), number):
                phrase = self.text.body[tokens[first].start : tokens[number].start].strip()
                if "," in phrase and not re.search(r"\d,\d", phrase):
                    continue
                if (
                    first
                    and re.fullmatch(COUNTED, self.text.body[tokens[first].start : tokens[first].end], re.IGNORECASE)
                    is None
                    and not tokens[first].folded[0].isdigit()
                ) and not _numeral(tokens[first].folded):
                    continue
                strength = self._strength(phrase, tokens[first].start)
                if strength:
                    found.append(strength)
                    break
        return found

    def _strength(self, phrase: str, start: int) -> Strength | None:
        """The number in the words before what is counted; adjectives between them are left out."""
        parts = phrase.split()
        for end in range(len(parts), 0, -1):
            words = " ".join(parts[:end])
            if not (
                any(letter.isdigit() for letter in words) or any(_numeral(part.casefold()) for part in parts[:end])
            ):
                return None
            if re.fullmatch(YEAR, words):
                return None
            try:
                read = numbers.understand(words)
            except (ValueError, IndexError, KeyError):
                continue
            if all(part[0].islower() or part[0].isupper() for part in parts[end:]) and len(parts) - end <= 4:
                return Strength(words, read.low, read.best, read.high, start)
        return None

    def _equipment(self, clause: Clause) -> str | None:
        """What is contributed beside persons, as printed: an article or number up to the thing itself."""
        nouns = set(lexicon.EQUIPMENT[self.language])
        tokens = clause.tokens
        for number, token in enumerate(tokens):
            thing = token.folded in nouns or (
                self.language == "nl" and len(token.folded) > 8 and token.folded.endswith(lexicon.EQUIPMENT["nl"][:12])
            )
            if not thing:
                continue
            for first in range(number, max(-1, number - 5), -1):
                folded = tokens[first].folded
                if folded in lexicon.ARTICLES[self.language] or folded[0].isdigit() or _numeral(folded):
                    return self.text.body[tokens[first].start : token.end]
            return self.text.body[token.start : token.end]
        return None

    def _commanded(self, clause: Clause, start: int) -> str:
        words = self.text.body[start : clause.end].rstrip(" .")
        return re.sub(r"^onder |^under the ", "", words)

    def _when(self, clause: Clause, planned: bool) -> When | None:
        for found in WHEN.finditer(self.text.body, clause.start, clause.end):
            words = found[1]
            until = bool(re.match(r"(?:until|till|tot)\b", words, re.IGNORECASE))
            for asked in (
                words,
                re.sub(rf"^(?:{LEAD} )+", "", words, flags=re.IGNORECASE),
                f"{'until' if planned or until else 'since'} {_bare(words)}",
            ):
                try:
                    read = dates.understand(
                        asked, self.published if self.published and None not in self.published else None
                    )
                except (ValueError, IndexError, OverflowError):
                    continue
                if read.edtf:
                    return When(words, read.edtf, (read.earliest, read.latest), found.start(), until)
        return None

    def _distinct(self, claims: list[Claim]) -> list[Claim]:
        """One claim of a country's stage in a sentence; the one that tells more."""
        best: dict[tuple, Claim] = {}
        for one in claims:
            key = (one.contributing_country, one.stage, one.when.edtf if one.when and one.stage == ACTIVE else None)
            if key not in best or (one.strength and not best[key].strength):
                best[key] = one
        return list(best.values())


def _numeral(word: str) -> bool:
    """Whether a word is a number written out."""
    return word in numbers.ROUND or (word not in numbers.ARTICLES and numbers._number(word) is not None)


def _bare(words: str) -> str:
    return re.sub(rf"^(?:{LEAD}[ -])+", "", words, flags=re.IGNORECASE)


JOINED = {"en", "and", ",", ", en", ", and", "&", "als", "as well as", "evenals"}
KILLED = re.compile(
    r"\b(?:kwamen? om|gedood|gesneuveld|omgekomen|gewond|killed|wounded|died|injured|dead)\b", re.IGNORECASE
)
PAST = {
    "nl": re.compile(r"\b(?:was|waren|had|hadden|vertrok(?:ken)?|trok(?:ken)?|liep|verliet(?:en)?|haalde[n]?|eindigde[n]?|stopte[n]?)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:withdrew|pulled|left|ended|expired|cut|reduced|had|was|were|departed|extended|concluded)\b", re.IGNORECASE),
}  # fmt: skip
VERBISH = {
    "zijn",
    "is",
    "hebben",
    "willen",
    "gaan",
    "en",
    "of",
    "te",
    "who",
    "have",
    "are",
    "were",
    "and",
    "will",
    "in",
    "als",
    "die",
    "om",
}
