"""Words by which news tells the stages of a deployment. The first pattern of a language that fits a clause decides.

They are sought in small letters, which is thrice as fast as a search that takes capitals for small letters.

`.{0,N}` bridges the parts of a separable verb or of a phrase; every bridge is bounded, so that no text makes it slow.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from missions.suggest.openings import Openings
from missions.suggest.text import Token

CONSIDERED, ANNOUNCED, AUTHORIZED, DECLINED = "considered", "announced", "authorized", "declined"
ACTIVE, EXTENDED, REDUCED, UNDER_REVIEW = "active", "extended", "reduced", "under_review"
ENDED, WITHDRAWN, TURNED_BACK = "ended", "withdrawn", "turned_back"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that tell a stage; `unless` are words with which they tell something else."""

    rule: str
    stage: str
    words: tuple[str, ...]  # the first that fits where any of them does
    planned: bool = False
    unless: re.Pattern | None = None


def _pattern(rule: str, stage: str, *words: str, planned: bool = False, unless: str | None = None) -> Pattern:
    other = re.compile(rf"\b(?:{unless})") if unless else None
    return Pattern(rule, stage, words, planned, other)


LEAVING_NL = r"stoppen|terug|vertrek|beëindig|weg te|weghalen|verminder|afbouw|verlaten|verleng|inkrimp"
LEAVING_EN = r"withdraw|pull|leav|end(?:ing)? (?:of )?(?:its|their|the)|exit|quit|reduc|scal|cut|extend|future|early|bring\w* .{0,20}home"
SENT_NL = r"(?:sturen|innemen|opvullen|zenden|zending|uitzend\w*|uit te zenden|bij te dragen|bijdrag\w+|leveren|levering|deelname|deelnemen|deel te nemen|mee te doen|meedoen|in te zetten|inzet\b|beschikbaar|versterking\w*|te stationeren|detacher\w+)"
SENT_EN = r"(?:send\w*|deploy\w*|contribut\w*|join\w*|provid\w*|offer\w*|participat\w*|tak\w+ part|dispatch\w*|return|units?|compan(?:y|ies)|battalions?|contingents?|teams?|troops|soldiers|peacekeepers|frigates?|ships?|aircraft|helicopters?|instructors|engineers|request|personnel|forces)"
FORCE_NL = r"(?:militairen|troepen|soldaten|manschappen|blauwhelmen|mariniers|instructeurs|waarnemers|agenten|commando|man|eenheden|bataljon|contingent|compagnie|helikopters?|schip|schepen|fregat\w*|vliegtuig\w*|toestel\w*)"
UNITS_NL = "twee|drie|vier|vijf|zes|zeven|acht|negen"
TENS_NL = r"(?:(?:eenen|tweeën|drieën|vieren|vijfen|zesen|zevenen|achten|negenen)?(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig))"

NL = [
    _pattern(
        "turned back", TURNED_BACK, r"rechtsomkeert", r"onverrichter zake", r"teruggestuurd", r"(?:stuurde|stuurden) .{0,60} terug",
        r"(?:mocht|mochten|kon|konden) .{0,50}niet (?:landen|binnen|door|aanmeren|aan land)", r"(?:geen|zonder) (?:toestemming|toegang) .{0,30}(?:landen|binnen|land)",
        r"(?:moest|moesten) .{0,60}(?:omkeren|terugkeren|terugvliegen)", r"de toegang (?:werd )?geweigerd",
    ),
    _pattern(
        "refuses to send", DECLINED, r"(?:ziet|zien|zag|zagen) (?:er(?:van)?|daarvan|hiervan|\w+ )?.{0,40}\baf van\b", r"(?:ziet|zien|zag|zagen) .{0,60}\bvan af\b", r"(?:ziet|zien|zag|zagen) (?:ervan|daarvan|hiervan) af|afgezien van|(?:ervan|daarvan) afgezien",
        r"kom(?:t|en) .{0,20}niet (?:meer|terug)\b", r"\bgeen (?:\S+ ){1,6}?(?:kan|kunnen|wil|willen|wilde|wilden|zal|zullen) (?:\w+ )?(?:vrijmaken|missen|leveren|sturen|inzetten|afstaan|bijdragen|uitzenden)", r"past ervoor|paste ervoor|bedankt ervoor|niet thuis geeft|geeft niet thuis|geen animo|laat .{0,30}aan zich voorbijgaan|beleefd nee|kreeg nul op het rekest|afwijzing|nee gezegd|zei nee|zegt nee|hoeft .{0,40}niets te verwachten|blijft .{0,30}aan de kant|houdt .{0,30}buiten|(?:wees|wijst|wezen) .{0,60}van de hand|niets te missen|kan .{0,30}niet missen",
        rf"(?:niet van plan|geen plannen|geen behoefte|niet bereid|voelt niets|weiger\w*|peinst) .{{0,70}}{SENT_NL}", rf"(?:weiger\w*|afgewezen|(?:wijst|wees)(?! er\w*op)) .{{0,60}}(?:verzoek|{FORCE_NL})",
        r"(?:stuur|stur|zend|lever)\w* .{0,50}\b(?:niet|geen)\b", r"(?:zet|doe|neem|nem|draag|drag)\w* (?:\S+ ){0,6}?(?:niet|geen) (?!weg\b)(?:\S+ ){0,4}?(?:mee|deel|bij|in)\b", rf"(?:zal|gaat|zullen|gaan|wil|willen|wilde|wilden|komt|komen) .{{0,40}}\b(?:niet|geen)\b .{{0,60}}(?:{SENT_NL}|sturen|leveren)",
        r"(?:sluit|sloot|sluiten|sloten) (?!.{0,30}\bniet\b).{0,70}\buit\b", rf"\bgeen\b (?:\w+ ){{0,2}}{FORCE_NL} .{{0,30}}(?:sturen|leveren|zenden|beschikbaar)",
    ),
    _pattern(
        "weighs sending", CONSIDERED,
        rf"(?:overwe(?:eg|g)\w*|overwoog|overwogen|onderzoek\w*|onderzocht\w*|bekijk\w*|bestudeer\w*|bera(?:a|d)\w+|denk\w*|dacht\w*|nagedacht|verken\w*|bereid|praat|praten|besprek\w*|buigt|buigen) .{{0,100}}{SENT_NL}",
        r"(?:overweegt|overwegen|overwoog|bestudeer(?:t|de|den)|verken(?:t|de|den))\b", r"(?:denkt|denken|dacht|dachten|nagedacht) .{0,30}\b(?:aan|over)\b", r"knoop .{0,40}doorhakken", r"(?:onderwerp|punt) van (?:beraad|overleg|gesprek|discussie)",
        r"(?:moet|moeten|zal|zullen|gaat|gaan) .{0,60}\bnog .{0,40}(?:beslissen|besluiten|stemmen|vergaderen|oordelen|instemmen|uitspreken)", r"besluit .{0,30}(?:uit|volgt|valt|nog)\b", r"nog geen (?:besluit|beslissing|uitsluitsel)", r"(?:polst|polsten|gepolst|sondeert|in gesprek over|onderhandelt over|peilt)",
        r"(?:houdt|hield|houden) .{0,40}(?:opties open|in beraad)", r"(?:sluit|sloot|sluiten|sloten) .{0,30}\bniet .{0,12}uit\b|niet uitgesloten", r"bekijkt? (?:nu |nog )?of", r"komt .{0,20}in aanmerking", rf"bera(?:a|d)\w+ .{{0,30}}\bop (?:een|extra|meer|nog) (?:\S+ )?{FORCE_NL}",
        unless=rf"{LEAVING_NL}|blijft|blijven|doorga",
    ),
    _pattern("undecided", CONSIDERED, rf"(?:nog niet (?:besloten|beslist|bepaald)|nog geen (?:besluit|beslissing)|nog niet uit) .{{0,70}}{SENT_NL}", unless=LEAVING_NL),
    _pattern(
        "thinks of leaving", UNDER_REVIEW, rf"dreig\w* .{{0,50}}(?:{LEAVING_NL})", r"opnieuw .{0,20}(?:bekijk\w*|bezien|wegen|afwegen|beoordel\w+)|tegen het licht gehouden|houdt .{0,50}tegen het licht|kritisch .{0,20}(?:bekijk\w*|kijken)|of (?:het|zij|ze) .{0,50}(?:blijft|blijven|doorgaat|doorgaan|verder)", rf"(?:overwe(?:eg|g)\w*|overwoog|overwogen|denk\w*|dacht\w*|nagedacht|onderzoek\w*|onderzocht\w*|spreekt|praat|debatteer\w*) .{{0,90}}(?:{LEAVING_NL}|toekomst|voortgang)\w*",
        r"beraadt|beraden", r"heroverwe\w+", r"evalue(?:ert|ren|erde)", r"tegen het licht", r"herzien?t?", r"twijfel\w* over", r"vraagtekens bij",
        r"ter discussie", r"op losse schroeven", r"bekijkt of .{0,60}(?:blij\w+|nog|door)", unless=r"niet .{0,20}(?:verlengen|herzien)",
    ),
    _pattern("prolongs", EXTENDED, r"verleng\w*", r"(?:blijft|blijven) .{0,50}langer", r"langer (?:blijft|blijven|door)", r"plakt .{0,40}(?:jaar|maanden)", r"(?:jaar|maanden|weken|maand) langer", r"bijgetekend|tekent .{0,20}bij\b|tekende .{0,20}bij\b", r"(?:blijft|blijven) (?:zeker |nog )?(?:tot|t/m) ", r"doorgaan tot|gaat .{0,20}door tot|voortgezet tot|voortzet\w*|zet .{0,40}voort\b"),
    _pattern(
        "approves", AUTHORIZED, r"(?:stem\w*|ging|gaat|gaan|gingen) .{0,70}(?:in met|akkoord|mee in)", r"ingestemd", r"akkoord", r"(?:is|zijn|was|waren|werd|werden) het .{0,40}eens met", r"mag .{0,50}(?:inzetten|sturen|legeren|stationeren)", r"(?:keur\w*) .{0,70}\bgoed\b",
        r"goedgekeurd", r"groen licht", r"machtig\w*", r"(?:geeft|gaf|gegeven|kreeg|krijgt) .{0,40}(?:toestemming|goedkeuring|instemming|zegen)", r"artikel[ -]100", r"(?:stem(?:t|de|den|men)) .{0,20}(?:voor|in\b)", r"ratific\w+|geratificeerd", r"(?:kamer|parlement|senaat|bundestag|congres|sejm|ministerraad|kabinet|volksvertegenwoordiging|meerderheid)\b.{0,50}(?:steunt|steunde|stemde|stemt|schaart|schaarde|besloot tot|eens met)\b", r"teken(?:t|de) .{0,40}(?:decreet|besluit|bevel)", r"schaar(?:t|de|den) zich achter", r"mandaat (?:gegeven|verleend)|verleen(?:t|de|den) .{0,30}(?:mandaat|toestemming)", r"meerderheid .{0,30}(?:voor|achter|steunt|steunde)", r"zette?n? .{0,30}licht op groen",
    ),
    _pattern("pulls out the last", WITHDRAWN, r"(?:laatste|alle|al (?:zijn|haar|hun)) .{0,60}(?:vertrok\w*|vertrekken|verlie\w+|verlaten|teruggekeerd|terug|weg|thuis|naar huis|overgestoken|vertrokken)"),
    _pattern(
        "takes some back", REDUCED,
        r"(?:haal\w*|trok(?:ken)?|trekt|trekken|roep\w*|riep\w*|breng\w*|bracht\w*) (?:\S+ ){0,6}?(?<!zijn )(?<!haar )(?<!hun )(?<!alle )(?:al (?!zijn|haar|hun|de |het )|een deel|deel|\d[\d.]*|honderd|enkele|tientallen|bijna|ruim|zo'n|ongeveer|de helft|een derde|twee|drie).{0,70}\b(?:terug|weg|naar huis)\b",
        r"trok (?:\w+ ){0,4}soldaten terug", r"(?:de helft|een derde|een kwart|een deel|tweederde|driekwart|enkele tientallen|een aantal|sommige) .{0,60}(?:vertrek\w*|vertrok\w*|naar huis|weg|terug\w*|verla\w+|gerepatrieerd|laten gaan|huiswaarts)\b",
        rf"(?<!zijn )(?<!haar )(?<!hun )(?<!de )(?<!laatste )(?<!alle )\b(?:\d[\d.]*|{TENS_NL}|(?:{UNITS_NL})?honderd|{UNITS_NL}|tien|enkele|tientallen|een deel|de helft) (?:\w+ )?(?:van (?:zijn|haar|hun|de) )?.{{0,40}}\b(?:weggehaald|teruggehaald|teruggetrokken|laten terugkeren|laten vertrekken|naar huis gestuurd)\b",
        r"(?:haal\w*|trek\w*|roep\w*|breng\w*) .{0,40}(?:\d[\d.]*|\w+tig|\w*honderd|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|enkele|tientallen|een deel|de helft) van (?:zijn|haar|hun|de) .{0,40}\b(?:weg|terug|naar huis)\b", r"laten terugkeren|laten vertrekken",
        r"vermind\w+", r"halve\w+", r"verklein\w*", r"(?:afbouw\w*|bouwt .{0,50}af|afgebouwd)", r"inkrimp\w*|krimpt?|ingekrompen", r"schaal\w* .{0,50}(?:terug|af)|afgeschaald",
        r"(?:breng\w*|bracht) .{0,70}terug (?:van|tot|naar)|teruggebracht|terugbrengen", r"reduceer\w*", r"(?:minder|kleiner) .{0,30}(?:militairen|troepen|contingent|eenheid)",
    ),
    _pattern(
        "has left", WITHDRAWN, r"(?:was|waren|is|zijn|heeft|hebben|had|hadden) .{0,80}(?:vertrokken|teruggetrokken|verlaten|weggehaald|teruggehaald|weggegaan|gerepatrieerd|teruggevlogen|teruggeroepen|afgezwaaid|opgestapt|weggetrokken|uit .{0,20}weg|naar huis gegaan|thuisgekomen|teruggekeerd uit)", r"haal(?:de|den) .{0,60}(?:naar huis|\buit\b)|liet(?:en)? .{0,50}(?:terugkeren|naar huis)", r"vloog .{0,60}(?:naar huis|terug|huiswaarts)|vlogen .{0,60}(?:naar huis|terug|huiswaarts)",
        r"(?:is|zijn|was|waren) (?:\w+ ){0,3}terug (?:uit|in|van)\b", r"op weg naar huis", r"schort(?:te|ten)? .{0,60}\bop\b|opgeschort", r"riep(?:en)? .{0,70}terug\b", r"voor gezien gehouden|hield(?:en)? het .{0,20}voor gezien", r"stapte?n? .{0,30}\bop\b|stapte?n? .{0,30}uit de", r"ging(?:en)? .{0,30}(?:weg|naar huis)", r"repatrieerde?n?", r"gaven .{0,20}op\b", r"teruggetrokken", r"vertrok(?:ken)?",
        r"(?:trok(?:ken)?) .{0,70}terug", r"verliet(?:en)?", r"haal(?:de|den) .{0,60}(?:terug|weg)", r"(?:stopte)n? .{0,40}(?:missie|inzet|bijdrage|deelname)",
    ),
    _pattern(
        "will leave", WITHDRAWN, r"verdwijn(?:t|en) .{0,60}\buit\b", r"(?:trekt|trekken|haalt|halen|roept|roepen) .{0,80}\b(?:terug|weg|naar huis)\b|(?:haalt|halen) .{0,60}\buit\b", r"aftocht|stopt\b", r"terug ?te trekken|terugtrek\w+|terughal\w+|terug te halen", r"vertrek(?:t|ken)\b.{0,40}\buit\b|vertrek(?:t|ken)\b(?!.{0,30}naar)",
        r"verla(?:at|ten)", r"(?:stopt|stoppen) .{0,50}(?:missie|inzet|bijdrage|deelname|operatie|uitzending)", r"(?:missie|inzet|bijdrage|deelname) .{0,50}(?:stopt|stopzet\w*|beëindig\w*)",
        r"beëindig(?:t|en) .{0,50}(?:missie|inzet|bijdrage|deelname)", r"kom(?:t|en) .{0,50}naar huis", r"repatri\w+", r"vlieg(?:t|en) .{0,60}(?:naar huis|terug uit)", r"stap(?:t|pen) .{0,40}\bop\b|stap(?:t|pen) uit", r"(?:wil|willen|gaat|gaan|zal|zullen|moet|moeten) .{0,50}(?:\bweg\b|vertrekken(?! naar)|opstappen|terugkeren uit)", planned=True,
    ),
    _pattern("ends", ENDED, r"stopte(?:n)? (?:in|op|begin|eind|per|vorig)", r"sluit(?:en)? .{0,60}(?:kamp|basis|hospitaal|veldhospitaal|post)\b", r"(?:rondde?n? .{0,60}\baf\b|afgerond|voltooi\w*)", r"(?:liep|loopt|lopen|liepen) .{0,50}\baf\b", r"afgelopen (?=\.|,|$)", r"eindig(?:t|de|den|en)", r"beëindigd\w*", r"ten einde", r"komt .{0,30}aan (?:zijn|haar|een) eind\w*"),
    _pattern(
        "will send", ANNOUNCED, r"(?:stuurt|sturen|zendt|zenden|uitgezonden|uitzend\w*)", r"(?:zeg|zegt|zegde|zegden) .{0,60}\btoe\b|toegezegd|toezegg\w*", r"(?:belooft|beloofde|beloven)", r"beslo(?:ot|ten) .{0,30}\bom .{0,90}(?:af te staan|te (?:sturen|leveren|zenden|stationeren|plaatsen|detacheren))", rf"(?:wil|gaat|zal|willen|gaan|zullen) .{{0,80}}(?:{SENT_NL}|sturen|leveren)",
        r"stel(?:t|len|de|den) .{0,90}beschikbaar|beschikbaar (?:gesteld|te stellen)", r"vertrek(?:t|ken) .{0,60}naar", r"afreizen|reist .{0,30}af|reizen .{0,30}af", r"breidt .{0,60}(?:bijdrage|contingent|inzet|aantal|missie|eenheid|detachement).{0,60}uit|uitbreid\w*|uitgebreid met", r"versterk(?:t|en)\b", r"kondig\w* .{0,80}\baan\b", planned=True,
        unless=r"(?:stuurde|stuurden|had .{0,40}(?:toegezegd|beloofd)|hadden .{0,40}(?:toegezegd|beloofd))",
    ),
    _pattern(
        "will send, other verbs", ANNOUNCED, r"trekt .{0,60}\buit\b", r"(?:houdt|houden) vast aan .{0,40}toegezegd\w*", r"komt te liggen|komen te liggen", r"(?:lever|draag|draagt|levert|leveren|dragen) .{0,20}(?:vanaf|volgend|komend|straks|binnenkort)", r"op weg naar(?! huis)", r"(?:extra|meer|nieuwe) .{0,40} naar",
        r"onderweg\b|laat .{0,40}\bvolgen|trek(?:t|ken) .{0,30}\bop (?:tot|naar)", r"maak(?:t|en) zich op|bereid(?:t|en) zich voor op|staat? gereed|staan gereed|houdt .{0,40}(?:gereed|klaar)", r"zet .{0,60}\bin\b(?! op)|zal .{0,60}ingezet", r"plaatst|stationeert|detacheert|legert|mobiliseert|vaardigt .{0,40}\baf\b|biedt .{0,60}\baan\b|bood .{0,60}\baan\b|aangeboden", r"brengt .{0,60}\bover\b", r"neemt .{0,60}\bover\b|lost .{0,60}\baf\b|lossen .{0,60}\baf\b",
        r"(?:moet|moeten|zal|zullen|gaat|gaan) .{0,60}(?:aankomen|arriveren|vertrekken naar|aantreden|beginnen|opzetten|gelegerd worden|gestationeerd worden)", r"rekent .{0,50}op (?:een )?vertrek", r"zeg(?:t|gen) .{0,60}(?:steun|hulp|militairen|troepen) toe", r"breng(?:t|en) .{0,40}(?:bijdrage|aantal|contingent) (?:op|naar)", r"verhoog(?:t|en)|verdubbel(?:t|en)|vergroot\b",
        planned=True, unless=r"(?:(?:had|hadden|is al|zijn al)\b|excuses|ontslag|verontschuldig)",
    ),
    _pattern("flown in", ACTIVE, r"laten (?:invliegen|overkomen|overvliegen|afreizen|uitvaren)|overbracht(?:en)?|overgebracht|ingevlogen|voegde .{0,60}\btoe\b|ontplooi(?:d|t|de|den)|neergestreken|streek .{0,40}neer|streken .{0,40}neer|gearriveerd|vooruitgestuurd"),
    _pattern(
        "is there", ACTIVE, r"(?:is|zijn) .{0,60}ter plaatse", r"is er .{0,40}\bbij\b", r"(?:heeft|hebben|telt|houdt) er (?:nog|al|nu|thans|momenteel|ruim|zo'n)\b", r"draait\b|draaien\b|voert .{0,30}(?:bevel|aan)\b|bemant|bemannen|beman(?:de|den)|handhaa?f\w*|bezet(?:ten)?\b|huisves\w+|kampeer\w+", r"(?:ruggengraat|steunpilaar|kern|hoeksteen) van", r"er (?:al |nog |nu )?(?:\w+ )?met \S+", r"(?:heeft|hebben|telt|tellen) (?:\w+ ){0,4}\d[\d.]* (?:er|daar|in)\b",
        r"(?:is|zijn|was|waren|blijft|blijven) .{0,90}(?:actief|aanwezig|gelegerd|gestationeerd|gehuisvest|ingekwartierd|ingezet|ondergebracht|paraat|operationeel)", r"keer(?:de|den|t|en) .{0,70}terug (?:naar|in)|teruggekeerd (?:naar|in)",
        r"arriveer\w+|gearriveerd|aangekomen|kwam(?:en)? .{0,60}\baan\b|land(?:de|den)\b|geland|aan land|voet aan wal|meerde\w* .{0,40}aan", r"(?:neemt|nemen|nam|namen) .{0,80}\bdeel\b", r"(?:doet|doen|deed|deden) .{0,50}\bmee\b", r"(?:draagt|dragen|droeg|droegen) .{0,90}\bbij\b",
        r"dien(?:t|en|den|de)\b", r"patrouilleer\w+|patrouilleren", r"train(?:t|en|de|den)\b", r"bewa(?:ak|k)\w+", r"bevind(?:t|en)\b", r"begeleid\w*", r"beveilig\w*", r"opere(?:er|r)\w*", r"verblij\w+|verbleef|verbleven", r"lever(?:t|en|de|den)\b",
        rf"(?:heeft|hebben|had|hadden|houdt|houden)\b(?!.{{0,160}}\b(?:ge|ver|be|ont|her|in|af|op|uit|terug|mee|toe|aan|weg)\w{{2,14}}(?:[dt]|[aeiou]\w{{1,3}}en)\W*$) .{{0,80}}{FORCE_NL}", r"(?:heeft|hebben|had|hadden) .{0,120}(?:gelegerd|gestationeerd|ingezet|ontplooid|staan|zitten|liggen|gestuurd|lopen|geleverd|varen|rijden|vliegen|rondrijden|werken|dienen)\b", r"blij(?:ft|ven)\b", r"(?:is|zijn|zit|zitten|sta|staat|staan) .{0,40}\b(?:er|daar)\b", r"(?:zit|zitten|staat|staan|ligt|liggen) .{0,50}(?:in|op|bij|voor)", r"speelt .{0,40}rol", r"ma(?:akt|ken) deel uit",
        r"tel(?:t|de)\b", r"vorm(?:t|en) .{0,80}(?:groep|eenheid|brigade|macht|bataljon|kern)", r"(?:lig|sta|zit)(?:t|gen|an|ten)? (?:ook|nu|nog|er|al) ", r"run(?:t|nen)\b", r"met \S+ (?:man|militairen|soldaten)", r"vli(?:egt|egen)\b|vlogen", r"(?:is|zijn) sinds", r"aantal .{0,60}\b(?:naar|tot|op|boven) (?:\w+ )?\d", r"grootste (?:leverancier|bijdrager|contingent)\w*",
    ),
    _pattern("sent", ACTIVE, r"stuurde(?:n)?|zond(?:en)?|gestuurd"),
    _pattern("its force in a place", ACTIVE, r"sinds (?:\w+ ){0,2}\d{4}", rf"(?:zijn|hun|haar) (?:\S+ ){{0,3}}{FORCE_NL} (?:in|op|bij|te|rond)"),
]  # fmt: skip

# Plain verbs, tried after all others: what a force does that goes, is there, or is about to come.
LAST_NL = [
    _pattern("goes", WITHDRAWN, r"inge?scheept|scheept?en? .{0,60}\bin\b|boeltje|koffers|huiswaarts|thuis(?:gekomen|gekeerd|gevaren|gevlogen)|weer thuis|afgelost\b|opgekrast|opgebroken|weggevlogen|weggevaren|teruggegaan|teruggevaren|teruggereden|uitgezwaaid|teruggekeerd|einde? .{0,20}aan (?:het|de) (?:verblijf|missie|inzet|aanwezigheid|uitzending)", unless=r"keer(?:de|den|t|en) .{0,40}(?:naar|in) (?:het|de) (?:kamp|basis)"),
    _pattern("is about to come", ANNOUNCED, r"overbreng\w*|over te brengen|in aantocht|(?:moet|moeten) (?:\w+ ){0,3}(?:vliegen|vertrekken|komen|beginnen)|verwacht\b|(?:volgt|volgen)\b|(?:komt|komen) .{0,40}(?:aan|over)\b|klaargestoomd|(?:wordt|worden) .{0,50}(?:gestuurd|uitgezonden|ingezet|gelegerd|gestationeerd|toegevoegd|overgebracht|ontplooid)|aangemeld|in het vooruitzicht", planned=True),
    _pattern("stays", ACTIVE, r"gebleven|ble(?:ef|ven)\b|(?:houdt|houden|hield|hielden) .{0,40}\bstand\b|val(?:t|len) .{0,80}\bonder\b|sta(?:at|an) .{0,40}\bonder\b|ressorte\w+|ingedeeld|toegevoegd|aan het werk|in touw|wacht(?:t|en)?\b .{0,30}op|opgelopen tot|aangevuld|uitgebreid|zich (?:bij|aan)\b .{0,30}(?:gevoegd|aangesloten)|ingenomen door|overgenomen door|kwam(?:en)?\b|sta(?:at|an)\b|stond(?:en)?\b|zit(?:ten)?\b|zat(?:en)?\b|lag(?:en)?\b|werk(?:t|en|te|ten)\b|onderhou\w+|bestuur\w*|bestur\w+|behe(?:er|r)\w*|bestrijk\w*|zoek(?:t|en)\b|kamp(?:t|en)\b"),
]  # fmt: skip
LAST_EN = [
    _pattern("goes", WITHDRAWN, r"heads? (?:for )?home|heading (?:for )?home|bound for home|homeward|tak(?:e|es|ing) home|took home|taken home|embark(?:ed|s)|marching orders|back home|(?:is|are|be) out\b|pack(?:ed|s|ing) (?:up|its|their)|flies (?:from|out)|sails? (?:from|out)|be (?:back|home)\b|(?:relieved|replaced) by|preceded|bow(?:s|ed|ing)? out|hand(?:s|ed|ing)? over"),
    _pattern("is about to come", ANNOUNCED, r"(?:is|are) (?:still |also |now )?(?:expected|awaited|on (?:its|their) way)|will be (?:attached|sent|deployed|flown|posted|based|assigned|added|joined)|to follow|bound for|in the pipeline|(?:is|are) to (?:be )?(?:attached|sent|deployed|flown|posted|based|arrive|join|land|start|take)|starts? (?:in|on|next)", planned=True),
    _pattern("stays", ACTIVE, r"await(?:s|ing)?(?! (?:\w+ )?approval)|camp(?:s|ed)?\b|dug in|digging in|settled in|belong(?:s|ed|ing)? to|answer(?:s|ed)? to|attached to|assigned to|school(?:s|ed)?\b|st(?:ands?|ood)\b|reported for duty|on loan|disposal|on the ground|[ts]its?\b|sat\b|at work|work(?:s|ed|ing)?\b|run(?:s|ning)?\b|ran\b|build(?:s|ing)?\b|built\b|clear(?:s|ed|ing)?\b|took up|taken up|brought\b|live[sd]?\b|look(?:s|ed|ing)? after|tend(?:s|ed|ing)?\b|cover(?:s|ed|ing)?\b|lead(?:s|ing)?\b|command(?:s|ed|ing)?\b|replaced|relieved|filled|took over|taken over|came\b|rotated? in|put\b .{0,60}(?:disposal|command)|watch(?:es|ed|ing)?\b|hold(?:s|ing)?\b"),
]  # fmt: skip

EN = [
    _pattern(
        "turned back", TURNED_BACK, r"(?:was|were|been|be) (?:\w+ )?(?:turned (?:back|around|away)|sent (?:back|home)|refused|denied)", r"(?:refused|denied) (?:permission|entry|access|landing)", r"(?:flew|sailed|drove|went) back\b", r"(?:forced|had|ordered) to (?:turn|return|go|fly|sail|drive) (?:back|home|around)",
        r"turn(?:ed)? (?:back|around) .{0,40}(?:border|airport|port)", r"(?<!be )turned (?:back|around|round|tail)\b", r"turn round\b", r"aborted (?:its|their|the) (?:voyage|flight|deployment|landing)", r"(?:not allowed|barred) (?:to|from) (?:land|enter|dock)\w*",
    ),
    _pattern(
        "refuses to send", DECLINED,
        r"(?:voted|vote|votes|decided|came out|argued) (?:\w+ )?against .{0,60}(?:send\w*|deploy\w*|join\w*|tak\w+ part|contribut\w*|dispatch\w*|mission|participat\w+)",
        r"(?:will not|won't|would not|wouldn't|does not (?:intend|plan|mean) to|do not (?:intend|plan|mean) to|not going to|has no plans?|have no plans?|had no plans?|no intention|refus\w+|declin\w+|ruled? out|rul(?:es|ing) out|reject\w+|decided (?:against|not to)|opted not to|unwilling|stopped short of|turned down|said no) .{0,60}(?:send\w*|deploy\w*|contribut\w*|tak\w+ part|join\w*|provid\w*|participat\w*|troops|soldiers|boots|commit\w*|dispatch\w*|add\w*|reinforc\w*|enlarg\w*|expand\w*|increas\w*)", r"(?:turned down|rejected|declined|refused) .{0,30}request",
        r"(?:send\w*|contribut\w*|provid\w*|commit\w*|offer\w*) (?:\w+ )?no (?:\w+ ){0,2}(?:troops|soldiers|forces|peacekeepers|personnel|ships?|aircraft)", r"ruled out taking part", r"(?:will not|won't|wouldn't|would not|not|never) (?:be )?(?:com(?:e|ing)|set foot|fill\w*|tak\w+ (?:their|its|the) place|increas\w+|adding)", r"wants? no part|want nothing to do|has no (?:wish|intention|desire|plans?)|none to spare|no troops\b|no soldiers\b|no (?:boots|men) to spare|nothing to (?:spare|offer)|not (?:willing|ready|prepared|inclined|keen|able|in a position) to (?:send|deploy|join|contribute|take part|take over|commit|help|provide|supply|spare)|cannot (?:send|contribute|spare|oblige|provide|take part|join)|declin(?:e|es|ed|ing) (?:an?|the) (?:\w+ )?(?:invitation|offer|appeal|call)|no longer (?:sees?|saw|wants?|wanted|intends?|intended|plans?|planned)\b|not (?:be )?(?:sent|dispatched|deployed)\b|(?:cancel\w*|scrap\w*|abandon\w*|drop\w*|call(?:s|ed)? off|postpon\w*) (?:\S+ ){0,4}?(?:plans?|dispatch|sending|deployment|offer)\b|kept .{0,40}at home|will not (?:now )?(?:go ahead|materiali[sz]e)",
        r"(?:was|were|been) (?:turned down|rejected|rebuffed|declined|spurned) by", r"turned (?:it|them|down|the|a) .{0,40}(?:request|plea|appeal|invitation|down)", r"(?:spurned|rebuffed|snubbed|demurred|begged off|said no\b|thought better of|think better of|shied away|held back from|walked away from)", r"offer .{0,40}(?:was|were) withdrawn|withdrew (?:its|the|an) offer|reneged", r"(?:a|polite|firm|flat) (?:no|refusal) (?:came|from)|shelved a plan",
        unless=r"(?:plans?|intention|desire|wish|refus\w+|declin\w+) (?:to|of) (?:pull|leave|leaving|withdraw\w*|quit\w*|go home|end|cut|reduce)|disclose|comment|being weighed",
    ),
    _pattern(
        "weighs sending", CONSIDERED,
        rf"(?:consider\w*|weigh\w*|mull\w*|stud(?:y|ies|ied|ying)|explor\w*|examin\w*|discuss\w*|debat\w*|look\w* (?:at|into)|thinking (?:of|about)|open to|ready to|willing to|prepared to|toying with) .{{0,70}}{SENT_EN}",
        r"(?:mulls?|mulling|mulled|weighs?|weighing|weighed|chew(?:s|ing) over|ponder(?:s|ing|ed)?|contemplat(?:es|ing|ed)|consider(?:s|ing)|considered|pores? over|toy(?:s|ed) with|is studying|are studying|thinking about|thinking of)\b", r"(?:has|have|had) yet to (?:be |vote|decide|make up|rule|say|approve|respond|answer)", r"(?:is|are|was|were) being (?:weighed|considered|studied|discussed|debated|mulled)|under consideration|on the table|keeping (?:its|their) options open|not ruled out|has not decided|make up (?:its|their) minds?",
        unless=LEAVING_EN,
    ),
    _pattern("undecided", CONSIDERED, rf"(?:not (?:yet )?(?:decided|made up)|no decision|undecided|unclear|unsure) .{{0,60}}{SENT_EN}", unless=LEAVING_EN),
    _pattern(
        "thinks of leaving", UNDER_REVIEW, rf"threat\w+ .{{0,40}}(?:{LEAVING_EN})", rf"(?:consider\w*|weigh\w*|contemplat\w*|mull\w*|discuss\w*|debat\w*|examin\w*|study\w*|thinking (?:of|about)|talk\w* (?:of|about)|toying with) .{{0,70}}(?:{LEAVING_EN})\w*",
        r"(?:is|are|was|were|under|its|a) (?:\w+ ){0,4}review(?:ed|ing)?", r"reviewing", r"reconsider\w*", r"reassess\w*", r"rethink\w*", r"review of", r"re-?evaluat\w*", r"question\w* (?:the|its|their) (?:future|role|mission)", r"whether (?:to|\w+ (?:\w+ ){0,3}?(?:also |should |will |would )?)(?:keeps?|stays?|remains?|withdraws?|pulls?|leaves?|go home|continues?)\b", r"(?:future|fate) of (?:the|its|their) .{0,40}(?:troops|soldiers|deployment|contingent|presence|mission|brigade|battalion|company|headquarters|detachment|force|unit|ships?|base)", r"in doubt|open question",
    ),
    _pattern("prolongs", EXTENDED, r"extend(?:s|ed|ing)?", r"prolong\w*", r"extension", r"lengthen\w*", r"stays? (?:on|longer|put until)|stay(?:ed|ing) (?:on|longer)|kept on\b|roll(?:s|ed) over|rolled over|sign(?:s|ed) up for another|add(?:s|ed) (?:a|another) (?:year|\w+ months)", r"(?:stay|remain|keep\w*|leave) .{0,50}(?:longer|another|beyond|until (?:at least )?(?:the end|\w+ \d{4}|\d{4})|through \d{4})", r"renew(?:s|ed|ing)?", r"(?:another|further) (?:year|six months|twelve months|two years)"),
    _pattern(
        "approves", AUTHORIZED, r"approv(?:e|es|ed|al)", r"authori[sz]\w*", r"backed (?:the|a|sending)", r"endorsed", r"vot(?:ed|es) .{0,40}(?:for|in favou?r|to)", r"(?:gave|given|gives) .{0,30}(?:green light|approval|backing|consent|go-ahead|blessing)", r"ratif\w*", r"(?:parliament|lawmakers|mps|senate|congress|cabinet|assembly|bundestag|legislators|deputies)\b.{0,50}(?:backed|backs|supported|supports|voted|passed|agreed|consented|said yes)(?! (?:against|down))", r"signed (?:an?|the) (?:order|decree|bill|law|decision)", r"signed off|cleared the way|agreed to send", r"clear(?:ed|s) (?:the )?(?:dispatch|deployment|sending|move|mission|by)|cleared (?:by|last|on|a|up|in)|green-?light\w*|gave its (?:ok|assent|nod|consent)|passed (?:a|the) (?:motion|bill|resolution|mandate)|nodded through|assent\w*|okayed|mandated",
        unless=r"(?:pending|subject to|await\w*|seek\w*|sought|need\w*|requir\w*|without|must|yet to be|ask\w* .{0,20}(?:for|to)|before|unless|should|to be) (?:\S+ ){0,2}?(?:approv|authori[sz]|ratif|green|backing|consent|vote)|authori[sz]ed to (?:speak|talk|brief|comment|discuss|release)",
    ),
    _pattern("pulls out the last", WITHDRAWN, r"(?:last(?! (?:week|month|year|night|spring|summer|autumn|winter|\w+day|time|january|february|march|april|may|june|july|august|september|october|november|december))|final|all(?: of)?) .{0,60}(?:left|leave|withdr\w*|departed|pulled out|gone|returned|flew|home|crossed)", r"(?:complet\w+|finish\w*|conclud\w+) .{0,30}(?:withdrawal|pull-?out|departure|exit|evacuation|repatriation)", r"(?:flew|flown|brought|pulled|withdr[ae]w|recalled|shipped|sent|took|taken|moved) (?:home )?(?:out )?(?:the|its|their) (?:last|final|entire|whole|remaining) .{0,60}(?:out|home|back|from)",
             r"(?:withdrawal|pull-?out|departure|exit|repatriation|evacuation) .{0,90}(?:will be|is to be|to be|was|were|be|has been) (?:complete|finished)\w*", r"(?<!if )gone\b(?! (?:silent|quiet|to|in|into|on|through|up|down))"),
    _pattern(
        "takes some back", REDUCED, r"(?:cut|cuts|cutting|trim\w*|slash\w*) .{0,60}", r"reduc(?:e|es|ed|ing|tion)", r"(?:pull|withdraw|bring|recall|send|cut|fl[ey]w?)\w* (?:out |home |back )?(?:a |one |two )?(?:third|quarter|half|fifth|some|part|dozens|hundreds)s?\b", r"(?:pull|withdraw|recall|remov)\w* (?:out )?(?:its|their) (?:tanks|helicopters|jets|aircraft|guns|artillery|drones|ships?|engineers|heavy)",
        r"vacat\w+", r"g(?:ave|ives?|iving) up (?:its|the|a|two|three|one) (?:\w+ ){0,2}(?:bases?|camps?|outposts?|posts?)", r"(?:hand(?:ed|ing|s) over|clos(?:ed|es|ing)|abandon\w*) (?:its|their|the|two|three|some|a) .{0,20}(?:bases?|camps?|outposts?|posts?)", r"of (?:its|their|the|\w+'s|\w+’s) [\d.,]+ .{0,60}(?:home|left|leave|leaving|depart\w*|withdr\w+|flew|boarded|flown|back)", r"fewer (?:troops|soldiers)|(?:lower|decreas|shed|prun|whittl|slim)(?:s|ed|ing|e|es|ning)? .{0,40}(?:troops|contingent|presence|force|number\w*|strength)", r"halv(?:e|es|ed|ing)", r"scal\w* (?:back|down)", r"downsiz\w*", r"draw\w* down|drawdown", r"shr[iau]nk\w*",
        r"(?:withdr\w+|pull\w*|bring\w*|brought|recall\w*|remov\w*|shift\w*|mov(?:e|es|ed|ing)|transfer\w*|airlift\w*|relocat\w*|redeploy\w*|taken?(?! part)|took(?! part)|sent(?= (?:home|back|away))) (?:(?:out|back|home|away) )?(?:about|around|some|half|part|a third|a quarter|nearly|almost|up to|more than|\d[\d,]*|several|dozens|a few|one of|two|three)(?: \S+){0,6}?(?: (?:home|out|back|from|of its|of their|battalions|soldiers|troops))",
    ),
    _pattern("ends", ENDED, r"(?:mission|deployment|tour|operation|role|participation|presence|contribution|involvement|stint) .{0,50}(?:ended|ends|finished|finishes|expired|over)\b", r"end(?:ed|s|ing)? (?:its|their|his|the) (?:[\w-]+ ){0,3}(?:part|participation|role|mission|operation|contribution|deployment|tour|involvement|presence)", r"expir\w+", r"(?:came|comes|coming|drew|draws|brings?|brought) (?:\w+ ){0,4}to an end", r"concluded"),
    _pattern("leaves behind", ACTIVE, r"(?:has|have|had) left (?:two|three|four|five|six|ten|a|an|some|about|around|\d[\d,]*) ", r"leav(?:es|ing) (?:about |some |around |only |just |behind |nearly )?(?:\d[\d,.]*|two|three|four|five|six|ten|twenty|dozens)\b", r"leav(?:es|ing) (?:\w+ ){1,3}(?:untouched|unchanged|in place)", r"leav(?:es|ing) (?:its|their|the|all|\d+) (?:\w+ ){1,4}(?:in|at|on|there|where)\b"),
    _pattern("was first", ACTIVE, r"first (?:\w+ ){0,3}to (?:join|send|deploy|land|contribute|commit)"),
    _pattern("confirms", ANNOUNCED, r"(?:confirm|announc|unveil|promis|pledg|order)\w* .{0,30}(?:deployment|dispatch|sending|contribution) of", planned=True, unless=r"withdr"),
    _pattern("suspends", WITHDRAWN, r"(?:suspend(?:ed|s)?|halt(?:ed|s)?|ceas(?:ed|es)|terminat(?:ed|es)|discontinu\w+|drop(?:ped|s)? out) (?:of )?(?:its|their|the) (?:participation|part|role|contribution|involvement|deployment|mission)", r"suspend(?:ed|s) (?:its|their) \w+"),
    _pattern("sets out", ANNOUNCED, r"(?:ships?|frigate|vessel|minehunter|destroyer|corvette|submarine|convoy|advance party|crew of \d+) .{0,40}(?:will|would|to) (?:leave|depart|sail|embark)\b", r"(?:will|would|to) (?:leave|depart|sail|embark|set off|set out) for\b", planned=True, unless=r"(?:for|to) (?:home|good)"),
    _pattern("arrives", ACTIVE, r"began (?:arriving|deploying|landing)", r"(?<!will )(?<!to )(?<!have )(?:arrive[sd]?|landed|lands?|touched down|docked|disembarked|deployed to|rolled into|flew in|flown in)\b", unless=r"(?:(?:will|would|should|due|set|expected|scheduled) .{0,30}(?:arrive|land)|first of|promised|withdr)"),
    _pattern("has left", WITHDRAWN, r"withdrew|withdrawn", r"pulled (?:out|its|their|back|all)", r"left\b(?! (?:behind|hand))", r"departed", r"quit\b", r"pulled? out\b(?! its)|flew (?:out|home)|flown (?:out|home)|called (?:\w+ ){1,4}home|repatriated|evacuated|headed home|returned home|came home|exited|decamped|sailed home|sailed from|set off for home|boarded .{0,30}for home|started? for home|shipped out of|wound up|gone home|left for (?:home|good)", r"brought .{0,30}home", r"gone home", r"(?:took|taken|flew|flown|pulled|shipped|airlifted|moved|ferried|sent|called) (?:\S+ ){1,4}(?:home|out of)\b"),
    _pattern(
        "will leave", WITHDRAWN, r"withdraw(?:s|ing|al)?", r"depart(?:s|ing)?\b", r"pull(?:s|ing)? (?:out|its|their|back|all)", r"(?<!that )leav(?:e|es|ing)", r"bring(?:s|ing)? .{0,50}home|bring(?:s|ing)? back|(?:order(?:s|ed|ing)?|tak(?:e|es|ing)|fly(?:ing)?|flies|pull(?:s|ing)?|ship(?:s|ping)?|send(?:s|ing)?|call(?:s|ing)?|mov(?:e|es|ing)|get(?:s|ting)?) (?:\S+ ){1,4}(?:home|out of)\b", r"(?:out|home|gone) (?:by|before)", r"recall(?:s|ing|ed)?", r"(?:is|are) packing\b", r"(?:first|last|next) to go\b", r"go(?:ing)? home", r"(?:fly|flying|head|heading|sail|ship|due|return|returning) (?:out|home)\b", r"pull-?out\b|repatriat\w+|departure\b|exit\b|walk out|(?:expected|due|scheduled|set) to (?:leave|depart|fly out)", planned=True, unless=r"(?:yet to (?:leave|withdraw|pull|depart)|leav\w+ (?:it|them) (?:there|here|in)|leave the field|(?:urg(?:ed|es)|demand(?:ed|s)|asked|asks|told|call(?:ed|s) (?:on|for)|ordered|want(?:s|ed)) (?!its|their|to\b).{0,60}(?:leave|withdraw\w*|go home|pull)|leav\w+ (?:\w+ ){1,3}(?:untouched|unchanged|alone|behind|open|in place)|left (?:two|three|a|some|\d+) )",
    ),
    _pattern("has sent", ACTIVE, r"(?:has|have|had) (?:already |since |also |now |so far |just |recently )?(?:sent|deployed|dispatched|contributed|provided|stationed|posted|supplied)\b", r"(?<!be )(?<!being )(?<!been )sent\b(?! (?:home|back|away|out))"),
    _pattern("will send, progressive", ANNOUNCED, r"(?:begin|start)s? (?:arriving|deploying|sending|landing)|to begin (?:deploying|arriving)",r"(?:is|are|was|were|be) (?:\w+ )?(?:sending|assigning|dispatching|deploying|adding|preparing|readying|contributing|lending|committing|posting|moving|mustering|rushing|ferrying|earmarking)", r"(?:will|would|(?<!up )to|plans to|going to|agreed to|due to|set to) (?:[a-z]+ ){0,2}(?:post|move|assign|field|station|rotate|ship|fly|hand|muster|raise|swell|bring|lead|man|staff|arrive|come|ferry|rush|second|detach|lend|make up|put|spare|train|patrol|relieve|follow|expand|top up)\b", r"(?:has|have) (?:\w+ )?(?:promised|pledged|offered|earmarked|volunteered|signed up|committed)(?! to pay| money| aid| cash)", r"(?:is|are) being (?:readied|trained|prepared|assembled|mustered|kitted|equipped|flown)", r"(?:assigns|assigned|seconds|earmarks|volunteers|readies|musters)\b", planned=True, unless=r"(?:had (?:\w+ )?(?:promised|pledged|offered|spoken|planned)|to lead|would rather|said it would not)"),
    _pattern("will send", ANNOUNCED, r"(?:will|would|to|plans?|planned|planning|going to|intends?|agreed to|promised to|offered to|pledged to|is|are|due to|set to|about to|can|soon) (?:\w+ ){0,3}(?:send|sending|deploy|deploying|dispatch|contribute|contributing|join|joining|provide|providing|take part|participate|increase|reinforce|bolster|boost|double|add|fill|supply|commit|replace|take over|serve|embark)",
             r"(?:send|sends|sending|deploys|dispatches|adds)\b", rf"(?:pledg\w+|offer(?:s|ed|ing)?|promis(?:es|ed|ing)|commit(?:s|ted|ting)?) .{{0,80}}(?:{SENT_EN})", r"fill (?:the|a) gap", planned=True, unless=r"(?:sent|had (?:\w+ )?planned)\b"),
    _pattern(
        "is there", ACTIVE,
        r"(?:(?:has|have|had)(?! (?:\w+ )?(?:\w+ed|been|begun|sent|put|made|given|cut|taken|left|withdrawn|let|told|said|brought|gone|sought|found|lost|flown|spoken|won|seen|shown|become|paid|yet)\b)|has kept|have kept|keeps?|kept|maintain\w*|operates?|runs?) .{0,70}(?:troops|soldiers|peacekeepers|personnel|instructors|advisers|advisors|officers|observers|people|members|helicopters?|aircraft|frigates?|ships?|forces?|marines|trainers|engineers|police|staff|base|monitors|contingent|battalion|company|companies|battalions|team|teams|unit|units|squad|platoon|detachment|patrol|mission|presence|gendarmes|experts|doctors|medics|specialists)", r"(?:has|have|had|keeps?|fields?|counts?) (?:\w+ ){0,2}[\d.,]+ (?:there|in|on|at|of them)\b", r"fields?\b|fielded|stands? at|staying put|stays put|backbone|mainstay|boasts?|holds? (?:the|a)|held|hosts?|staffs?|man(?:s|ned|ning)\b|escort\w*|secur(?:e|es|ed|ing)\b|protect(?:s|ed|ing)?\b|first sent|present (?:since|in|at)|since \d{4}|has been (?:there|in|on|at|part)",
        r"(?:is|are|was|were|been|remain\w*) .{0,80}(?:stationed|based|deployed|housed|quartered|billeted|encamped|garrisoned|present|active|operating|serving|part of|in place|on the ground|there|posted|on duty|contributor)", r"arriv(?:e|es|ed|al)|land(?:s|ed|ing)?\b|at full strength|returned to|returning to|(?<!'s )(?<!’s )(?<!the )returns? to|disembarked|reached",
        r"(?:has|have|had) been (?:at|in|on|with|there|part|patrolling|training|guarding)", r"(?:are|is|were|was) (?:still )?(?:at|in|on|with)\b", r"flown .{0,50}(?:to|into)", r"stay(?:s|ed|ing)?\b|remain(?:s|ed)?\b", r"crossed into", r"(?:tak\w+|took) part|participat\w+", r"contribut(?:es|ed|ing|e)\b",
        r"serv(?:e|es|ed|ing)\b", r"patrol\w*", r"train(?:s|ed|ing)?\b", r"guard(?:s|ed|ing)?\b", r"operat(?:e|es|ed|ing)\b", r"provid(?:e|es|ed|ing)\b", r"suppl(?:y|ies|ied)\b", r"makes? up|make up", r"joined|deployed", r"share[sd]?\b", r"monitor(?:s|ed|ing)?\b", r"fl(?:y|ies|ew|ying)\b", r"work(?:s|ed|ing)? alongside", r"numbers?\b|numbered",
    ),
    _pattern("sent", ACTIVE, r"sent|dispatched"),
    _pattern("its force in a place", ACTIVE, r"(?:its|their|his) (?:\w+ ){0,3}(?:troops|soldiers|instructors|peacekeepers|personnel|officers|observers|contingent|battalion|forces|men|trainers|advisers) (?:in|at|on|near|around)"),
]  # fmt: skip

# Turns of speech that need no other verb; they come before the plain words.
IDIOMS_NL = [
    _pattern("turn: declines", DECLINED, r"verstek", r"steekt? .{0,30}een stokje voor|past de eer|schudt? .{0,20}het hoofd|houdt .{0,20}de hand op de knip|houdt .{0,20}afzijdig|trok .{0,20}de handen|blies .{0,30}\baf\b|afgeblazen|schrapte?n? .{0,40}(?:plan|uitzending|missie)|trok .{0,30}(?:toezegging|aanbod) .{0,20}(?:in|terug)|kwam .{0,20}terug op|trekt .{0,20}de stekker|wil er niet aan|ziet er niets in|zag er niets in|geen brood in|heeft er geen .{0,20}voor over|stem(?:t|de|den) tegen|stemde .{0,30}(?:weg|af)\b", r"\bpas(?:t|ten|te)\b(?! (?:in|op|zich|aan))", r"bedank(?:t|te|ten)", r"sla(?:at|an|eg)\b .{0,30}\bover\b", r"niet zitten", r"gepasseerd station", r"kom(?:t|en) er geen", r"wordt het niets",
             r"niemand missen", r"voel(?:t|en|de) .{0,20}\bniets\b", r"haak(?:t|ten|te) .{0,20}\baf\b|afgehaakt", r"zeg(?:t|gde) .{0,20}\baf\b", r"buiten de deur", r"trekt zich (?:niets|er niets)", r"houdt .{0,30}(?:thuis|de boot af)", r"geen (?:zin|trek|behoefte)"),
    _pattern("turn: weighs", CONSIDERED, r"houdt .{0,20}de deur open|staat .{0,20}open voor|loopt .{0,20}warm|denkt er .{0,20}over|laat .{0,30}onderzoeken|tast .{0,30}\baf\b|aarzelt|weifelt|twijfelt nog|wacht .{0,30}(?:af|advies)|sluit .{0,30}niet uit|is nog niet uit|wordt .{0,40}gekeken naar|gekeken of|proefballon\w*", r"spe(?:elt|len) .{0,20}met de gedachte", r"wikt en weegt|wikken en wegen", r"zich .{0,30}(?:uitspreken|buigen) over", r"buigt zich", r"ligt (?:nog )?op tafel", r"broedt op", r"in beraad", r"moet .{0,30}nog (?:beslissen|besluiten)", unless=r"terugtrek|vertrek|aftocht|weg te|stoppen|verlaten"),
    _pattern("turn: reviews", UNDER_REVIEW, r"ga(?:at|an) na of|wil er(?:van)? af|wil ervanaf|wankelt|hangt aan een zijden draad|onzeker of .{0,40}blij|de dagen .{0,20}geteld|is het beu|beu zijn", r"(?:zint|zinnen|peinst|broedt|beraadt(?: zich)?|beraden(?: zich)?) op (?:\w+ )?(?:vertrek|aftocht|terugtrek)", r"aftocht"),
    _pattern("turn: approves", AUTHORIZED, r"bekrachtig\w*", r"gaf .{0,30}het jawoord|zette .{0,20}(?:de|zijn|haar) handtekening|(?:kreeg|heeft|kwam) .{0,30}(?:de zegen|een meerderheid|groen licht)|hamer(?:de|stuk)|met \d+ (?:stemmen )?tegen \d+|ging .{0,20}overstag", r"licht .{0,20}op groen", r"fiatte\w*", r"zijn zegen", r"trok .{0,20}geld uit"),
    _pattern("turn: prolongs", EXTENDED, r"rek(?:t|te|ken|ten)\b|opgerekt", r"doet er .{0,30}(?:jaar|maanden) bij|blijft .{0,30}(?:een|nog een|twee|drie) (?:jaar|winter|zomer)|gaat .{0,30}(?:jaar|maanden) (?:door|verder)", r"krijg(?:t|en) er .{0,40}\bbij\b", r"(?:nog|zeker) .{0,30}(?:jaar|maanden) (?:zitten|staan|blijven|door)", r"langer verblijf", r"plakk?(?:t|en|te) .{0,40}aan vast"),
    _pattern("turn: cuts", REDUCED, r"gaat .{0,40}van \d[\d.]* naar \d|ging .{0,40}van \d[\d.]* naar \d|slinkt|slonk|geslonken|uitdun\w*|laat .{0,40}(?:vertrekken|gaan)|snijdt? .{0,40}in\b|schrap(?:t|te|ten) .{0,40}(?:man|militairen|functies|plaatsen)|op een laag pitje|bezet .{0,20}minder|niet vervangen|niet afgelost", r"dun(?:t|de|nen) .{0,60}\buit\b|uitgedund", r"ontruim\w+", r"(?:gaat|gaan|gingen|ging) .{0,50}naar huis", r"richting huis", r"met een (?:derde|kwart|vijfde)|gehalveerd", r"teruggeschroefd|schroeft .{0,40}terug"),
    _pattern("turn: has left", WITHDRAWN, r"biezen", r"(?:streek|streken|gestreken|strijkt) .{0,30}vlag|vlag .{0,20}gestreken|kamp .{0,20}opgebroken|brak(?:en)? .{0,20}\bop\b|trok(?:ken)? .{0,20}de deur|deed .{0,20}het licht uit|is .{0,20}thuis|zijn .{0,20}(?:weer )?thuis|voer(?:en)? .{0,40}(?:naar huis|terug)|keerde?n? .{0,50}(?:huiswaarts|naar huis|terug naar huis)|weg uit|zwaaide?n? .{0,20}\baf\b|liet(?:en)? .{0,30}achter zich|keerde?n? .{0,20}de rug toe", r"(?:nam|namen|neemt|genomen) .{0,30}afscheid|afscheid .{0,20}genomen", r"naar huis gehaald", r"huiswaarts", r"hiel(?:en)? gelicht", r"de tenten (?:op|in)\w*"),
    _pattern("turn: will leave", WITHDRAWN, r"terugtocht", r"pak(?:t|ken) .{0,20}\bin\b|breekt .{0,20}\bop\b|maakt zich op voor (?:het )?vertrek|bouwt .{0,30}kamp .{0,10}af|geeft .{0,20}\bop\b|(?:gaat|gaan) .{0,30}weg\b|vertrek uit|uittocht", r"ke(?:ert|ren) .{0,50}(?:naar huis|huiswaarts)", r"naar huis (?:moeten|keren|komen)", r"aan .{0,60}(?:aanwezigheid|bijdrage|missie) komt .{0,30}eind\w*", planned=True),
    _pattern("turn: ends", ENDED, r"punt achter", r"houdt .{0,30}voor gezien", r"zit .{0,30}erop"),
    _pattern("turn: will come", ANNOUNCED, r"zich aan te sluiten|sluit(?:en)? zich .{0,40}\baan\b", r"voeg(?:t|en) zich", r"zich .{0,30}(?:aangemeld|gemeld)", r"ter beschikking", r"in het vooruitzicht|in de aanbieding", r"kom(?:t|en) met\b", r"kom(?:t|en) .{0,40}\bbij\b(?= ?(?:[.,]|$))",
             r"(?:moet|moeten|zal|zullen|wordt|worden|gaat|kan) .{0,40}(?:opgevuld|ingenomen|overgenomen|afgelost) door", r"beloofd", r"is rond\b", r"(?:zal|zullen|gaan|gaat) .{0,40}(?:uitmaken|aflossen|versterken|overnemen|aankomen|volgen|arriveren)", r"(?:is|zijn) (?:onderweg|op weg)(?! naar huis)", r"(?:is|zijn) .{0,50}(?:uitgevaren|vertrokken) (?:om|naar)", r"staan? klaar", r"wordt? .{0,30}verwacht", planned=True, unless=r"(?:eerder nog|hadden|had)\b"),
    _pattern("turn: is there", ACTIVE, r"houdt? .{0,20}(?:de wacht|een oogje|toezicht|wacht)|sta(?:at|an) .{0,30}(?:garant|op wacht)|neemt .{0,30}waar\b|ruim(?:t|en|de|den) .{0,20}(?:mijnen|op)|bouw(?:t|en|de|den) .{0,30}(?:kamp|brug|weg)|verzorg(?:t|en|de|den)|bemannen|lost(?:e|en)? .{0,30}af|nam(?:en)? .{0,60}over\b|(?:grootste|kleinste|enige|voornaamste|belangrijkste) (?:leverancier|contingent|bijdrage|troepenleverancier)|goed voor|rolde?n? .{0,30}binnen|zette?n? .{0,20}voet|sloeg(?:en)? .{0,20}(?:tenten|kamp)|trok(?:ken)? .{0,30}binnen|neemt .{0,30}plaats in", r"binnen(?:gereden|gevaren|getrokken|gekomen)", r"ve(?:cht|chten|ocht|ochten)\b", r"de(?:elt|len|elde|elden)\b(?! mee)", r"van de partij", r"houd(?:t|en) .{0,30}(?:post|stand)", r"zet(?:ten)? .{0,60}\bop\b", r"vlo(?:og|gen) .{0,60}naar", r"ma(?:akt|ken|akte|akten) .{0,80}deel uit",
             r"zij[nt] er \S+|zijn er al", r"neemt .{0,40}voor (?:zijn|haar) rekening", r"loste?n? .{0,40}\baf\b"),
]  # fmt: skip
IDIOMS_EN = [
    _pattern("turn: declines", DECLINED, r"opted out", r"(?:gave|given|giving) (?:it|the \w+) a miss|gave .{0,30}the cold shoulder|drew the line|washed its hands|turned its back on|want(?:s|ed)? nothing of|stop(?:s|ped)? short|kept? out of it|cried off|pulled? the plug|poured cold water|dug in its heels|dragg?(?:s|ed)? its feet|thanks but no|not (?:this time|interested)|cannot (?:afford|free up)|has none left|steer(?:s|ed|ing)? clear|got cold feet|withheld|vetoed (?:the|a) (?:dispatch|deployment)", r"begg(?:ed|ing) off", r"sit(?:s|ting)? (?:it|this one) out", r"stay(?:ed|ing|s) away", r"chang(?:ed|ing) its mind", r"think better", r"not to (?:send|deploy|join)", r"could not spare|cannot spare|can't spare",
             r"drop(?:ped|s)? plans", r"lapsed", r"pass(?:ed|es)? on (?:the|it)", r"no appetite", r"keep(?:ing|s)? .{0,40}at home|kept .{0,40}at home", r"back(?:ed|ing) out", r"stay(?:s|ing|ed)? out\b", r"balk(?:ed|s)", r"shelved"),
    _pattern("turn: weighs", CONSIDERED, r"toying with", r"sleeping on it|test(?:s|ed|ing) the water|run(?:s|ning)? the numbers|flirt(?:s|ed|ing)? with|warm(?:s|ed|ing)? to the idea|dangl(?:ed|es|ing)|feel(?:s|ing)? out|in two minds|torn over|wrestl(?:es|ing) with|dither(?:s|ed|ing)|hesitat\w+ (?:over|to send)|ha(?:s|ve) not ruled out|(?:is|are) sizing up|leans? towards|gaug(?:es|ed|ing)", r"seek(?:s|ing)? (?:leave|approval|permission)", r"in talks", r"would like to", r"weigh(?:ed|s) up", r"(?:is|are|was|were) to (?:vote|decide|debate)", r"on standby", r"has yet to decide|undecided|made no decision|taken no decision", r"sounding out|sounded out", r"mooted|floated"),
    _pattern("turn: reviews", UNDER_REVIEW, r"called back", r"hang(?:s|ing)? by a thread|days? (?:are|may be) numbered|wondering aloud|weary of|tir(?:ed|ing) of (?:the|its)|eyeing the exit|eyes? the (?:door|exit)|one foot out|a question mark|wants? out\b|calls? (?:grow|mount) .{0,30}(?:home|withdraw)", r"fresh look", r"taking stock", r"up in the air", r"having second thoughts"),
    _pattern("turn: approves", AUTHORIZED, r"sanctioned", r"(?:got|gets|won|secured|received) (?:the )?(?:green light|go-ahead|permission|approval|consent|backing|blessing)|blessed (?:the|a)|put its seal|sealed (?:it|the)|carried the (?:motion|vote)|signed into law|gave the nod|by \d+ votes to \d+", r"clear(?:ed|s) the way", r"may deploy", r"nod\b", r"rubber-?stamped", r"waved through"),
    _pattern("turn: cuts", REDUCED, r"pull(?:ed|ing|s)? back", r"run(?:s|ning)? down (?:its|the)|wind(?:s|ing)? down|wound down|skeleton (?:force|staff|crew)|depleted|drain(?:ed|s)|rotate[sd]? out without|not (?:be )?replac(?:ed|ing)|dwindl\w+|in stages|stepp?(?:ed|ing|s)? down (?:its|the)", r"come(?:s)? down|came down|brings? .{0,40}down", r"brought home (?:one|half|some|part|\d)", r"made for the docks", r"thinn?(?:ed|ing|s)? (?:out|its)", r"(?:sent|sending|going|went) home (?:half|some|part|\d|about|a third|one)", r"pared? (?:back|down)", r"whittled"),
    _pattern("turn: leaves", WITHDRAWN, r"quits\b", r"brought down the (?:flag|curtain)|lower(?:ed|s)? (?:its|the|their) (?:flag|colou?rs)|haul(?:ed|s)? down|struck (?:its|their) (?:tents|camp|colou?rs)|turn(?:ed|s) (?:off|out) the lights|said goodbye|bade farewell|waved off|folded (?:its|their) tents|cleared out|made (?:its|their) exit|back (?:home|in barracks)|head(?:s|ed|ing) (?:for home|home)|homeward|homebound|broke camp|closed (?:its|the) (?:camp|mission|book)|throw(?:s|n)? in the towel|threw in the towel|call(?:s|ed) time on", r"walk(?:ed|s|ing) out", r"sailed (?:for|home)", r"send(?:s|ing)? home (?:the|its|all)", r"went home", r"departure of (?:the )?(?:last|its)", r"fly out", r"farewell", r"pull(?:ed)? up stakes", r"pack(?:ed|ing|s)? up", r"bow(?:ed|s|ing)? out", r"call(?:ed|ing)? it a day"),
    _pattern("turn: will come", ANNOUNCED, r"step(?:s|ping)? (?:in|into the breach)|plug(?:s|ged)? the (?:gap|hole)|take(?:s)? the place of|took up the slack|throw(?:s|n)? in|threw in|put(?:s|ting)? up|pitch(?:es|ing)? in|answer(?:ed|s) the call|rally(?:ing)? to|came forward|com(?:es|ing) forward|raised? (?:its|their) hand|waiting (?:to|for (?:a|its|their) (?:flight|visa|ship))|stand(?:s|ing)? by to|gear(?:s|ing) up|prepar(?:es|ing) to (?:send|join|leave for)|has booked|line[sd]? up|packed? (?:its|their) bags for|reinforcements? (?:of|from)", r"steaming|sailing (?:to|for|towards)|under sail", r"on (?:its|their|the) way", r"en route", r"bound for", r"(?:are|is) to follow|will follow|follow(?:s)? by", r"to be joined", r"(?:(?:is|are|were|was) )?due (?:in|to|next|by|within)", r"get(?:s|ting) ready", r"pencill?ed in", r"packing (?:its|their)", r"expected (?:in|to|next|by)",
             r"(?:taken|filled|relieved|replaced) (?:in part )?by", r"lend(?:s|ing)?\b|lent", r"high seas", r"set sail", r"plans to have", r"has earmarked|earmarked", r"stands? ready", planned=True, unless=r"(?:would rather|(?:expected|due|scheduled|set) (?:in \w+ )?to (?:leave|depart|fly out|withdraw|pull|end|expire|complete|return|be home)|due home|(?:turn|turned) (?:back|round|around)|had (?:\w+ )?(?:promised|pledged|offered))"),
    _pattern("turn: is there", ACTIVE, r"tops? the list", r"hold(?:s|ing)? (?:the line|out|on)|keeps? watch|stood? guard|stands? guard|watch(?:es|ed)? over|pull(?:s|ing)? (?:its|their) weight|(?:largest|biggest|second-largest|main|lone|sole|smallest) (?:contributor|contingent|supplier|force|share|troop contributor)|account(?:s|ed)? for|among (?:them|those) (?:are )?|dig(?:s|ging)? wells|clear(?:s|ing) mines|pitched (?:its|their) tents|unload(?:ed|ing|s)|rolled (?:in|off)|marched in|moved in(?:to)?|took over|taken over|relieved|stepped ashore|has been (?:running|flying|guarding|training|leading|patrolling|manning)", r"followed by", r"turned up", r"set up (?:camp|base|a|shop)", r"chips? in|chipped in", r"run(?:s|ning)? (?:the|a)", r"drives? the", r"mans? the|manned", r"limits? itself", r"stepped off", r"(?:have|has) fought|fight(?:s|ing)? alongside", r"swept into", r"opened (?:a|its|the)", r"came ashore|went ashore", r"stayed behind",
             r"been seen", r"numbers? (?:about |some |around |nearly )?\d|moved to", r"rose (?:above|to)|grew to", r"(?:are|is) left\b", r"added\b", r"came (?:two|three|\d|a)\b", r"spearhead\w*|anchor(?:s|ed)\b", r"settled in|dug in", r"takes? up|took up"),
]  # fmt: skip
PATTERNS = {"nl": [*IDIOMS_NL, *NL, *LAST_NL], "en": [*IDIOMS_EN, *EN, *LAST_EN]}

# What makes an act lie ahead, and what shows that it lies behind.
AHEAD = {
    "nl": re.compile(r"\b(?:zal|zullen|gaat|gaan|wil|willen|van plan|besloot|besloten|besluit|kondig\w*|aangekondigd|volgend\w*|komend\w*|binnenkort|voornemens|moet|moeten|uiterlijk|later dit jaar|vanaf)\b"),
    "en": re.compile(r"\b(?:will|would|plans?|planned|planning|going to|intends?|intended|decided|announced|next|by the end|soon|due|expected|later this|scheduled|starting)\b"),
}  # fmt: skip
BEHIND = {
    "nl": re.compile(r"\b(?:was|waren|had|hadden|vertrok(?:ken)?|trok(?:ken)?|liep|verliet(?:en)?|haalde[n]?|eindigde[n]?|stopte[n]?)\b"),
    "en": re.compile(r"\b(?:withdrew|pulled|left|ended|expired|cut|reduced|had|was|were|departed|extended|concluded)\b"),
}  # fmt: skip


@cache
def openings_of(language: str) -> Openings:
    """Made when first asked for: it takes a tenth of a second, which no start should wait for."""
    return Openings(pattern.words for pattern in PATTERNS[language])


def stages_told(words: str, parts: list[tuple[int, list[Token]]], language: str) -> Iterator[tuple[Pattern, re.Match]]:
    """The patterns that fit a clause in small letters, in their order, each where it first does."""
    for number, said in openings_of(language).found(words, parts):
        pattern = PATTERNS[language][number]
        if not (pattern.unless and pattern.unless.search(words)):
            yield pattern, said


def planned(pattern: Pattern, words: str, language: str) -> bool:
    """Whether a clause tells an intention."""
    if pattern.stage in (WITHDRAWN, ENDED, REDUCED, EXTENDED) and not pattern.planned:
        return bool(AHEAD[language].search(words)) and not BEHIND[language].search(words)
    return pattern.planned
