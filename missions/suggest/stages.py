"""Words by which news tells the stages of a deployment. The first pattern of a language that fits a clause decides.

`.{0,N}` bridges the parts of a separable verb or of a phrase; every bridge is bounded, so that no text makes it slow.
"""

import re
from dataclasses import dataclass

CONSIDERED, ANNOUNCED, AUTHORIZED, DECLINED = "considered", "announced", "authorized", "declined"
ACTIVE, EXTENDED, REDUCED, UNDER_REVIEW = "active", "extended", "reduced", "under_review"
ENDED, WITHDRAWN, TURNED_BACK = "ended", "withdrawn", "turned_back"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that tell a stage; `unless` are words with which they tell something else."""

    rule: str
    stage: str
    words: re.Pattern
    planned: bool = False
    unless: re.Pattern | None = None


def _pattern(rule: str, stage: str, *words: str, planned: bool = False, unless: str | None = None) -> Pattern:
    other = re.compile(rf"\b(?:{unless})", re.IGNORECASE) if unless else None
    return Pattern(rule, stage, re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE), planned, other)


LEAVING_NL = r"stoppen|terug|vertrek|beëindig|weg te|weghalen|verminder|afbouw|verlaten|verleng|inkrimp"
LEAVING_EN = r"withdraw|pull|leav|end(?:ing)? (?:its|their|the)|exit|quit|reduc|scal|cut|extend|future|early|bring\w* .{0,20}home"
SENT_NL = r"(?:sturen|uitzend\w*|uit te zenden|bij te dragen|bijdrag\w+|leveren|levering|deelname|deelnemen|deel te nemen|mee te doen|meedoen|in te zetten|inzet\b|beschikbaar|versterking\w*|te stationeren|detacher\w+)"
SENT_EN = r"(?:send\w*|deploy\w*|contribut\w*|join\w*|provid\w*|offer\w*|participat\w*|tak\w+ part|dispatch\w*|return|units?|compan(?:y|ies)|battalions?|contingents?|teams?|troops|soldiers|peacekeepers|frigates?|ships?|aircraft|helicopters?|instructors|engineers|request|personnel|forces)"
FORCE_NL = r"(?:militairen|troepen|soldaten|manschappen|blauwhelmen|mariniers|instructeurs|waarnemers|agenten|commando|man|eenheden|bataljon|contingent|compagnie|helikopters?|schip|schepen|fregat\w*|vliegtuig\w*|toestel\w*)"

NL = [
    _pattern(
        "turned back", TURNED_BACK, r"rechtsomkeert", r"onverrichter zake", r"teruggestuurd", r"(?:stuurde|stuurden) .{0,60} terug",
        r"(?:mocht|mochten|kon|konden) .{0,50}niet (?:landen|binnen|door|aanmeren|aan land)", r"(?:geen|zonder) (?:toestemming|toegang) .{0,30}(?:landen|binnen|land)",
        r"(?:moest|moesten) .{0,60}(?:omkeren|terugkeren|terugvliegen)", r"de toegang (?:werd )?geweigerd",
    ),
    _pattern(
        "refuses to send", DECLINED, r"(?:ziet|zien|zag|zagen) (?:er(?:van)?|daarvan|hiervan|\w+ )?.{0,40}\baf van\b", r"(?:ziet|zien|zag|zagen) (?:ervan|daarvan|hiervan) af",
        rf"(?:niet van plan|geen plannen|geen behoefte|niet bereid|voelt niets|weiger\w*|peinst) .{{0,70}}{SENT_NL}", rf"(?:weiger\w*|afgewezen|wijst|wees) .{{0,60}}(?:verzoek|{FORCE_NL})",
        r"(?:stuur|stur|zend|lever|zet|doe|neem|nem|draag|drag)\w* .{0,50}\b(?:niet|geen)\b", rf"(?:zal|gaat|zullen|gaan|wil|willen|wilde|wilden|komt|komen) .{{0,40}}\b(?:niet|geen)\b .{{0,60}}(?:{SENT_NL}|sturen|leveren)",
        r"(?:sluit|sloot|sluiten|sloten) .{0,70}\buit\b", rf"\bgeen\b (?:\w+ ){{0,2}}{FORCE_NL} .{{0,30}}(?:sturen|leveren|zenden|beschikbaar)",
    ),
    _pattern(
        "weighs sending", CONSIDERED,
        rf"(?:overwe(?:eg|g)\w*|overwoog|overwogen|onderzoek\w*|onderzocht\w*|bekijk\w*|bestudeer\w*|beraa\w+|denk\w*|dacht\w*|nagedacht|verken\w*|bereid|praat|praten|besprek\w*|buigt|buigen) .{{0,100}}{SENT_NL}",
        unless=LEAVING_NL,
    ),
    _pattern(
        "thinks of leaving", UNDER_REVIEW, rf"(?:overwe(?:eg|g)\w*|overwoog|overwogen|denk\w*|dacht\w*|nagedacht|onderzoek\w*|onderzocht\w*|spreekt|praat|debatteer\w*) .{{0,90}}(?:{LEAVING_NL}|toekomst|voortgang)\w*",
        r"beraadt|beraden", r"heroverwe\w+", r"evalue(?:ert|ren|erde)", r"tegen het licht", r"herzien?t?", r"twijfel\w* over", r"vraagtekens bij",
        r"ter discussie", r"op losse schroeven", r"bekijkt of .{0,60}(?:blij\w+|nog|door)", unless=r"niet .{0,20}(?:verlengen|herzien)",
    ),
    _pattern("prolongs", EXTENDED, r"verleng\w*", r"(?:blijft|blijven) .{0,50}langer", r"langer (?:blijft|blijven|door)", r"plakt .{0,40}(?:jaar|maanden)", r"(?:jaar|maanden) langer"),
    _pattern(
        "approves", AUTHORIZED, r"(?:stem\w*|ging|gaat|gaan|gingen) .{0,70}(?:in met|akkoord|mee in)", r"ingestemd", r"akkoord", r"(?:keur\w*) .{0,70}\bgoed\b",
        r"goedgekeurd", r"groen licht", r"machtig\w*", r"(?:geeft|gaf|gegeven|kreeg|krijgt) .{0,40}(?:toestemming|goedkeuring|instemming|zegen)", r"artikel[ -]100",
    ),
    _pattern("pulls out the last", WITHDRAWN, r"(?:laatste|alle|al (?:zijn|haar|hun)) .{0,60}(?:vertrok\w*|vertrekken|verlie\w+|verlaten|teruggekeerd|terug|weg|thuis|naar huis|overgestoken|vertrokken)"),
    _pattern(
        "takes some back", REDUCED,
        r"(?:haal\w*|trok(?:ken)?|trekt|trekken|roep\w*|riep\w*|breng\w*|bracht\w*) (?:\S+ ){0,6}?(?:al (?!zijn|haar|hun|de |het )|een deel|deel|\d[\d.]*|honderd|enkele|tientallen|bijna|ruim|zo'n|ongeveer|de helft|een derde|twee|drie).{0,70}\b(?:terug|weg|naar huis)\b",
        r"trok (?:\w+ ){0,4}soldaten terug", r"vermind\w+", r"halve\w+", r"verklein\w*", r"(?:afbouw\w*|bouwt .{0,50}af|afgebouwd)", r"inkrimp\w*|krimpt?|ingekrompen", r"schaal\w* .{0,50}(?:terug|af)|afgeschaald",
        r"(?:breng\w*|bracht) .{0,70}terug (?:van|tot|naar)|teruggebracht|terugbrengen", r"reduceer\w*", r"(?:minder|kleiner) .{0,30}(?:militairen|troepen|contingent|eenheid)",
    ),
    _pattern(
        "has left", WITHDRAWN, r"(?:was|waren|is|zijn|heeft|hebben|had|hadden) .{0,80}(?:vertrokken|teruggetrokken|verlaten|weggehaald|teruggehaald)", r"teruggetrokken", r"vertrok(?:ken)?",
        r"(?:trok(?:ken)?) .{0,70}terug", r"verliet(?:en)?", r"haal(?:de|den) .{0,60}(?:terug|weg)", r"(?:stopte)n? .{0,40}(?:missie|inzet|bijdrage|deelname)",
    ),
    _pattern(
        "will leave", WITHDRAWN, r"(?:trekt|trekken|haalt|halen|roept|roepen) .{0,80}\b(?:terug|weg)\b", r"terug ?te trekken|terugtrek\w+|terughal\w+|terug te halen", r"vertrek(?:t|ken)\b.{0,40}\buit\b|vertrek(?:t|ken)\b(?!.{0,30}naar)",
        r"verla(?:at|ten)", r"(?:stopt|stoppen) .{0,50}(?:missie|inzet|bijdrage|deelname|operatie|uitzending)", r"(?:missie|inzet|bijdrage|deelname) .{0,50}(?:stopt|stopzet\w*|beëindig\w*)",
        r"beëindig(?:t|en) .{0,50}(?:missie|inzet|bijdrage|deelname)", r"kom(?:t|en) .{0,50}naar huis", planned=True,
    ),
    _pattern("ends", ENDED, r"(?:liep|loopt|lopen|liepen) .{0,50}\baf\b", r"afgelopen (?=\.|,|$)", r"eindig(?:t|de|den|en)", r"beëindigd\w*", r"ten einde", r"komt .{0,30}aan (?:zijn|haar|een) eind\w*"),
    _pattern(
        "will send", ANNOUNCED, r"(?:stuurt|sturen|zendt|zenden|uitgezonden|uitzend\w*)", r"(?:zeg|zegt|zegde|zegden) .{0,60}\btoe\b|toegezegd|toezegg\w*", r"(?:belooft|beloofde|beloven)", rf"(?:wil|gaat|zal|willen|gaan|zullen) .{{0,80}}(?:{SENT_NL}|sturen|leveren)",
        r"stel(?:t|len|de|den) .{0,90}beschikbaar|beschikbaar (?:gesteld|te stellen)", r"vertrek(?:t|ken) .{0,60}naar", r"afreizen|reist .{0,30}af|reizen .{0,30}af", r"breidt .{0,60}(?:bijdrage|contingent|inzet|aantal|missie|eenheid|detachement).{0,60}uit|uitbreid\w*|uitgebreid met", r"versterk(?:t|en)\b", r"kondig\w* .{0,80}\baan\b", planned=True,
        unless=r"(?:stuurde|stuurden)",
    ),
    _pattern(
        "is there", ACTIVE, r"(?:is|zijn|was|waren|blijft|blijven) .{0,90}(?:actief|aanwezig|gelegerd|gestationeerd|ingezet|ondergebracht|paraat|operationeel)", r"keer(?:de|den|t|en) .{0,70}terug (?:naar|in)|teruggekeerd (?:naar|in)",
        r"arriveer\w+|gearriveerd|aangekomen|kwam(?:en)? .{0,60}\baan\b|land(?:de|den)\b|geland|aan land|voet aan wal|meerde\w* .{0,40}aan", r"(?:neemt|nemen|nam|namen) .{0,80}\bdeel\b", r"(?:doet|doen|deed|deden) .{0,50}\bmee\b", r"(?:draagt|dragen|droeg|droegen) .{0,90}\bbij\b",
        r"dien(?:t|en|den|de)\b", r"patrouilleer\w+|patrouilleren", r"train(?:t|en|de|den)\b", r"bewa(?:ak|k)\w+", r"bevind(?:t|en)\b", r"begeleid\w*", r"beveilig\w*", r"opere(?:er|r)\w*", r"verblij\w+|verbleef|verbleven", r"lever(?:t|en|de|den)\b",
        rf"(?:heeft|hebben|had|hadden|houdt|houden) .{{0,80}}{FORCE_NL}", r"blij(?:ft|ven)\b", r"(?:is|zijn|zit|zitten|sta|staat|staan) .{0,40}\b(?:er|daar)\b", r"(?:zit|zitten|staat|staan|ligt|liggen) .{0,50}(?:in|op|bij|voor)", r"speelt .{0,40}rol", r"ma(?:akt|ken) deel uit",
        r"tel(?:t|de)\b", r"vorm(?:t|en) .{0,80}(?:groep|eenheid|brigade|macht|bataljon|kern)", r"run(?:t|nen)\b", r"met \S+ (?:man|militairen|soldaten)", r"vli(?:egt|egen)\b|vlogen", r"(?:is|zijn) sinds",
    ),
    _pattern("sent", ACTIVE, r"stuurde(?:n)?|zond(?:en)?|gestuurd"),
    _pattern("its force in a place", ACTIVE, rf"(?:zijn|hun|haar) (?:\S+ ){{0,3}}{FORCE_NL} (?:in|op|bij|te|rond)"),
]  # fmt: skip

EN = [
    _pattern(
        "turned back", TURNED_BACK, r"(?:was|were|been|be) (?:\w+ )?(?:turned (?:back|around|away)|sent (?:back|home)|refused|denied)", r"(?:refused|denied) (?:permission|entry|access|landing)", r"(?:flew|sailed|drove|went) back\b", r"(?:forced|had|ordered) to (?:turn|return|go|fly|sail|drive) (?:back|home|around)",
        r"turn(?:ed)? (?:back|around) .{0,40}(?:border|airport|port)",
    ),
    _pattern(
        "refuses to send", DECLINED,
        r"(?:will not|won't|would not|wouldn't|does not intend to|do not intend to|not going to|has no plans?|have no plans?|had no plans?|no intention|refus\w+|declin\w+|ruled? out|rul(?:es|ing) out|reject\w+|decided (?:against|not to)|opted not to|unwilling|not be|stopped short of|turned down|said no) .{0,60}(?:send\w*|deploy\w*|contribut\w*|tak\w+ part|join\w*|provid\w*|participat\w*|troops|soldiers|commit\w*|dispatch\w*|add\w*|reinforc\w*)", r"(?:turned down|rejected|declined|refused) .{0,30}request",
        r"(?:send\w*|contribut\w*|provid\w*|commit\w*|offer\w*) (?:\w+ )?no (?:\w+ ){0,2}(?:troops|soldiers|forces|peacekeepers|personnel|ships?|aircraft)", r"ruled out taking part",
    ),
    _pattern(
        "weighs sending", CONSIDERED,
        rf"(?:consider\w*|weigh\w*|mull\w*|stud(?:y|ies|ied|ying)|explor\w*|examin\w*|discuss\w*|debat\w*|look\w* (?:at|into)|thinking (?:of|about)|open to|ready to|willing to|prepared to|toying with) .{{0,70}}{SENT_EN}",
        unless=LEAVING_EN,
    ),
    _pattern(
        "thinks of leaving", UNDER_REVIEW, rf"(?:consider\w*|weigh\w*|contemplat\w*|mull\w*|discuss\w*|debat\w*|examin\w*|study\w*|thinking (?:of|about)|talk\w* (?:of|about)|toying with) .{{0,70}}(?:{LEAVING_EN})\w*",
        r"(?:is|are|was|were|under|its|a) (?:\w+ ){0,4}review(?:ed|ing)?", r"reviewing", r"reconsider\w*", r"reassess\w*", r"rethink\w*", r"review of", r"re-?evaluat\w*", r"question\w* (?:the|its|their) (?:future|role|mission)", r"in doubt|open question",
    ),
    _pattern("prolongs", EXTENDED, r"extend(?:s|ed|ing)?", r"prolong\w*", r"extension", r"(?:stay|remain|keep\w*) .{0,50}(?:longer|another|beyond|until (?:at least )?\w+ \d{4})", r"renew(?:s|ed|ing)?", r"(?:another|further) (?:year|six months|twelve months|two years)"),
    _pattern(
        "approves", AUTHORIZED, r"approv(?:e|es|ed|al)", r"authori[sz]\w*", r"backed (?:the|a|sending)", r"endorsed", r"vot(?:ed|es) .{0,40}(?:for|in favou?r|to)", r"(?:gave|given|gives) .{0,30}(?:green light|approval|backing|consent|go-ahead|blessing)", r"ratif\w*", r"signed off|cleared the way|agreed to send",
    ),
    _pattern("pulls out the last", WITHDRAWN, r"(?:last|final|all(?: of)?) .{0,60}(?:left|leave|withdr\w*|departed|pulled out|gone|returned|flew|home|crossed)", r"complet\w+ .{0,30}withdrawal"),
    _pattern(
        "takes some back", REDUCED, r"(?:cut|cuts|cutting|trim\w*|slash\w*) .{0,60}", r"reduc(?:e|es|ed|ing|tion)", r"halv(?:e|es|ed|ing)", r"scal\w* (?:back|down)", r"downsiz\w*", r"draw\w* down|drawdown", r"shr[iau]nk\w*",
        r"(?:withdr\w+|pull\w*|bring\w*|brought|recall\w*|remov\w*|moved|shifted|relocated|redeployed|taken?|took|sent) (?:(?:out|back|home|away) )?(?:about|around|some|half|part|a third|a quarter|nearly|almost|up to|more than|\d[\d,]*|several|dozens|a few|one of|two|three)(?: \S+){0,6}?(?: (?:home|out|back|from|of its|of their|battalions|soldiers|troops))",
    ),
    _pattern("ends", ENDED, r"end(?:ed|s|ing)? (?:its|their|his|the) (?:\w+ )?(?:part|participation|role|mission|contribution|deployment|tour|involvement|presence)", r"expir\w+", r"(?:came|comes|coming|drew|draws) to an end", r"concluded"),
    _pattern("has left", WITHDRAWN, r"withdrew|withdrawn", r"pulled (?:out|its|their|back|all)", r"left\b(?! (?:behind|hand))", r"departed", r"quit\b", r"brought .{0,30}home", r"gone home"),
    _pattern(
        "will leave", WITHDRAWN, r"withdraw(?:s|ing|al)?", r"pull(?:s|ing)? (?:out|its|their|back|all)", r"(?<!That )leav(?:e|es|ing)", r"bring(?:s|ing)? .{0,50}home", r"recall(?:s|ing|ed)?", r"go(?:ing)? home", planned=True,
    ),
    _pattern("will send", ANNOUNCED, r"(?:will|would|to|plans?|planned|planning|going to|intends?|agreed to|promised to|offered to|pledged to|is|are|due to|set to|about to|can|soon) (?:\w+ ){0,3}(?:send|sending|deploy|deploying|dispatch|contribute|contributing|join|joining|provide|providing|take part|participate|increase|reinforce|bolster|boost|double|add|fill|supply|commit|replace|take over|serve|embark)",
             r"(?:send|sends|sending|deploys|dispatches|adds)\b", rf"(?:pledg\w+|offer(?:s|ed|ing)?|promis(?:es|ed|ing)|commit(?:s|ted|ting)?) .{{0,80}}(?:{SENT_EN})", r"fill (?:the|a) gap", planned=True, unless=r"(?:sent)\b"),
    _pattern(
        "is there", ACTIVE,
        r"(?:has|have|had|keeps?|kept|maintain\w*|operates?|runs?) .{0,70}(?:troops|soldiers|peacekeepers|personnel|instructors|advisers|advisors|officers|observers|people|members|helicopters?|aircraft|frigates?|ships?|forces?|marines|trainers|engineers|police|staff|base|monitors|contingent|battalion|company|unit)",
        r"(?:is|are|was|were|been|remain\w*) .{0,80}(?:stationed|based|deployed|present|active|operating|serving|part of|in place|on the ground|there|posted|on duty|contributor)", r"arriv(?:e|es|ed|al)|landed|returned to|disembarked|reached",
        r"(?:has|have|had) been (?:at|in|on|with|there|part|patrolling|training|guarding)", r"(?:are|is|were|was) (?:still )?(?:at|in|on|with)\b", r"flown .{0,50}(?:to|into)", r"stay(?:s|ed|ing)?\b|remain(?:s|ed)?\b", r"crossed into", r"(?:tak\w+|took) part|participat\w+", r"contribut(?:es|ed|ing|e)\b",
        r"serv(?:e|es|ed|ing)\b", r"patrol\w*", r"train(?:s|ed|ing)?\b", r"guard(?:s|ed|ing)?\b", r"operat(?:e|es|ed|ing)\b", r"provid(?:e|es|ed|ing)\b", r"suppl(?:y|ies|ied)\b", r"makes? up|make up", r"joined|deployed", r"share[sd]?\b", r"monitor(?:s|ed|ing)?\b", r"fl(?:y|ies|ew|ying)\b", r"work(?:s|ed|ing)? alongside", r"numbers?\b|numbered",
    ),
    _pattern("sent", ACTIVE, r"sent|dispatched"),
    _pattern("its force in a place", ACTIVE, r"(?:its|their|his) (?:\w+ ){0,3}(?:troops|soldiers|instructors|peacekeepers|personnel|officers|observers|contingent|battalion|forces|men|trainers|advisers) (?:in|at|on|near|around)"),
]  # fmt: skip

PATTERNS = {"nl": NL, "en": EN}

# What makes an act lie ahead, and what shows that it lies behind.
AHEAD = {
    "nl": re.compile(r"\b(?:zal|zullen|gaat|gaan|wil|willen|van plan|besloot|besloten|besluit|kondig\w*|aangekondigd|volgend\w*|komend\w*|binnenkort|voornemens|moet|moeten|uiterlijk|later dit jaar|vanaf)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:will|would|plans?|planned|planning|going to|intends?|intended|decided|announced|next|by the end|soon|due|expected|later this|scheduled|starting)\b", re.IGNORECASE),
}  # fmt: skip
BEHIND = {
    "nl": re.compile(r"\b(?:was|waren|had|hadden|vertrok(?:ken)?|trok(?:ken)?|liep|verliet(?:en)?|haalde[n]?|eindigde[n]?|stopte[n]?)\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:withdrew|pulled|left|ended|expired|cut|reduced|had|was|were|departed|extended|concluded)\b", re.IGNORECASE),
}  # fmt: skip


def planned(pattern: Pattern, words: str, language: str) -> bool:
    """Whether a clause tells an intention."""
    if pattern.stage in (WITHDRAWN, ENDED, REDUCED, EXTENDED) and not pattern.planned:
        return bool(AHEAD[language].search(words)) and not BEHIND[language].search(words)
    return pattern.planned
