"""Words of two languages that news tells missions with: forces, equipment, speech, roles, and what they lead to."""

FORCE = {
    "nl": {
        "militairen", "militair", "groep", "commando's", "soldaten", "soldaat", "troepen", "troepenmacht", "manschappen", "commando", "commandos", "blauwhelmen",
        "mariniers", "contingent", "eenheid", "eenheden", "bataljon", "compagnie", "brigade", "peloton", "agenten",
        "politieagenten", "politiemensen", "marechaussees", "waarnemers", "instructeurs", "trainers", "vredestroepen", "bataljons", "compagnieën", "basis", "bases", "regiment", "team", "bemanning", "pelotons", "genieteam", "genietroepen", "veldkliniek", "opleiders",
        "para", "paras", "lichting", "ploeg", "ploegen", "eskader", "vloot", "infanterie", "divisie", "korps", "gevechtsgroep", "artsen", "verplegers", "duikers", "piloten",
        "strijdkrachten", "detachement", "genisten", "vliegers", "matrozen", "adviseurs", "vredessoldaten", "krijgsmacht",
        "officier", "stafofficier", "instructeur", "waarnemer", "marinier", "adviseur", "genie", "legereenheid", "gevechtstroepen", "legermacht", "militaire", "officieren", "parachutisten", "infanteristen", "stafofficieren",
    },
    "en": {
        "platoons", "contingents", "detachments", "infantrymen", "carabinieri", "sappers", "helmets", "airwing", "squad", "squads", "squadrons", "brigades", "regiments", "doctors", "nurses", "guards",
        "troops", "battalions", "companies", "crew", "crews", "base", "bases", "regiment", "squadron", "team", "teams", "gendarmes", "special", "soldiers", "soldier", "peacekeepers", "personnel", "contingent", "battalion", "company", "brigade", "platoon",
        "marines", "commandos", "police", "officers", "observers", "instructors", "trainers", "advisers", "advisors", "forces",
        "force", "unit", "units", "detachment", "servicemen", "sailors", "airmen", "engineers", "military", "paratroopers",
        "infantry", "medics", "staff", "monitors", "policemen", "servicemembers",
    },
}  # fmt: skip
# Of those, what is counted in persons.
PERSONS = {
    "nl": {
        "militairen", "commando's", "verkenners", "scherpschutters", "explosievenopruimers", "bewakers", "lesgevers", "ingenieurs", "ruimers", "marinemensen", "medici", "experts", "soldaten", "manschappen", "man", "troepen", "commando", "commandos", "blauwhelmen", "mariniers", "agenten",
        "politieagenten", "politiemensen", "marechaussees", "waarnemers", "instructeurs", "trainers", "vredestroepen",
        "adviseurs", "genisten", "matrozen", "opvarenden", "vredessoldaten", "personen", "mensen", "vrouwen", "officieren", "opleiders", "koppen", "artsen", "verplegers", "verkeersleiders", "vuurleiders", "technici",
        "piloten", "monteurs", "lijfwachten", "transporteurs", "duikers", "gendarmes", "rekruten", "zeelieden", "specialisten", "bemanningsleden",
        "para", "paras", "infanterist", "koks", "bemanning", "schutters", "tolken", "rechercheurs", "genie", "helpers", "verkenner", "blauwhelm",
        "officier", "stafofficier", "instructeur", "waarnemer", "marinier", "adviseur", "reservisten", "politiemannen", "verpleegkundigen", "legionairs", "chauffeurs", "genietroepen",
        "parachutisten", "infanteristen", "stafofficieren",
    },
    "en": {
        "troops", "soldiers", "peacekeepers", "personnel", "marines", "commandos", "sharpshooters", "snipers", "scouts", "special", "aviators", "seamen", "infantrymen", "helmets", "militaries", "operators", "detectives", "linguists", "interpreters", "officers", "observers", "instructors",
        "trainers", "advisers", "advisors", "servicemen", "sailors", "airmen", "engineers", "people", "men", "women", "members",
        "paratroopers", "medics", "monitors", "policemen", "gendarmes", "staff", "servicemembers", "rangers", "doctors", "nurses", "experts", "specialists", "drivers", "pilots", "guards",
        "mechanics", "divers", "bodyguards", "inspectors", "reservists", "legionnaires", "technicians", "surgeons", "fighters", "crew", "gunners",
        "carabinieri", "riflemen", "cooks", "lawyers", "recruits", "sailor", "signallers", "paras", "trainees", "planners",
        "sappers", "veterinarians", "legion", "volunteers", "rifles", "gurkhas", "mine-clearers", "deminers",
    },
}  # fmt: skip
EQUIPMENT = {
    "nl": (
        "helikopter", "helikopters", "vliegtuig", "vliegtuigen", "toestel", "toestellen", "fregat", "fregatten", "schip", "schepen",
        "drone", "drones", "tank", "tanks", "voertuigen", "pantservoertuigen", "veldhospitaal", "hospitaal", "ziekenhuis",
        "luchtafweersysteem", "radar", "f-16's", "f-35's", "mijnenveger", "mijnenjager", "onderzeeër", "patrouilleschip",
        "f", "eurofighters", "rafales", "gripens", "patriot", "patriots", "leopards", "apaches", "chinooks", "houwitsers", "nh90",
        "straaljagers", "gevechtsvliegtuigen", "marineschip", "korvet", "korvetten", "kruiser", "batterij", "raketten", "medisch",
    ),
    "en": (
        "helicopter", "helicopters", "aircraft", "plane", "planes", "frigate", "frigates", "ship", "ships", "vessel", "vessels",
        "drone", "drones", "tank", "tanks", "vehicles", "hospital", "radar", "jets", "fighters", "minehunter", "minesweeper",
        "f", "eurofighters", "typhoons", "rafales", "gripens", "patriot", "patriots", "leopards", "apaches", "chinooks", "tornados", "howitzers", "minelayer", "tanker",
        "submarine", "battery", "missiles", "destroyer", "corvette", "warship", "boats",
    ),
}  # fmt: skip
# What Dutch compounds of forces and equipment end in: gevechtshelikopters, marineschip.
COMPOUNDS = (
    "helikopter", "helikopters", "vliegtuig", "vliegtuigen", "toestel", "toestellen", "fregat", "fregatten", "schip", "schepen", "drone", "drones",
    "voertuigen", "wagens", "hospitaal", "militairen", "missie", "troepen", "operatie", "voorhoede", "mariniers", "eenheden", "eenheid", "jagers",
    "macht", "bataljon", "compagnie", "peloton", "pelotons", "kliniek", "batterij", "bataljons", "compagnieën", "waarnemers", "instructeurs", "agenten", "troep", "ploeg", "team", "contingent", "detachement", "commando", "blauwhelmen", "infanterie", "genie", "genisten", "regiment", "korps", "eskader",
    "flottielje", "korvet", "jager", "kruiser", "divisie", "politie", "para", "opleiders", "adviseurs", "divisies", "brigades", "schutters", "duikers", "helmen", "teams", "brigade", "soldaten", "tanks",
)  # fmt: skip
# What a country has there, by other words.
PRESENCE = {"strength", "numbers", "presence", "aanwezigheid", "sterkte", "kant", "zijde", "offer", "aanbod", "bijdrage", "contribution", "basis", "base", "camp",
            "kamp", "voorhoede", "deel", "part", "participation", "veldhospitaal", "hospital", "rota", "rotation", "tour", "role", "rol"}  # fmt: skip
# What a country does with its force, as a noun: “een Italiaanse versterking”, “the Danish withdrawal”.
ACTIONS = {
    "nl": {"versterking", "versterkingen", "vertrek", "terugtrekking", "aftocht", "terugtocht", "terugkeer", "komst", "weigering", "toezegging", "belofte",
           "verblijf", "afbouw", "vermindering", "verlenging", "uitbreiding", "ontplooiing", "lichting", "afvaardiging", "stationering", "aflossing"},
    "en": {"reinforcement", "reinforcements", "withdrawal", "departure", "pullout", "return", "arrival", "refusal", "promise", "pledge", "exit", "homecoming",
           "stay", "drawdown", "extension", "dispatch", "commitment", "replacement", "replacements", "share"},
}  # fmt: skip
MISSION_NOUNS = {
    "nl": {"missie", "operatie", "vredesmissie", "trainingsmissie", "vredesmacht", "inzet", "uitzending", "bijdrage", "deelname",
           "politiemissie", "waarnemingsmissie", "stabilisatiemissie", "vredesoperatie", "waarnemersmissie", "marinemissie",
           "gevechtsmissie", "luchtruim", "coalitie", "battlegroup", "strijdgroep"},
    "en": {"mission", "operation", "peacekeeping", "deployment", "force", "contribution", "participation", "coalition",
           "battlegroup", "campaign", "operations", "missions", "taskforce", "involvement"},
}  # fmt: skip
STATE_NOUNS = {
    "nl": {"regering", "kabinet", "parlement", "minister", "ministerie", "leger", "premier", "president", "autoriteiten",
           "marine", "luchtmacht", "landmacht", "krijgsmacht", "bewindsman", "legerleiding", "junta", "regime", "leiders",
           "defensie", "ambassadeur", "staatssecretaris", "defensieminister", "ministers", "generaal", "overgangsregering",
           "volksvertegenwoordiging", "senaat", "legerchef", "sejm", "bundestag", "storting", "folketing", "riksdag", "knesset", "doema", "kamer", "lagerhuis",
           "bondsdag", "rijksdag", "congres", "kamerleden", "parlementsleden", "hogerhuis", "onderminister", "viceminister", "vicepremier", "legerwoordvoerder", "parlementariërs", "volksvertegenwoordigers", "senatoren", "ministerraad", "generaals", "chef-staf", "legertop", "coalitie", "bondskanselier"},
    "en": {"government", "cabinet", "parliament", "minister", "ministry", "army", "prime", "president", "authorities", "navy",
           "military", "junta", "regime", "leaders", "defence", "defense", "foreign", "ambassador", "senate", "congress",
           "lawmakers", "officials", "general", "chancellor", "administration", "armed", "air", "command", "mps", "sejm", "bundestag", "storting", "folketing",
           "riksdag", "knesset", "duma", "senators", "deputies", "legislators", "assembly", "ministers", "chiefs", "generals", "premier", "legislature"},
}  # fmt: skip
LOCATIVE = {
    "nl": {"in", "naar", "uit", "vanuit", "verlaat", "verliet", "verlieten", "richting", "nabij", "rond", "binnen", "boven", "bij", "langs", "via", "op", "buiten"},
    "en": {"in", "to", "from", "into", "left", "leave", "leaves", "leaving", "quit", "quits", "entered", "reached", "inside", "near", "across", "around", "within", "over", "off", "outside", "throughout", "for"},
}  # fmt: skip
# What comes after them is spoken of, and does not act.
OBLIQUE = {
    "nl": {"met", "tegen", "over", "voor", "aan", "tussen", "van", "volgens", "namens", "zonder"},
    "en": {"with", "against", "about", "between", "of", "than", "among", "alongside", "like", "aboard"},
}
# What comes after them has something done to it, be it by a force: “told Denmark to leave”, “training Iraqi soldiers”.
DONE_TO = {
    "told", "asked", "asks", "asking", "urged", "urges", "urging", "invited", "accused", "accuses", "accusing", "thanked", "blamed", "blames", "fight", "fighting", "fought",
    "battle", "battling", "train", "trains", "trained", "training", "advise", "advises", "advising", "help", "helps", "helped", "helping", "support", "supports", "supported",
    "supporting", "assist", "assists", "assisting", "mentor", "mentoring", "equip", "equipping", "persuade", "persuaded", "pressed", "pressing", "denied", "warned",
}  # fmt: skip
# “the withdrawal of the French” is something that they do.
OF_A_FORCE = {
    "vertrek", "terugtrekking", "aftocht", "terugtocht", "terugkeer", "afbouw", "bijdrage", "deelname", "inzet", "komst", "aankomst", "aantal", "troepen", "militairen", "soldaten", "contingent", "eenheid",
    "bataljon", "withdrawal", "departure", "contribution", "deployment", "participation", "arrival", "number", "troops", "soldiers", "battalion", "company",
    "parlement", "regering", "leger", "government", "parliament", "army", "helft", "half", "rest", "landing", "aanwezigheid",
    "presence", "aanbod", "toezegging", "zending", "that", "those", "die", "dat", "last", "most", "eerste", "eersten", "laatste", "part", "deel", "meeste", "hundreds", "thousands", "dozens", "redeployment", "dispatch",
}  # fmt: skip
# Capitals, and some bodies, that stand for their governments: “Parijs trekt 200 man terug”.
CAPITALS = {
    "Parijs": "FR", "Paris": "FR", "Londen": "GB", "London": "GB", "Berlijn": "DE", "Berlin": "DE", "Den Haag": "NL", "The Hague": "NL", "Brussel": "BE",
    "Rome": "IT", "Madrid": "ES", "Lissabon": "PT", "Lisbon": "PT", "Dublin": "IE", "Kopenhagen": "DK", "Copenhagen": "DK", "Stockholm": "SE", "Oslo": "NO",
    "Helsinki": "FI", "Reykjavik": "IS", "Tallinn": "EE", "Riga": "LV", "Vilnius": "LT", "Warschau": "PL", "Warsaw": "PL", "Praag": "CZ", "Prague": "CZ",
    "Bratislava": "SK", "Boedapest": "HU", "Budapest": "HU", "Wenen": "AT", "Vienna": "AT", "Bern": "CH", "Boekarest": "RO", "Bucharest": "RO", "Sofia": "BG",
    "Athene": "GR", "Athens": "GR", "Ankara": "TR", "Kiev": "UA", "Kyiv": "UA", "Moskou": "RU", "Moscow": "RU", "Chisinau": "MD", "Chişinău": "MD", "Tirana": "AL",
    "Zagreb": "HR", "Ljubljana": "SI", "Belgrado": "RS", "Belgrade": "RS", "Skopje": "MK", "Podgorica": "ME", "Sarajevo": "BA", "Pristina": "XK", "Tbilisi": "GE", "Jerevan": "AM",
    "Yerevan": "AM", "Bakoe": "AZ", "Baku": "AZ", "Washington": "US", "Ottawa": "CA", "Canberra": "AU", "Wellington": "NZ", "Tokio": "JP", "Tokyo": "JP", "Seoul": "KR", "Seoel": "KR",
    "Peking": "CN", "Beijing": "CN", "New Delhi": "IN", "Delhi": "IN", "Islamabad": "PK", "Dhaka": "BD", "Kathmandu": "NP", "Colombo": "LK", "Jakarta": "ID", "Kuala Lumpur": "MY",
    "Manilla": "PH", "Manila": "PH", "Bangkok": "TH", "Hanoi": "VN", "Phnom Penh": "KH", "Ulaanbaatar": "MN", "Astana": "KZ", "Suva": "FJ", "Brasília": "BR", "Brasilia": "BR",
    "Buenos Aires": "AR", "Montevideo": "UY", "Lima": "PE", "Asunción": "PY", "Asuncion": "PY", "Bogotá": "CO", "Bogota": "CO", "Tegucigalpa": "HN", "Santo Domingo": "DO",
    "Caïro": "EG", "Cairo": "EG", "Amman": "JO", "Rabat": "MA", "Tunis": "TN", "Abuja": "NG", "Accra": "GH", "Dakar": "SN", "Lomé": "TG", "Lome": "TG", "Cotonou": "BJ", "Porto-Novo": "BJ",
    "Niamey": "NE", "Ouagadougou": "BF", "N'Djamena": "TD", "Ndjamena": "TD", "Yaoundé": "CM", "Yaounde": "CM", "Libreville": "GA", "Kinshasa": "CD", "Brazzaville": "CG", "Bujumbura": "BI",
    "Gitega": "BI", "Kigali": "RW", "Kampala": "UG", "Nairobi": "KE", "Addis Abeba": "ET", "Addis Ababa": "ET", "Djibouti": "DJ", "Dar es Salaam": "TZ", "Dodoma": "TZ", "Lusaka": "ZM", "Harare": "ZW",
    "Lilongwe": "MW", "Gaborone": "BW", "Maseru": "LS", "Pretoria": "ZA", "Luanda": "AO", "Windhoek": "NA", "Freetown": "SL", "Monrovia": "LR", "Conakry": "GN", "Abidjan": "CI", "Banjul": "GM",
    "Santiago": "CL", "Mexico City": "MX", "Quito": "EC", "La Paz": "BO", "San Salvador": "SV", "Guatemala City": "GT", "Pentagon": "US", "Bundeswehr": "DE", "Bondsdag": "DE", "Bundestag": "DE", "Kremlin": "RU", "Witte Huis": "US", "White House": "US", "Downing Street": "GB",
    "Nouakchott": "MR", "Bamako": "ML", "Port-au-Prince": "HT", "Nicosia": "CY", "Beiroet": "LB", "Beirut": "LB", "Damascus": "SY", "Bagdad": "IQ", "Baghdad": "IQ", "Kaboel": "AF", "Kabul": "AF",
}  # fmt: skip
ARTICLES = {"nl": {"de", "het", "een", "'t"}, "en": {"the", "a", "an"}}

NEGATION = {
    "nl": {"niet", "geen", "nooit", "nimmer", "evenmin", "zonder"},
    "en": {"not", "no", "never", "neither", "nor", "without", "cannot"},
}

# --- speech

SAY = {
    "nl": {
        "zegt", "zei", "zeggen", "zeiden", "gezegd", "stelt", "stelde", "stellen", "stelden", "verklaart", "verklaarde", "verklaren",
        "verklaarden", "meldt", "meldde", "melden", "meldden", "gemeld", "benadrukt", "benadrukte", "benadrukken", "benadrukten",
        "beklemtoont", "beklemtoonde", "vindt", "vond", "vinden", "vonden", "noemt", "noemde", "noemen", "noemden", "verwacht",
        "verwachtte", "verwachten", "schrijft", "schreef", "schrijven", "schreven", "twittert", "twitterde", "bevestigt", "bevestigde",
        "bevestigen", "bevestigden", "bevestigd", "ontkent", "ontkende", "ontkennen", "ontkenden", "waarschuwt", "waarschuwde", "waarschuwen",
        "waarschuwden", "eist", "eiste", "eisen", "eisten", "belooft", "beloofde", "reageert", "reageerde", "betreurt", "betreurde",
        "herhaalt", "herhaalde", "antwoordt", "antwoordde", "vervolgt", "vervolgde", "meent", "meende", "menen", "oordeelt", "oordeelde",
        "concludeert", "concludeerde", "onderstreept", "onderstreepte", "klaagt", "klaagde", "hoopt", "hoopte", "hopen", "prijst",
        "prees", "veroordeelt", "veroordeelde", "beweert", "beweerde", "beweren", "claimt", "claimde", "suggereert", "suggereerde",
        "vertelt", "vertelde", "vertellen", "vertelden", "constateert", "constateerde", "erkent", "erkende", "erkennen", "vreest",
        "vreesde", "vrezen", "verzekert", "verzekerde", "sprak", "spreekt", "bezweert", "bezwoer", "berichtte", "bericht", "legt",
        "voegt", "voegde", "bekritiseert", "bekritiseerde", "toegezegd", "betoogt", "betoogde", "geeft", "gaf", "liet", "laat",
        "laten", "lieten", "kondigt", "kondigde", "kondigen", "kondigden", "roept", "riep", "vraagt", "vroeg", "vragen", "vroegen",
        "verzoekt", "verzocht", "beval", "beveelt", "dringt", "drong", "wijst", "wees", "maakt", "maakte", "aangekondigd", "licht", "geacht", "gevraagd", "gesteld", "bevolen", "opgeroepen", "beweerd", "verklaard",
        "bekendgemaakt", "meegedeeld", "weten", "schampert", "sneerde", "grapte", "voorspelt", "voorspelde", "tekent", "tekende", "onthult", "onthulde",
        "spreken", "maken", "maakten", "verwijt", "verweet", "luidt", "luidde", "betwijfelt", "betwijfelde", "bedankt", "weigert", "weigerde", "weigerden", "wil", "wilde", "wilden", "willen", "spraken", "mailt", "denkt", "dacht", "denken", "gelooft",
    },
    "en": {
        "said", "says", "say", "told", "tells", "tell", "added", "adds", "stated", "states", "announced", "announces", "confirmed", "confirms",
        "denied", "denies", "warned", "warns", "insisted", "insists", "stressed", "stresses", "emphasised", "emphasized", "emphasises",
        "noted", "notes", "argued", "argues", "claimed", "claims", "acknowledged", "acknowledges", "admitted", "admits", "declined",
        "asked", "asks", "urged", "urges", "demanded", "demands", "ordered", "orders", "requested", "wrote", "writes", "tweeted", "posted",
        "reported", "reports", "suggested", "suggests", "explained", "explains", "replied", "responded", "promised", "vowed", "pledged",
        "condemned", "criticised", "criticized", "praised", "described", "describes", "accused", "accuses", "expressed", "believes",
        "thinks", "hopes", "hoped", "expects", "expected", "conceded", "declared", "repeated", "concluded", "remarked", "observed", "rejected",
        "dismissed", "called", "calls", "appealed", "complained", "cautioned", "reiterated", "quoted", "saying", "recalled", "commented",
        "predicted", "feared", "fears", "welcomed", "apologised", "briefed", "informed", "joked", "joking", "testified", "disclosed", "revealed",
        "announcing", "promises", "shouted", "countered", "argue", "warn", "believe", "deny", "insist", "complain", "maintained", "reckons", "vow",
    },
}  # fmt: skip
# Verbs that speak only together with another word of the clause.
NEEDS = {
    "nl": {
        "laat": {"weten"}, "laten": {"weten"}, "liet": {"weten"}, "lieten": {"weten"}, "geeft": {"aan", "toe", "opdracht"},
        "gaf": {"aan", "toe", "opdracht"}, "kondigt": {"aan"}, "kondigde": {"aan"}, "kondigen": {"aan"}, "kondigden": {"aan"},
        "roept": {"op"}, "riep": {"op"}, "vraagt": {"om", "te", "of", "wanneer", "waarom", "hoe"}, "vroeg": {"om", "te", "of", "wanneer", "waarom", "hoe"}, "vragen": {"om", "te", "of"},
        "vroegen": {"om", "te", "of"}, "dringt": {"aan"}, "drong": {"aan"}, "wijst": {"erop"}, "wees": {"erop"}, "maakt": {"zorgen", "bekend"},
        "maakte": {"zorgen", "bekend"}, "licht": {"toe"}, "legt": {"uit"}, "voegt": {"toe"}, "voegde": {"toe"},
        "weigert": {"zeggen", "commentaar", "reageren"}, "weigerde": {"zeggen", "commentaar", "reageren"},
        "weigerden": {"zeggen", "commentaar", "reageren"}, "wil": {"zeggen", "reageren", "vooruitlopen", "kwijt", "bevestigen"},
        "wilde": {"zeggen", "reageren", "vooruitlopen", "kwijt", "bevestigen"}, "wilden": {"zeggen", "reageren", "vooruitlopen"},
        "willen": {"zeggen", "reageren", "vooruitlopen"}, "spreekt": {"van", "tegen"}, "sprak": {"van", "tegen"},
        "spraken": {"van", "tegen"}, "geacht": {"door"}, "denkt": {"dat"}, "dacht": {"dat"}, "denken": {"dat"}, "bericht": {"dat"},
        "weten": {"laten"}, "luidt": {"van"}, "luidde": {"van"}, "tekent": {"aan"}, "tekende": {"aan"}, "maken": {"zorgen", "bekend"}, "maakten": {"zorgen", "bekend"},
        "spreken": {"van", "tegen"}, "vond": {"dat", "het"}, "vonden": {"dat"}, "reageert": {"dat", "op", "met"}, "reageerde": {"dat", "op", "met"},
    },
    "en": {
        "declined": {"comment", "say"}, "called": {"for", "on", "it", "them", "the"}, "calls": {"for", "on", "it"}, "saying": {"that", "as"},
        "orders": {"to"}, "quoted": {"saying"}, "reports": {"that", "of"}, "expected": {"that"}, "claims": {"that", "to"}, "notes": {"that"},
        "states": {"that"}, "demands": {"that"}, "posted": {"on"}, "observed": {"that"}, "described": {"as"}, "describes": {"as"}, "fears": {"that"},
        "informed": {"that"}, "asked": {"to", "for", "the", "whether", "if"}, "believes": {"that", "the", "it"}, "hopes": {"that", "to"},
        "pledged": {"to", "that"}, "promised": {"to", "that"}, "rejected": {"the", "any", "claims"}, "expressed": {"concern", "hope", "regret", "doubts"},
    },
}  # fmt: skip
ACCORDING = {"nl": ("volgens", "aldus"), "en": ("according to", "in the words of")}
# Words of which nobody stands behind.
RUMOUR = {
    "nl": {"geruchten", "gerucht", "verluidt", "vermoedelijk", "gefluisterd", "wandelgangen"},
    "en": {
        "rumours",
        "rumors",
        "rumour",
        "rumor",
        "reportedly",
        "allegedly",
        "rumoured",
        "rumored",
        "unconfirmed",
        "whispers",
        "speculation",
    },
}
PRONOUNS = {
    "nl": {
        "hij",
        "zij",
        "ze",
        "hun",
        "haar",
        "hem",
        "wij",
        "we",
        "ik",
        "men",
        "die",
        "dat",
        "dit",
        "deze",
        "wie",
        "het",
    },
    "en": {"he", "she", "they", "it", "we", "i", "who", "this", "that", "these", "those", "one"},
}
ROLES = {
    "nl": {
        "woordvoerder", "woordvoerster", "woordvoerders", "minister", "ministers", "premier", "president", "generaal", "kolonel", "majoor",
        "kapitein", "commandant", "bevelhebber", "luitenant-kolonel", "admiraal", "defensieminister", "staatssecretaris", "kamerlid",
        "ambassadeur", "secretaris-generaal", "gezant", "diplomaat", "diplomaten", "functionaris", "parlementariër", "voorzitter", "chef",
        "bewindsman", "bewindsvrouw", "stafchef", "analist", "onderzoeker", "hoogleraar", "ingewijden", "bronnen", "bron", "leiders",
        "militairen", "officier", "officieren", "overste", "luitenant", "sergeant", "fractievoorzitter", "buitenlandchef", "burgemeester",
        "deskundige", "deskundigen", "experts", "inwoners", "inwoner", "bewoners", "missiechef", "legerchef", "vicepremier", "bondskanselier",
        "kanselier", "parlementsvoorzitter", "zegsman", "brigadegeneraal", "generaal-majoor", "directeur", "kamerleden",
    },
    "en": {
        "spokesman", "spokeswoman", "spokesperson", "spokespeople", "minister", "president", "general", "colonel", "major", "captain",
        "commander", "lieutenant", "admiral", "secretary", "ambassador", "envoy", "diplomat", "diplomats", "official", "officials", "lawmaker",
        "lawmakers", "senator", "chief", "chairman", "chairwoman", "analyst", "researcher", "professor", "sources", "source", "leaders",
        "officer", "premier", "chancellor", "sergeant", "expert", "experts", "residents", "resident", "director", "governor", "mayor",
        "secretary-general", "brigadier", "witnesses", "rebels", "deputy", "head", "villagers", "legislator", "undersecretary", "commodore",
    },
}  # fmt: skip
ORGANIZATIONS = {
    "VN", "UN", "NAVO", "NATO", "EU", "AU", "OVSE", "OSCE", "ECOWAS", "Ecowas", "Pentagon", "Kremlin", "Witte Huis", "White House",
    "Defensie", "Buitenlandse Zaken", "Tweede Kamer", "Kamer", "Europese Unie", "European Union", "Afrikaanse Unie", "African Union",
    "Verenigde Naties", "United Nations", "Bundestag", "Bundeswehr", "Élysée", "Eerste Kamer", "Rode Kruis", "Red Cross",
    "Human Rights Watch", "Amnesty", "Amnesty International", "Foreign Office", "State Department", "Security Council", "Veiligheidsraad",
    "SADC", "IGAD", "Downing Street", "Artsen zonder Grenzen",
}  # fmt: skip
# Bodies that belong to one state.
BODIES = {
    "Pentagon": "US", "White House": "US", "Witte Huis": "US", "State Department": "US", "Kremlin": "RU", "Bundestag": "DE",
    "Bundeswehr": "DE", "Élysée": "FR", "Foreign Office": "GB", "Downing Street": "GB",
}  # fmt: skip
# Bodies by which Dutch texts mean the Dutch ones.
HOME = {
    "nl": {"Defensie": "NL", "Buitenlandse Zaken": "NL", "Tweede Kamer": "NL", "Kamer": "NL", "Eerste Kamer": "NL"},
    "en": {},
}
PARTICLES = {
    "van",
    "de",
    "der",
    "den",
    "ten",
    "ter",
    "von",
    "al",
    "el",
    "bin",
    "ben",
    "du",
    "di",
    "da",
    "la",
    "le",
    "dos",
    "ibn",
    "’t",
    "'t",
}
CALENDAR = {
    "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday", "january", "february", "march", "may", "june", "july", "august", "october",
}  # fmt: skip
