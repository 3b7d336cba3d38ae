"""Turns of speech by which a sentence shows its clauses, who acts in them, and whether that is so, denied or to come."""

import re

from missions.suggest import lexicon
from missions.suggest.stages import ANNOUNCED, CONSIDERED, EXTENDED, REDUCED, UNDER_REVIEW, WITHDRAWN

# Where a clause ends: at a mark, with what may follow it; before a conjunction.
ATTRIBUTED = r", (?:according to|aldus|volgens|zo (?=zegt|meldt|heeft|laat|valt|schrijft|blijkt))"  # who says it, and not what is said
MARK = {
    # “;|:” and not “[;:]”: only of alternatives that begin with a letter does the search know the first letters
    "nl": re.compile(r";|:|, (?:net als|evenals|zoals|gevolgd door|maar|terwijl|nadat|omdat|waarna|wat|hetgeen|en|waar|waar(?:aan|in|voor|bij|toe|mee|op|uit|onder(?! (?:de |het )?[A-Z]))|zodat|waardoor|hoewel|die|dat|waarvan|van wie|wiens|wier|zij het|ook al|al (?=\w+(?:t|en)\b)|ofschoon|zonder|mits)\b|, (?=(?:heeft|hebben|is|zijn|was|waren|wil|zal|had)\b)|" + ATTRIBUTED),
    "en": re.compile(r";|:|, (?=(?:having|leaving)\b)|, as (?=has|have|had|did|is|was|were|do|does|will)|, (?:but|while|when|after|because|(?:to|in|for|of|with|under) which|and|where|although|though|albeit|which|who|whose|whereas|with|without|even if)\b|, (?=(?:has|have|is|are|will|was|were|had|would)\b)|" + ATTRIBUTED),
}  # fmt: skip
DASHES = (" – ", " — ", " - ")
DASH = re.compile("|".join(DASHES))
CONJUNCTION = {
    "nl": re.compile(r"\b(?:terwijl|nadat|voordat|waarna|maar)\b| en (?=(?:nu |nog |ook )?(?:trekt|stuurt|heeft|hebben|wil|willen|zal|zullen|is|zijn|blijft|blijven|haalt|levert|gaat|verlengt|vermindert|overweegt|kondigde|houdt|breidt|verhoogt)\b)| en (?=(?:nu |nog |ook )?[a-z]{3,}(?:t|de|te) (?:een|de|het|zijn|haar|hun|er|zich|nog|ook|voor|in|naar|tot|per|op|om|\d)\b)| en (?=(?:[a-z]{3,}(?:t|de|te)|trok|gaf|nam|deed|wil|zal|had|riep|hield|zond|is|was) [A-Z])"),
    "en": re.compile(r"\b(?:while|whereas|after|before|but|although)\b| and (?=(?:currently|still|now|later|then|since|has) [a-z]+(?:s|ed)\b|(?:withdrew|pulled|brought|sent|deployed|pledged|promised|offered|extended|ended|plans|closed|suspended|halved|doubled) |(?:currently |still |now |also )?(?:sees?|keeps?|sends?|says?|agreed|agrees|retains?|wants?|will|has|have|is|are|plans?|said|would|may|was|were|had)\b)"),
}  # fmt: skip
CONJUNCTIONS = {
    "nl": {"terwijl", "nadat", "voordat", "waarna", "maar", "en"},
    "en": {"while", "whereas", "after", "before", "but", "although", "and"},
}
# One number in the place of another.
NOT_BUT = re.compile(r"\b(?:niet|not) (?:\w+ )?\d[\d.,]* (?:maar|but) (?:\w+ )?\d")
SHORTEST = 4  # code points of a clause
DENIES = {
    "none",
    "nobody",
    "niemand",
    "denied",
    "denies",
    "ontkent",
    "ontkende",
    "ontkennen",
    "ontkenden",
    "ontkend",
    "noch",
    "weersprak",
    "weerspraken",
    "weerspreekt",
    "weersproken",
    "tegen",
    "verbiedt",
    "verbood",
    "verboden",
}
# A clause that is put in: it ends at the next comma, after which the sentence goes on.
INSERTING = {
    "which",
    "who",
    "whose",
    "with",
    "dat",
    "die",
    "wiens",
    "wier",
    "waarvan",
    "met",
    "gelegerd",
    "present",
    "based",
    "sinds",
}
INSERTED = re.compile(rf", (?:{'|'.join(sorted(INSERTING))}) ")
# Of those before it: “will replace Filipinos who are leaving”.
WHO = re.compile(
    r"\bwho (?:(?:was|is|were|are|did|do|does) not|are (?:leaving|going|pulling|returning|coming|arriving)|(?:left|withdrew|arrived|will leave|are to leave))\b"
)
# A country's force by its number alone: “Turkey's 240”.
POSSESSED = re.compile(
    r"(?:'s|’s) (?:other |remaining |own )?((?:(?:some|about|around|nearly|roughly) )?(?:\d[\d.,]*\d|\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety))"
    r"(?=(?:,|\.|;)? (?:are|were|will|have|had|would|remain|stay|is|and|in|on|at|[A-Z]|(?:\w+ )?(?:troops|soldiers|peacekeepers|instructors|men|marines|police|officers|observers)\b)|\.?$)"
)
# Those of whom the sentence before spoke.
BOTH = {
    "nl": re.compile(r"\b(?:beide(?:n)?|de twee|de drie|deze) (?:landen|staten)\b|\bbeide(?=[ ,])"),
    "en": re.compile(
        r"\b(?:(?:the|these|all) (?:two|three|four)|both) (?:countries|nations|states|allies|governments|armies)\b"
    ),
}
# What is said of a country between two commas: “Germany, absent since 2012, is thinking…”.
APPOSITION = re.compile(
    r", (?:(?!(?:and|but|or|en|maar|of|then|dan|said|says|zei|zegt|according|aldus|volgens|as|while|terwijl|although|hoewel)\b)[a-zéë]+ (?=[a-zéë\d])|\d[\d.,]* (?:of (?:whose|its|their)|van wie|van wier) )"
)
AND = re.compile(r", (?:and|but|or|en|maar|of|which|who|die|dat)\b")
LONGEST_APPOSITION = 130  # code points
# A country that goes on with a list, and when or what: “and Japan in January”, “Italië de commandant op zee”.
VERBLESS = re.compile(
    r" (?:(?:in|since|from|by|until|last|next|this|sinds|vanaf|vorige?|volgende?|afgelopen|begin|eind|medio|a|an|two|three|een|twee|drie) [\w ]{2,24}|(?:earlier|later|eerder|soon after)(?: [\w ]{2,24})?|(?:the|de|het) [\w ]{3,40})(?<! af)(?<! aan)(?<! uit)(?<! mee)(?<! bij)(?<! toe)(?<! weg)(?<! over)(?<! terug)(?=[,.;]|$)"
)
# Somebody wants others to leave; nobody does.
DENIED = re.compile(r"\b(?:ontken(?:t|de|den|nen|d)|weersprak(?:en)?|weerspreekt) (?:\w+ ){0,3}dat\b")
DEMANDED = {
    "nl": re.compile(
        r"\b(?:eist(?:e|en)?|verlang\w*|vraagt|vroeg|vragen|roept|riep|dring\w*|gelast\w*|beval|beveelt|sommeer\w*|verzoek\w*|verzocht|gevraagd|w(?:il|illen|ilde|ilden) dat(?! (?:zijn|haar|hun|de|het)\b)) .{0,70}(?:vertrek\w*|te verlaten|terug te trekken|weg te gaan|weggaan|terugtrek\w*)"
    ),
    "en": re.compile(
        r"\b(?:urg(?:e|es|ed|ing)|demand(?:s|ed)?|ask(?:s|ed)?|told|tells?|order(?:s|ed)(?! (?:the|a) (?:\w+ )?withdrawal of)|call(?:s|ed) (?:on|for)|press(?:es|ed)|request(?:s|ed)?|wants?|wanted) (?!(?:to|its|their|his|parliament|lawmakers|reporters|journalists|that)\b)(?:\S+ ){0,6}?(?:(?:to (?:\w+ )?(?:leave|leaving|withdraw|go|pull|quit|depart|get|end)|to (?:take|bring|send|fly|call) .{0,40}(?:home|out|away)\b)|gone|withdrawal|departure|pullout|out)\b"
        r"|\b(?:shelv|drop|abandon|scrap|cancel|revers)\w* (?:\w+ ){0,2}(?:plans?|decisions?|proposals?) to\b"
        r"|\breject(?:s|ed|ing)? (?:\S+ )?(?:proposals?|motions?|calls?|demands?|bids?)\b"
        r"|\b(?:told|asked|ordered|urged|requested) (?:by .{0,40})?to (?:\w+ )?(?:leave|leaving|withdraw|go|pull|quit|depart|(?:take|bring|send|fly) .{0,40}(?:home|out|away))\b"
    ),
}  # fmt: skip
TAKES_AWAY = re.compile(
    r"\b(?:withdr|pull|bring|brought|recall|remov|leav|left|haal|haalde|trek|trok|roep|riep|weg|terug|vertrok|verlie|verla)"
)
# Before a country with a verb of its own: “…, and Slovenia has brought home…”.
OWN_VERB = 24  # code points between two countries from which on each has a verb
AND_ANOTHER = re.compile(r",? (?:and|en|but|maar) (?:ook )?(?:the |de |het )?$")
FINITE = re.compile(
    r" (?:has|have|had|is|are|was|were|will|would|heeft|hebben|had|hadden|is|zijn|was|waren|zal|zullen|wil|willen|gaat|gaan|did|does|do)\b"
)
# A verb of the past that tells of a force: “…, and Gabon pulled out its contingent”.
PAST = re.compile(
    r" (?:later |also |then )?(?:pulled|withdrew|brought|sent|deployed|pledged|promised|offered|extended|ended|suspended|halved|doubled|joined|left|recalled|refused|declined|agreed|decided|announced)\b"
)
# What stands for the country that was spoken of last.
PRONOUNS = {
    "nl": re.compile(r"\b(?:het|dat|dit|zijn|haar) land\b|\b(?:hij|zij|ze)\b|\bhet (?=(?:heeft|had|is|was|zal|wil|wilde|gaat|stuurt|stuurde|trekt|er|zelf|nog|daar|ook|zijn|sinds|gaat om)\b)|\b(?:waar|dat|omdat|nadat|toen|heeft|had|zal|wil|houdt|stuurt|stuurde|trok|trekt|is) het\b|\b(?:de|een) (?:eersten?|laatsten?|rest|overigen?|resterende|tweede)\b(?! (?:keer|week|maand|jaar|dagen|maanden|jaren|tijd|dag))|\bde (?:regering|militairen|troepen|soldaten|eenheid|manschappen)\b|\bhet (?:kabinet|contingent|leger|bataljon|parlement|schip|fregat|detachement)\b|\bde (?:ministerraad|\d[\d.]* (?!landen|lidstaten|staten)\w+|(?:extra|overige|laatste|eerste|resterende|nieuwe) (?:\d[\d.]* )?(?:militairen|troepen|soldaten|mariniers|manschappen))\b|\bhun (?:inzet|verblijf|vertrek|terugkeer|deelname)\b|\b(?:nog eens|er(?: nog)?) (?=\d|\w*honderd\b|\w+tig\b)|\bdaarvan\b|\bdaar kom(?:t|en)\b|\b(?<!in )(?<!naar )(?<!uit )(?<!van )het (?:koninkrijk|eilandenrijk|\w+[ae]anse land)\b|\bde (?:eilandstaat|dwergstaat)\b"),
    "en": re.compile(r"\b(?:it|they|them|the (?<!in the )(?<!to the )(?<!from the )(?<!across the )(?<!of the )(?:[\w-]+ ){0,2}(?:country|nation)|the government|the troops|the soldiers|the contingent|the unit|the battalion|its|lawmakers|the army|the (?:extra|additional|new|fresh|other) (?:troops|soldiers|unit|contingent|company)|the (?:ship|vessel|frigate|destroyer|detachment|company|brigade|team|platoon|battery|helicopters|jets|warship|crew)|the \d[\d,]*(?: (?:troops|soldiers|men|marines|engineers|instructors|personnel|servicemen|peacekeepers|officers)|-strong|-member|-man)|another (?=\d)|a further (?=\d)|the (?:first|last|final|rest|remainder|remaining|others)\b(?! (?:time|week|month|year|days?|months|years|word|thing))|cabinet|parliament)\b"),
}  # fmt: skip
HOME = {
    "nl": re.compile(
        r"\b(?:[Oo]ns land\b|(?<!minister van )(?<!ministers van )(?<!ministerie van )(?:Defensie|[Hh]et kabinet|Tweede Kamer|[Dd]e Kamer|^Kamer|Buitenlandse Zaken))\b"
    )
}
# What a clause begins with that speaks of such a country's force; apart, since a search for it takes long.
THEIR = re.compile(
    r"die (?:telt|bestaat|bestaan|zijn|is|vormen|vertrekken|keren|blijven|krijgen|worden)\b|(?:[;:] )?(?:zijn|hun|haar) (?:\w+ ){0,2}\w*(?:militairen|troepen|soldaten|blauwhelmen|mariniers|eenheid|compagnie|bataljon|contingent"
    r"|detachement|hospitaal|schip|fregat|toestellen|helikopters|instructeurs|agenten|ploeg|bijdrage|deelname|inzet|missie|mandaat|opdracht|verblijf)\b"
)
ITS_CABINET = re.compile(r"\b(?:het kabinet|de ministerraad)\b")  # of whichever country the text is about
HOMES = {"ons", "defensie", "kabinet", "kamer", "zaken"}  # one of which it has
WHOSE = re.compile(
    r"(?:, (?:waarvan|van wie|which (?:has|have|had|keeps?|provides?)|dat|die)|,? (?:whose|wier|wiens))\b"
)
RELATIVE = re.compile(r", (?:which|who|whose|die|dat|wier|wiens|waarvan|van wie)\b")
# One force comes in the place of another; its own place, and not another force, is no force that goes.
BY = {"nl": " door", "en": " by"}
RELIEVED = {
    "nl": re.compile(
        r"(?:(afgelost|vervangen|opgevolgd)|ingenomen|overgenomen|opgevuld|gevuld) (?:worden |werd |wordt )?door\b"
    ),
    "en": re.compile(r"(?:(relieved|replaced|succeeded)|taken|filled|taken over) (?:\w+ ){0,2}?by\b"),
}
COMPOUNDED = re.compile(
    r"-(?:led|backed|run|held|owned|based|made|built|trained|funded|brokered|supplied|controlled|dominated|born|flagged)\b"
)
TOGETHER = {"followed", "joined", "accompanied"}  # by another, who does it too
# What “by” follows in the passive.
DONE = ("ed", "en", "wn")
DONE_TO = {
    "sent",
    "led",
    "held",
    "made",
    "run",
    "built",
    "kept",
    "left",
    "over",
    "up",
    "out",
    "down",
    "back",
    "met",
    "part",
    "on",
}
# A clause that goes on with whom the one before it was about: “, and is reducing its presence by handing bases to Iraqis”.
GOES_ON_WITH = {
    "nl": re.compile(r"(?:, )?(?:(?:waar\w*|omdat|nadat|terwijl|zodat|hoewel|maar|en|toen) )(?:zij|ze|hij)\b"),
    "en": re.compile(
        r"(?:,? (?:and|but))? (?:currently |still |now |also )?(?:has|have|had|is|are|was|were|will|would|plans?|says?|said)\b"
    ),
}
# What the relative clause after it is of, and not of the country that acts.
MISSION_LAST = {
    "nl": set(),
    "en": {"mission", "force", "operation", "coalition", "alliance", "nato", "mandate", "agreement"},
}
OCCUPIED = re.compile(r"\b(?:occupation|occupied|occupying|annexed)\b|\btoe(?:zicht|zien| te zien) op (?:de|het) ")
DRILLS = re.compile(r"\b(?:drills?|war games|man(?:oeuv|euv)(?:re|er)s|(?:an?|joint|military) exercises?)\b")
# Others than countries that a clause is about: what “its” in it is theirs.
OTHERS = {
    "nl": re.compile(r"(?!)"),
    "en": re.compile(
        r"(?:,? ?(?:and|but|while|when|after|before|since|because|although|as|where) )?(?:the |a |an )?(?!(?:has|have|had|is|are|was|were|will|would)\b)(?:[\w-]+ ){0,2}?(?:nato|brussels|u\.?n\.?|united nations|eu|european union|african union|au|alliance|bloc|"
        r"security council|soviet union|soviets|taliban|islamic state|al[- ]qaeda|al[- ]shabaab|hezbollah|rebels?|insurgents|militants|jihadists|gangs?|gunmen|militias?|protesters|residents|analysts)(?:'s|’s)? "
        r"|(?:as |at (?:its|the) \w+(?: in \d{4})?, )?the (?:[\w.-]+ ){0,3}(?:mission|force|coalition|operation) (?:has|had|winds?|wound|shr[iau]nks?|ends|ended|expires|numbers|counts|totals|includes|comprises|consists|was (?:set up|created|established))\b"
    ),
}
# A force that is there, beside one that comes: “400 soldiers already there”.
ALREADY = re.compile(
    r"[^.;:]{2,40}? (?:already|currently|now) (?:there|in|on|at|deployed|stationed|based|serving|has)\b|[^.;:]{2,40}? (?:it|they) already (?:has|have)\b"
)
ANEW = re.compile(r"\b(?:new|fresh|another|colleagues|compatriots|countrymen|reservists|successors)\b")
NOMINAL = re.compile(r"(?<!those )\b(?:of|from|by) (?:the |some |about )?(?:\d[\d,]* )?$")  # “the arrival of the Finns”
COUNTED_THERE = re.compile(r"\w+ (?:\w+ ){0,3}\d[\d.,]* (?:there|of them|er|daar)\b")
# A force that is there, which another is to join or relieve: “de lichting af te lossen die er sinds april zit”.
THOSE = {"die", "dat"}  # one of which it has
THERE_ALREADY = re.compile(
    r"\b(?:naast|bij|bovenop) (?:de|het|zijn|haar|hun) (?:\S+ ){1,3}?(?:die|dat) (?:er|daar|nu|al|sinds|in|op)\b"
    r"|\b(?:de|het|zijn|haar|hun) (?:\S+ ){1,3}?(?:af te lossen|aflossen|te vervangen|vervangen) (?:die|dat) (?:er|daar|nu|al|sinds|in|op)\b"
)
FROM_THERE = re.compile(r"\b(?:uit (?:het|de)|huis|weer|daar)\b")
IS_TO_BE = re.compile(r"\bword(?:t|en) ")  # in the passive of the present, which Dutch news tells of what comes
# Who says it stands at the end.
SAID_LAST = re.compile(
    r", (?:aldus|zegt|zei|heeft|volgens|meldt|meldde|zo) .{0,60}\b(?:leger|regering|ministerie|minister|krijgsmacht|marine|luchtmacht|premier|president)\b"
)
# “tegen” denies where somebody is against something, not where one fights.
AGAINST = re.compile(
    r"(?=\W*$|[.,;:])| (?:(?:de|het|een|elke|verdere|een verdere) )?(?:\w+ )?(?:plan|plannen|voorstel|motie|uitzending|missie|inzet|verlenging|deelname|komst|bijdrage|sturen|steun|terugkeer|dat)\b"
)
THE_FIRST = re.compile(r"(?:de|een) (?:eersten?|laatsten?|rest|overigen?)\b")
# Somebody asks for a force, and nobody sends it: “kreeg het verzoek 130 man te leveren”.
ASKING = {"verzoek", "hoopt", "hopen", "hoopte", "hoopten"}  # one of which it has
ASKED = re.compile(
    r"\bho(?:opt|pen|opten?) dat (?!(?:het|zij|ze|zijn|haar|hun|de)\b)|\bkr(?:ijgt|ijgen|eeg|egen) .{0,40}\bverzoek (?!.{0,80}\b(?:inge|toege))"
)
COMMANDED = re.compile(r".{0,8}\b(?:onder|under) [\w-]+ (?:command|leadership|bevel|commando|leiding)\b")
COMMAND = re.compile(r"\bonder (?:bevel|commando|leiding) van\b|\bunder the (?:command|leadership) of\b")
NOT_DENIED = re.compile(
    r"\btegen (?:de )?\d|\bniet weg dat\b|\b(?:nog )?geen (?:\w+ )?(?:week|maand|jaar|uur|dag|moment|twijfel)\b|\bno (?:later|sooner|doubt|more than|less than)\b|\bniet alleen\b|\bnot only\b|\bnot so\b|\bno fewer than\b|\bniet meer dan\b"
)
KILLED = re.compile(
    r"\b(?:kwamen? om|omkwam(?:en)?|omkomen|kwam(?:en)? .{0,50}\bom\b(?=\W*$| bij)|om het leven|verwond\w*|verlie(?:st|zen)|sneuvel\w+|gedood|gesneuveld|omgekomen|gewond|raakten|verloor|verloren|gegijzeld|ontvoerd|bij een (?:ongeluk|aanslag)|in handen|omsingeld|lost|lose|loses|mourn\w*|buried|hostage|abducted|captured|seized|freed|detained|arrested|charged|convicted|accused|applied|infected|crashed|collided|ambushed|kidnapped|killed|wounded|died|injured|dead)\b"
)
# One of which Dutch has that tells of it.
KILLING = {
    "kwam", "kwamen", "omkwam", "omkwamen", "leven", "verwond", "verwondingen", "verliest", "verliezen", "verloor", "verloren", "sneuvelde", "sneuvelden",
    "gesneuveld", "gedood", "omgekomen", "gewond", "raakten", "gegijzeld", "ontvoerd", "handen", "omsingeld", "ongeluk", "aanslag",
}  # fmt: skip
YEARS_STAY = re.compile(
    r"na een (?:missie|verblijf|inzet) van (\w+) jaar|after a (\w+)-year (?:mission|stay|deployment)", re.IGNORECASE
)
MISSION_PARTS = ("missi", "operati", "macht", "force")  # of words, one of which has a sentence that speaks of a mission
THE_MISSION = re.compile(
    r"\b(?:de|the|its|deze|this|die|zijn|hun|their) (?:\w+)?(?:missie|operatie|macht|mission|operation|force)\b"
)


def wondered(words: str) -> bool:
    """Whether a Dutch clause asks whether something is so, or says that it may be."""
    return WONDERED.search(words) is not None or PERHAPS.search(words) is not None


JOINED = {
    "en",
    "and",
    ",",
    ", en",
    ", and",
    "&",
    "as well as",
    "evenals",
    "als",
    "alsook",
    "als ook",
    "en de",
    "en het",
    "and the",
    ", de",
    ", het",
    ", the",
}
# Others who do it too: “Naast Denemarken leveren ook Zweden en Noorwegen…”.
AND_ALSO = re.compile(r"(?:naast|behalve) (?:de |het )?$")
# The verb of a main clause after another clause: “Terwijl de Denen gaan, breiden de Zweden…”.
MAIN_VERB = re.compile(r", [a-z]+(?:t|de|te|en) (?:ook )?(?:de |het )?$")
# What is not done is put before what is: “Instead of pulling out, Canada sent 200 soldiers”.
INSTEAD = re.compile(r"\b(?:instead of|rather than|in plaats van) [^,]{3,60},")
# What is told in the present with a month that has no year lies ahead: “trekt in mei zijn militairen terug”, “leaves in May”.
IN_THE_PRESENT = {
    "nl": re.compile(
        r"(?:trekt|haalt|keert|vertrekt|verlaat|stopt|beëindigt|eindigt|maakt|worden|wordt"
        r"|trekken|halen|keren|vertrekken|verlaten|stoppen|beëindigen|eindigen|maken)\b"
    ),
    "en": re.compile(r"(?:withdraws|withdrawing|leaves|leaving|ends|pulls|pulling|brings|bringing)\b"),
}
GOING_ON = re.compile(r"(?:trekt|trekken|haalt|halen|withdrawing|pulling|bringing)\b")
# Whoever leaves for there.
GONE_TO = re.compile(r"\bnaar (?!huis|haar|hun|zijn)[^,]{2,40} vertrokken$")
# Why or when others do what a clause tells: “Na het vertrek van de Fransen overwegen ook de Duitsers…”.
IN_PASSING = re.compile(
    r"(?:anders dan|in tegenstelling tot|in navolging van|na|door|sinds|ondanks|vanwege|wegens|dankzij) (?:(?:de|het|een) )?(?:(?:\w+ ){1,3}van (?:de |het )?(?:\w+ )?)?"
)
COMPASS = {
    "noord", "zuid", "oost", "west", "noorden", "zuiden", "oosten", "westen", "van", "northern", "southern", "eastern", "western",
    "central", "north", "south", "east", "centraal", "neighbouring", "neighboring", "nearby", "buurland", "het",
}  # fmt: skip
VERBISH = {
    "zijn", "is", "hebben", "heeft", "willen", "gaan", "en", "of", "te", "who", "have", "are", "were", "and", "will", "in", "als", "die", "om", "said",
    "had", "has", "was", "waren", "serve", "zelf", "bewaken", "stuurden", "sturen", "at", "on", "to", "also", "ook", "nog", "now", "nu", "still",
}  # fmt: skip
# Adjectives that look like a plural.
ADJECTIVE_S = {"Frans", "Nederlands", "Duits", "Deens", "Zweeds", "Brits", "Turks", "Pools", "Noors", "Fins", "Iers", "Grieks", "Spaans", "Portugees",
               "Tsjechisch", "Swiss", "Portuguese", "Chinese", "Japanese", "Senegalese", "Togolese", "Sudanese", "Congolese", "Burmese"}  # fmt: skip
OF_FORCES = 3  # words of forces in a text, from which on it is about them
# A country in a list, and the number that follows it.
LISTED = re.compile(r"(?:, (?:en |and )?|; | en | and |: )(?:the |de |het )?$")
# Two countries of which one verb tells: “Zweden en Noorwegen leveren 20 man”.
TOGETHER_DO = re.compile(r" [a-z]{2,}en |(?: have| are| were| will| sent| send| pledged| promised) ")
NEXT_TO = re.compile(r", (?:gevolgd door|followed by) ")
ANOTHER_FROM = re.compile(r"(?:,|en|and|, en|, and) (?:\w+ )?\d[\d.,]* (?:\w+ )?(?:uit|from)")
ASIDE = re.compile(r"\([^()]{0,40}\)")
NUMBERED = re.compile(
    r"(?:'s|’s)? ?(?:with|met|[a-zé]+)? ?(?:some |about |just under |close to |more than |at least |up to |zo'n |ruim |bijna )?\b(?:\d[\d.,]*|\w+t(?:ien|ig|een|y)|\w*honderd|een|one|two|three|four|five|six|seven|eight|nine|ten|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|twintig|dertig|veertig|vijftig|zestig|tachtig|negentig|honderd)\b"
)
# “Slovenia: four staff officers”, “Ghana met 205 man”.
COUNTS = re.compile(r"(?::|,)? ?(?:met|with)? ?(?=\d|\w)")
NUMERAL = r"(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|twintig|dertig|veertig|vijftig)"
LISTING = re.compile(
    rf"(?:: | \()(?:about |some |around |nearly |just (?:over|under) |ruim |bijna |zo'n |circa )?(?:{NUMERAL}\b|an? \w+ (?:team|unit|company|battalion|frigate|hospital)\b)(?! (?:days|weeks|months|years|dagen|weken|maanden|jaar|killed|wounded|doden|gewonden))",
    re.IGNORECASE,
)
# A part of a force, and what is no part.
SOME_OF = re.compile(
    r"\bvan wie (?:er )?(?:\d|\w+tig\b|\w*honderd\b|een deel|de helft|de meeste)|\been eerste (?:groep|deel|lichting) van\b|\b(?:[eé]en|twee|drie|vier|vijf|zes|tien|\w+tig|\w*honderd|\d[\d.]*|helft|deel|derde|kwart|aantal|enkele|sommige|meeste|tientallen) van (?:zijn|haar|hun|de|het)\b(?! (?:laatste|eerste))|\bvan (?:de|zijn|haar|hun) (?:\d|\w+tig\b|\w*honderd\b).{0,60}\ber (?:\w+ ){0,2}?(?:\d|\w+tig\b|\w*honderd\b)"
    r"|\b(?:one|two|three|four|five|six|ten|twelve|twenty|thirty|forty|fifty|\d[\d,]*|half|some|part|many|most|several|dozens|thirds?|quarters?|fifth|tenth|majority|bulk) of (?:its|their|the|his|her)\b(?! (?:last|first))"
)
# The first of a force, after which others are still there.
FIRST_OF = {
    "nl": re.compile(
        r"\b(?:de|het|een) eerste (?:\S+ ){0,3}?(?:militairen|troepen|soldaten|blauwhelmen|manschappen|konvooi|groep|eenheden|lichting)\b"
    ),
    "en": re.compile(
        r"\b(?:(?:the|a|an) (?:first|initial) (?:of (?:them|its|their|the)\b|\d|(?:\S+ ){0,2}?(?:batch|group|wave|part|plane|convoy|\w+ soldiers|\w+ troops|\w+ peacekeepers)\b)|(?:another|a further) (?:\d|hundred|dozen)|the (?:extra|additional) (?:\d|troops|soldiers))"
    ),
}
OF = re.compile(r"\b(?:of|van) ")
ALL = re.compile(r"\b(?:alle|al (?:zijn|haar|hun|de)|laatste|resterende|all|last|remaining|final|entire|every)\b")
ARRIVED = re.compile(
    r"\b(?:land\w*|arriv\w+|return\w*|back|touched|docked|flown|flew|kwam\w*|verwacht|aangekomen|geland|teruggekeerd|terug|keer\w+|voet|afgemeerd)\b"
)
HOMEWARD = re.compile(
    rf"\b(?:in|to|at|naar|te|op) ({'|'.join(sorted(map(re.escape, lexicon.CAPITALS), key=len, reverse=True))})\b"
)
CAPITAL = re.compile(rf"\b(?=[A-Z])(?:{'|'.join(sorted(map(re.escape, lexicon.CAPITALS), key=len, reverse=True))})\b")
# What follows a capital that acts.
ACTS = re.compile(
    r"(?:'s|’s)? [a-z]{2,}(?<! and)(?<! en)(?<! on)(?<! op)(?<! in)\b|, (?:by contrast|too|meanwhile|finally|however|likewise|for its part|on the other hand|daarentegen|ten slotte|intussen|ook|which|dat)\b"
)
# One country did as another: “as has Greece”, “Oostenrijk volgde in 2001”.
AS_DID = re.compile(
    r",? ?(?:as|so|net als|evenals|zoals|(?:en|and) (?:ook|so)) (?:(?:has|have|had|did|do|does|is|are|was|were|will|ook) )?",
    re.IGNORECASE,
)
FOLLOWED = re.compile(
    r"\b(?:volgden?|followed suit|did (?:the same|so|likewise)|doet hetzelfde|doen hetzelfde|deed hetzelfde|deden hetzelfde|followed (?:in|last|a|on)|will follow|volgt|volgen)\b"
)
LATER = re.compile(r"\b(?:daarna|daarop|later|eerder|earlier|before|after|jaar|year|\d{4}|too|ook|maand|month)\b")
# What a list tells of a force that it has counted.
BESIDE = {EXTENDED, UNDER_REVIEW, ANNOUNCED, REDUCED}
WITH = re.compile(r", (?:with|met|whose|wier|wiens) ")
NEAR = 26  # code points from the beginning of a clause to the strength that it is about
# A strength of which another is a part, and one that is a country's own.
PART_OF = re.compile(r"\b(?:of (?:its|their|the|[A-Z]\w+['’]s)|van (?:zijn|haar|hun|de)) (?:\w+ )?$")
OWN = re.compile(r"\b(?:its|their|zijn|haar|hun|[A-Z]\w+['’]s) (?:(?!belofte|toezegging|aanbod|plan\b)\w+ )?$")
NEXT_COUNTED = re.compile(r" (?:er )?(?:met )?(?:zo'n |ruim |bijna |ongeveer )?\d")
SO_SAID = re.compile(
    r", zo (?:heeft|hebben|zegt|zei|meldt|meldde|laat|liet|schrijft|blijkt|verklaarde)\b"
)  # and by whom, but nothing of a force
GOES_ON = re.compile(r" (?!and\b|en\b|of\b|or\b|as\b|with\b|met\b|in\b)[a-z]+ ")
COMES = {
    "nl": re.compile(r"\b(?:zal|zullen|gaat|gaan|moet|moeten)\b(?!.{0,80}\b(?:blij|door|voort))"),
    "en": re.compile(r"\b(?:will|is to|are to|is due|are due|was to|were to|would)\b(?!.{0,30}\b(?:remain|stay|keep|continu|maintain|retain))"),
}  # fmt: skip
SOON = {
    "nl": re.compile(r"\b(?:volgende (?:week|maand|zomer|winter|herfst)|volgend (?:jaar|voorjaar|najaar)|komende? (?:week|maand|jaar|zomer|winter|herfst|voorjaar|najaar)|binnenkort|vanaf (?:begin |eind |medio |half )?(?:volgende?|komende?|\w+dag|\w+ber|\w+ari|maart|april|mei|juni|juli|augustus))\b"),
    "en": re.compile(r"\bnext (?:week|month|year|spring|summer|autumn|winter)\b"),
}  # fmt: skip
# Whether something is so is asked, and not told: “of Nederland blijft, is niet duidelijk”.
WONDERING = {"of", "mogelijk", "misschien", "wellicht"}  # one of which it has
WONDERED = re.compile(
    r"^of (?!zo\b)|\b(?:onduidelijk|onzeker|onbekend|(?:niet|nog) (?:duidelijk|bekend|zeker|vast)|de vraag|te bezien|afwachten|niet zeggen|onderzoe\w+|bekij\w+|bekeken|na gaan|gaat na|nagaan|kijkt|kijken|vraagt zich af)\b.{0,30}\bof\b"
)
# What may be so: “gaat mogelijk opnieuw een bijdrage leveren”.
PERHAPS = re.compile(
    r"\b(?:mogelijk|misschien|wellicht)\b(?<!snel mogelijk)(?<!spoedig mogelijk)(?<!veel mogelijk)(?<!goed mogelijk)(?! (?:te )?(?:maakt?|maken|is|zijn|was|wordt)\b)"
)
TAKES_PART = re.compile(r"mee|deel|bij|lever")
WONDERED_AT = {ANNOUNCED: CONSIDERED, WITHDRAWN: UNDER_REVIEW, REDUCED: UNDER_REVIEW, EXTENDED: UNDER_REVIEW}
# Others than soldiers are brought home, or exercise.
# Who comes and goes and is no force: “The Danish minister returns from Mali on Monday”.
TRAVELS = {
    "nl": re.compile(
        r"\b(?:minister|ministers|premier|president|koning|koningin|prins|delegatie|parlementariërs|journalisten|bondskanselier) (?!zei\b|zegt\b)(?:\w+ ){0,3}?(?:ke(?:er|re)\w*|vertr\w+|verl\w+|vloog|vlogen|vlieg\w*)"
    ),
    "en": re.compile(
        r"\b(?:ministers?|president|king|queen|prince|chancellor|premier|delegation|envoys?|ambassadors?|diplomats?|journalists|tourists|civilians|nationals|citizens|aid workers) (?!said\b|says\b)(?:\w+ ){0,2}?(?:return\w*|left|leav\w+|depart\w*|flew|flies|fled|came|comes|evacuated)\b"
    ),
}  # fmt: skip
CIVIL = re.compile(
    r"\b(?:ambassad\w+|diplomat\w+|burgers|onderdanen|landgenoten|staatsburgers|toeristen|hulpverleners|ontwikkelingshulp|studenten|commandant|gezant)\b"
)
MONEY = {
    "vluchtelingen",
    "bedrijf",
    "bedrijven",
    "wapens",
    "munitie",
    "vrachtwagens",
    "gijzelaars",
    "noodhulp",
    "miljoen",
    "miljard",
    "euro",
    "dollar",
    "ambassade",
    "ambassades",
}
NO_STAY = MONEY | KILLING | {"oefening", "oefeningen"}  # one of which it has
WE = re.compile(r"\b(?:we|wij|ons|onze|ik|mijn)\b")
# The end of a separable verb, after what it is done to: “Ze lossen de Polen af, die…”.
PARTICLES = {"af", "aan", "op", "uit", "over", "bij", "terug", "toe", "in", "mee"}
EXERCISE = re.compile(r"\b(?:aan|tijdens|bij|van) (?:een|de|deze|die) (?:\w+ )?\w*oefening(?:en)?\b")
COMING = {
    "nl": re.compile(r"\b(?:zal|zullen|moet|moeten|gaat(?! om)|gaan(?! om)|wil|willen|volgt|volgen|toegezegd\w*|beloofd\w*|extra|komen|komt)\b"),
    "en": re.compile(r"\b(?:will(?! (?:keep|remain|stay|retain|maintain))|is to|are to|would(?! keep)|wants? to|to come|promised|pledged|offered|to follow|is due|are due|expected)\b"),
}  # fmt: skip
# “with India and Ghana among the largest contributors”: they act.
WITH_OF = re.compile(
    r"(?:(?:,| and) (?:and )?(?:the )?[A-Z]\w+){0,6},? (?:among|the (?:largest|biggest|main)|providing|contributing|sending|supplying|accounting|having|each|making)\b"
)
FRONTED = {"van", "voor", "aan", "of", "for", "bij"}
THE_FORCE = re.compile(
    r"\b(?:it|they|them|its|their|the (?:last|final|first|rest|(?:(?:extra|additional|remaining|other) )?(?:\d[\d,]* )?(?:troops|soldiers|contingent|force|unit|battalion))|het|ze|zij|de (?:laatsten?|eersten?|rest|militairen|troepen|soldaten|eenheid|manschappen)|zijn|hun|haar)\b"
)
