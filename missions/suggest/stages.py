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
        r"(?:is|are|was|were|been|remain\w*) .{0,80}(?:stationed|based|deployed|present|active|operating|serving|part of|in place|on the ground|there|posted|on duty|contributor)", r"arriv(?:e|es|ed|al)|land(?:s|ed|ing)?\b|at full strength|returned to|disembarked|reached",
        r"(?:has|have|had) been (?:at|in|on|with|there|part|patrolling|training|guarding)", r"(?:are|is|were|was) (?:still )?(?:at|in|on|with)\b", r"flown .{0,50}(?:to|into)", r"stay(?:s|ed|ing)?\b|remain(?:s|ed)?\b", r"crossed into", r"(?:tak\w+|took) part|participat\w+", r"contribut(?:es|ed|ing|e)\b",
        r"serv(?:e|es|ed|ing)\b", r"patrol\w*", r"train(?:s|ed|ing)?\b", r"guard(?:s|ed|ing)?\b", r"operat(?:e|es|ed|ing)\b", r"provid(?:e|es|ed|ing)\b", r"suppl(?:y|ies|ied)\b", r"makes? up|make up", r"joined|deployed", r"share[sd]?\b", r"monitor(?:s|ed|ing)?\b", r"fl(?:y|ies|ew|ying)\b", r"work(?:s|ed|ing)? alongside", r"numbers?\b|numbered",
    ),
    _pattern("sent", ACTIVE, r"sent|dispatched"),
    _pattern("its force in a place", ACTIVE, r"(?:its|their|his) (?:\w+ ){0,3}(?:troops|soldiers|instructors|peacekeepers|personnel|officers|observers|contingent|battalion|forces|men|trainers|advisers) (?:in|at|on|near|around)"),
]  # fmt: skip

# Turns of speech that need no other verb; they come before the plain words.
IDIOMS_NL = [
    _pattern("turn: declines", DECLINED, r"verstek", r"\bpas(?:t|ten|te)\b(?! (?:in|op|zich|aan))", r"bedank(?:t|te|ten)", r"sla(?:at|an|eg)\b .{0,30}\bover\b", r"niet zitten", r"gepasseerd station", r"kom(?:t|en) er geen", r"wordt het niets",
             r"niemand missen", r"voel(?:t|en|de) .{0,20}\bniets\b", r"haak(?:t|ten|te) .{0,20}\baf\b|afgehaakt", r"zeg(?:t|gde) .{0,20}\baf\b", r"buiten de deur", r"trekt zich (?:niets|er niets)", r"houdt .{0,30}(?:thuis|de boot af)", r"geen (?:zin|trek|behoefte)"),
    _pattern("turn: weighs", CONSIDERED, r"spe(?:elt|len) .{0,20}met de gedachte", r"wikt en weegt|wikken en wegen", r"zich .{0,30}(?:uitspreken|buigen) over", r"buigt zich", r"ligt (?:nog )?op tafel", r"broedt op", r"in beraad", r"moet .{0,30}nog (?:beslissen|besluiten)"),
    _pattern("turn: reviews", UNDER_REVIEW, r"ga(?:at|an) na of", r"(?:zint|zinnen|peinst|broedt) op (?:\w+ )?(?:vertrek|aftocht|terugtrek)", r"aftocht"),
    _pattern("turn: approves", AUTHORIZED, r"bekrachtig\w*", r"licht .{0,20}op groen", r"fiatte\w*", r"zijn zegen", r"trok .{0,20}geld uit"),
    _pattern("turn: prolongs", EXTENDED, r"rek(?:t|te|ken|ten)\b|opgerekt", r"krijg(?:t|en) er .{0,40}\bbij\b", r"(?:nog|zeker) .{0,30}(?:jaar|maanden) (?:zitten|staan|blijven|door)", r"langer verblijf", r"plakk?(?:t|en|te) .{0,40}aan vast"),
    _pattern("turn: cuts", REDUCED, r"dun(?:t|de|nen) .{0,60}\buit\b|uitgedund", r"ontruim\w+", r"(?:gaat|gaan|gingen|ging) .{0,50}naar huis", r"richting huis", r"met een (?:derde|kwart|vijfde)|gehalveerd", r"teruggeschroefd|schroeft .{0,40}terug"),
    _pattern("turn: has left", WITHDRAWN, r"biezen", r"(?:nam|namen|neemt|genomen) .{0,30}afscheid|afscheid .{0,20}genomen", r"naar huis gehaald", r"huiswaarts", r"hiel(?:en)? gelicht", r"de tenten (?:op|in)\w*"),
    _pattern("turn: will leave", WITHDRAWN, r"terugtocht", r"ke(?:ert|ren) .{0,50}(?:naar huis|huiswaarts)", r"naar huis (?:moeten|keren|komen)", r"aan .{0,60}(?:aanwezigheid|bijdrage|missie) komt .{0,30}eind\w*", planned=True),
    _pattern("turn: ends", ENDED, r"punt achter", r"houdt .{0,30}voor gezien", r"zit .{0,30}erop"),
    _pattern("turn: will come", ANNOUNCED, r"zich aan te sluiten|sluit(?:en)? zich .{0,40}\baan\b", r"voeg(?:t|en) zich", r"zich .{0,30}(?:aangemeld|gemeld)", r"ter beschikking", r"in het vooruitzicht|in de aanbieding", r"kom(?:t|en) met\b", r"kom(?:t|en) .{0,40}\bbij\b(?= ?(?:[.,]|$))",
             r"(?:opgevuld|ingenomen|overgenomen|afgelost) door", r"beloofd", r"is rond\b", r"(?:zal|zullen|gaan|gaat) .{0,40}(?:uitmaken|aflossen|versterken|overnemen|aankomen|volgen|arriveren)", r"(?:is|zijn) (?:onderweg|op weg)", r"(?:is|zijn) .{0,50}(?:uitgevaren|vertrokken) (?:om|naar)", r"staan? klaar", r"wordt? .{0,30}verwacht", planned=True),
    _pattern("turn: is there", ACTIVE, r"binnen(?:gereden|gevaren|getrokken|gekomen)", r"ve(?:cht|chten|ocht|ochten)\b", r"de(?:elt|len|elde|elden)\b(?! mee)", r"van de partij", r"houd(?:t|en) .{0,30}(?:post|stand)", r"zet(?:ten)? .{0,60}\bop\b", r"vlo(?:og|gen) .{0,60}naar", r"ma(?:akt|ken|akte|akten) .{0,80}deel uit",
             r"zij[nt] er \S+|zijn er al", r"neemt .{0,40}voor (?:zijn|haar) rekening", r"loste?n? .{0,40}\baf\b"),
]  # fmt: skip
IDIOMS_EN = [
    _pattern("turn: declines", DECLINED, r"opted out", r"begg(?:ed|ing) off", r"sit(?:s|ting)? (?:it|this one) out", r"stay(?:ed|ing|s) away", r"chang(?:ed|ing) its mind", r"think better", r"not to (?:send|deploy|join)", r"could not spare|cannot spare|can't spare",
             r"drop(?:ped|s)? plans", r"lapsed", r"pass(?:ed|es)? on (?:the|it)", r"no appetite", r"keep(?:ing|s)? .{0,40}at home|kept .{0,40}at home", r"back(?:ed|ing) out", r"stay(?:s|ing)? out of", r"balk(?:ed|s)", r"shelved"),
    _pattern("turn: weighs", CONSIDERED, r"toying with", r"seek(?:s|ing)? (?:leave|approval|permission)", r"in talks", r"would like to", r"weigh(?:ed|s) up", r"(?:is|are|was|were) to (?:vote|decide|debate)", r"on standby", r"has yet to decide|undecided", r"sounding out|sounded out", r"mooted|floated"),
    _pattern("turn: reviews", UNDER_REVIEW, r"called back", r"fresh look", r"taking stock", r"up in the air", r"having second thoughts"),
    _pattern("turn: approves", AUTHORIZED, r"sanctioned", r"clear(?:ed|s) the way", r"may deploy", r"nod\b", r"rubber-?stamped", r"waved through"),
    _pattern("turn: cuts", REDUCED, r"pull(?:ed|ing|s)? back", r"come(?:s)? down|came down|brings? .{0,40}down", r"brought home (?:one|half|some|part|\d)", r"made for the docks", r"thinn?(?:ed|ing|s)? (?:out|its)", r"(?:sent|sending|going|went) home (?:half|some|part|\d|about|a third|one)", r"pared? (?:back|down)", r"whittled"),
    _pattern("turn: leaves", WITHDRAWN, r"quits\b", r"walk(?:ed|s|ing) out", r"sailed (?:for|home)", r"send(?:s|ing)? home (?:the|its|all)", r"went home", r"departure of (?:the )?(?:last|its)", r"fly out", r"farewell", r"pull(?:ed)? up stakes", r"pack(?:ed|ing|s)? up", r"bow(?:ed|s|ing)? out", r"call(?:ed|ing)? it a day"),
    _pattern("turn: will come", ANNOUNCED, r"steaming|sailing (?:to|for|towards)|under way|under sail", r"on (?:its|their|the) way", r"en route", r"bound for", r"(?:are|is) to follow|will follow|follow(?:s)? by", r"to be joined", r"(?:is|are|were|was)? ?due (?:in|to|next|by|within)", r"get(?:s|ting) ready", r"pencill?ed in", r"packing (?:its|their)", r"expected (?:in|to|next|by)",
             r"(?:taken|filled|relieved|replaced) (?:in part )?by", r"lend(?:s|ing)?\b|lent", r"high seas", r"set sail", r"plans to have", r"has earmarked|earmarked", r"stands? ready", planned=True, unless=r"would rather"),
    _pattern("turn: is there", ACTIVE, r"tops? the list", r"followed by", r"turned up", r"set up (?:camp|base|a|shop)", r"chips? in|chipped in", r"run(?:s|ning)? (?:the|a)", r"drives? the", r"mans? the|manned", r"limits? itself", r"stepped off", r"(?:have|has) fought|fight(?:s|ing)? alongside", r"swept into", r"opened (?:a|its|the)", r"came ashore|went ashore", r"stayed behind",
             r"been seen", r"rose (?:above|to)|grew to", r"(?:are|is) left\b", r"added\b", r"came (?:two|three|\d|a)\b", r"spearhead\w*|anchor(?:s|ed)\b", r"settled in|dug in", r"takes? up|took up"),
]  # fmt: skip
PATTERNS = {"nl": [*IDIOMS_NL, *NL], "en": [*IDIOMS_EN, *EN]}

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
