"""What stands in a name beside what its organisation is called: who writes for it, what it is, whom it is for.

People leave `Projectbureau`, `Sociaal Werk` or `Somalische` out, or put them in, and make letters of the first words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from tweeluik.words.frequency import is_word
from tweeluik.words.places import places

LEAST_LEFT = 6
"""Letters of what is left without what stands in front of it."""

LEAST_TELLING = 4
"""Letters of a word that tells one organisation from others of its kind, when it is no Dutch and no place."""

MOST_LETTERS = 5
"""Words that people make letters of."""

_IN_FRONT = re.compile(
    r"^(?:(?:het|de|ons)\s)?(?:subsidie(?:aanvraag|ontvanger)?|aanvraag|aanvrager|(?:project|programma|kern|steun|regie)?(?:bureau|team|groep|organisatie)|werkgroep"
    r"|stuurgroep|project|programma|initiatief|burgerinitiatief|bewonersinitiatief|collectief|coll\.|platform|platf\."
    r"|netwerk|mensen|locatie|vestiging|(?:jeugd)?afdeling|kinderopvang|voorschool"
    r"|vrijwilligers|medewerkers|bewoners|leden|soc(?:iaal|\.) werk|sw|maatschappelijk werk|opbouwwerk"
    r"|jongerenwerk|welzijn(?:swerk|sorganisatie)?|zorginstelling|huis van|taalschool|basisschool"
    r"|(?:buurt|wijk|dorps|taal|inloop|ontmoetings|gemeenschaps)huis"
    r"|(?:wijk|buurt|ontmoetings|jongeren|vrouwen|diensten|expertise|kennis)centrum"
    r"|(?:zelf|migranten|koepel|belangen)organisatie|koepel|belangengroep|sportclub|club|comité|fonds|(?:advies|ingenieurs|trainings|organisatie|uitzend|onderzoeks?)(?:bureau|buro|groep)|mbo|hbo)"
    r"\s(?:van\s)?(?=\S)",
    re.IGNORECASE,
)
"""What an organisation is, or who speaks for it, before what it is called."""

_BEHIND = re.compile(
    r"\s(?:en partners|jongeren|jeugd|vrouwen|ouderen|senioren|team|project|groep|co(?:ö|o)p|(?:19|20)\d\d)$",
    re.IGNORECASE,
)
"""For whom, or in which year, behind what it is called."""

_OF_A_KIND = re.compile(r"^\S{2,}(?:stichting|vereniging|comité)\s(?=\S)", re.IGNORECASE)
"""`ANBI-stichting`, `bewonersvereniging`: a form with what it is for. A federation may be another than its member."""

_LETTERS = re.compile(r"^([A-Z]{2,6}|(?:[A-Z]\.){2,6})\s(.+)$")
_INITIALS = re.compile(r"^(?:[A-Z]\. ?){1,4}(?=[A-Z]\w{2})")
"""Of whom a firm is called after."""
_BOARD = re.compile(r"^(\w{4,}?)(?:s?bestuur|commissie|team|vrijwilligers|gemeenschap)\s(?=\S)", re.IGNORECASE)
"""`Moskeebestuur`: those who write for a mosque."""

_IN_FULL: dict[str, tuple[str, ...]] = {
    short: tuple(full.split("/"))
    for short, full in {
        "bs": "basisschool", "obs": "openbare basisschool", "cbs": "christelijke basisschool",
        "pcbs": "protestants-christelijke basisschool", "rkbs": "rooms-katholieke basisschool",
        "ikc": "integraal kindcentrum", "kc": "kindcentrum/kenniscentrum", "kdv": "kinderdagverblijf",
        "psz": "peuterspeelzaal", "bso": "buitenschoolse opvang", "sg": "scholengemeenschap/scholengroep",
        "csg": "christelijke scholengemeenschap/christelijke scholengroep", "hs": "hogeschool",
        "swv": "samenwerkingsverband", "po": "passend onderwijs/primair onderwijs", "vo": "voortgezet onderwijs",
        "vr": "veiligheidsregio", "rk": "rooms-katholieke", "pkn": "protestantse kerk/protestantse gemeente",
        "pg": "protestantse gemeente", "ic": "islamitisch centrum", "cc": "cultureel centrum",
        "wbv": "woningbouwvereniging", "ws": "woningstichting", "mfc": "multifunctioneel centrum",
        "ko": "kinderopvang", "od": "omgevingsdienst", "wb": "werkbedrijf", "vwc": "vrijwilligerscentrale",
        "ttc": "tafeltennisclub", "jc": "jongerencentrum", "wc": "wijkcentrum", "dc": "dienstencentrum",
    }.items()
}  # fmt: skip
"""What people write in letters at the beginning of a name, in words."""

_SHORT = re.compile(r"^([A-Z][A-Za-z]{1,3}|(?:[A-Za-z]\.?){2,4}\.)\s(?=\S)")
_MOST_SHORT = 2

IN_DUTCH = {
    word: dutch
    for dutch, words_ in {
        "moskee": "masjid masdjid mesjid mescit camii cami mosque moschee mosquee djami jami msjd",
        "centrum": "center centre zentrum merkezi merkez",
        "cultureel": "cultural culturel culturele culturale kulturel kulturell kulturelle kultureel kulturele",
        "cultuur": "kultuur kultur culture cultura kultura",
        "islamitisch": "islamic islamitische islamisch islamische islamique islami",
        "vrouwen": "women womens frauen femmes kadin kadinlar froulju kobiet mujeres mulheres",
        "jongeren": "youth jugend jeunes jeunesse genclik",
        "gemeenschap": "community gemeinschaft communaute cemaat jamaat",
        "netwerk": "network netzwerk reseau",
        "huis": "house haus maison hus casa dom",
        "buurthuis": "buorthus",
        "dorpshuis": "doarpshus",
        "kerk": "tsjerke church kirche eglise kilise kosciol iglesia igreja",
        "school": "skoalle schule ecole okul szkola escuela escola",
        "heilige": "heilig hl h",
        "doctor": "dr dokter",
        "professor": "prof",
        "dominee": "ds",
        "nederlands": "nederlandse dutch",
        "comite": "komitee komite committee comitee komitet",
        "fries": "fryske frysk friese frisian",
        "waterschap": "hoogheemraadschap",
        "ibn": "ben bin",
        "sri": "shri shree",
        "universiteit": "university universite universitat universitaet universitesi univ rijksuniversiteit",
        "hogeschool": "hochschule",
        "bibliotheek": "library bibliothek bibliotheque kutuphane bieb bibl",
        "gemeente": "gem municipality gemeinde commune belediyesi",
        "academie": "academy akademie akademi academia",
        "instituut": "institute institut instituto enstitusu",
        "theater": "theatre tiyatro teatro teatr",
        "bureau": "buro",
        "welzijn": "welzijnsorganisatie welzijnswerk welzijnsinstelling",
        "woningcorporatie": "woningbouwvereniging woningstichting woningbouwstichting woningbouwcorporatie",
        "cultuurhuis": "kultuurhuis kultuurhuus cultuurhuus kulturhus cultuurhoes",
        "turks": "turkse turkish turk turkischer turkische",
        "marokkaans": "marokkaanse moroccan marocain marocaine",
    }.items()
    for word in words_.split()
}
"""Words that say what an organisation is, in the languages in which it may write its name."""

_COMPOUND = re.compile(r"\w{3,}?(vereniging|stichting|centrum|huis|school|raad|groep|kring|club|koor|bond|werk)")
_ESE = re.compile("ese$")
"""`Eritrese` for `Eritrees`."""

_ARTICLE = re.compile(r"^[ae]l(?=[bfghjkmqwy]\w{3})")
_SMALL = frozenset(("van", "voor", "de", "het", "en", "in", "te", "op", "der", "den", "aan", "met", "tot", "t"))

_DESCRIPTIONS = frozenset((
    "moskee", "centrum", "cultureel", "cultuur", "islamitisch", "gemeenschap", "sociaal", "sociocultureel",
    "socioculturel", "educatief", "somalisch", "somali", "turks", "marokkaans", "surinaams", "antilliaans", "syrisch",
    "eritrees", "ethiopisch", "iraaks", "iraans", "afghaans", "pools", "chinees", "indonesisch", "moluks",
    "koerdisch", "hindoestaans", "ghanees", "nigeriaans", "kaapverdisch", "oekraiens", "bulgaars", "roemeens",
    "berbers", "amazigh", "joods", "christelijk", "protestants", "katholiek", "alevitisch", "hindoe", "hindoeistisch",
    "boeddhistisch", "bosnisch", "servisch", "kroatisch", "armeens", "arabisch", "afrikaans", "vietnamees",
    "pakistaans", "indiaas", "tamil", "egyptisch", "tunesisch", "algerijns", "sudanees", "congolees", "burundees",
    "rwandees", "angolees", "portugees", "spaans", "italiaans", "grieks", "russisch", "tsjetsjeens", "palestijns",
    "libanees", "jemenitisch", "nederlands", "multicultureel", "intercultureel", "interreligieus", "landelijk",
    "regionaal", "lokaal", "stedelijk", "fries", "orthodox", "evangelisch", "gereformeerd", "kerk",
))  # fmt: skip
"""What an organisation is or whose it is, in Dutch, without the ending of an adjective."""


def without_description(name: str) -> Iterator[str]:
    """What is left of a name, its legal form taken off, without what stands before what it is called."""
    for pattern, instead in _TAKEN_OFF:
        left = pattern.sub(instead, name)
        if left != name and sum(map(str.isalnum, left)) >= LEAST_LEFT:
            yield left


def _without_own_letters(found: re.Match[str]) -> str:
    """`SKW Klaver Weide`: letters that stand for what is behind them, with the form or without, say nothing more."""
    own = "".join(word[0] for word in found[2].split() if word[0].isalnum()).lower()
    letters = found[1].replace(".", "").lower()
    return found[2] if letters in (own, f"s{own}", f"v{own}") or own in (f"s{letters}", f"v{letters}") else found[0]


_TAKEN_OFF: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_IN_FRONT, ""),
    (_BEHIND, ""),
    (_OF_A_KIND, ""),
    (_BOARD, r"\1 "),
    (_BOARD, ""),
    (_LETTERS, _without_own_letters),
    (_INITIALS, ""),
)


def in_full(name: str) -> Iterator[str]:
    """A name with words for the letters with which it begins: `SWV PO Klaver`, `bs. De Klaver`."""
    ways = [(name, "")]
    for _ in range(_MOST_SHORT):
        ways = [
            (rest[found.end() :], f"{front}{full} ")
            for rest, front in ways
            if (found := _SHORT.match(rest))
            for full in _IN_FULL.get(found[1].replace(".", "").lower(), ())
        ]
        yield from (f"{front}{rest}" for rest, front in ways)


def acronyms(found: Sequence[str]) -> Iterator[str]:
    """The folded words of a name with letters for its first two or more, with their small words and without.

    Never for all of them: `HVBM` is short for a house in Morgenzijde, and for one in Meieroord.
    """
    for words in dict.fromkeys((tuple(found), tuple(word for word in found if word not in _SMALL))):
        for number in range(2, min(len(words), MOST_LETTERS + 1)):
            rest = "".join(words[number:])
            if len(rest) >= LEAST_TELLING:
                yield "".join(word[0] for word in words[:number]) + rest


def letters_beside(found: Sequence[str]) -> Iterator[str]:
    """The letters of a whole name, as a foundation or association too, with a telling word of it behind: `SKO Klaver`.

    Of a compound every part has its letter: `VV Klaver`.
    """
    told = tuple(word for word in found if word not in _SMALL)
    for own in dict.fromkeys("".join(letter(word) for word in told) for letter in (_letters_of, lambda word: word[0])):
        if len(own) > 1:
            yield from (f"{form}{own}{word}" for form in ("", "s", "v") for word in told if is_telling(word))
        if len(own) > 2 and is_telling(told[-1]):  # noqa: PLR2004
            yield f"{own[:-1]}{told[-1]}"


def _letters_of(word: str) -> str:
    parts = _COMPOUND.fullmatch(word)
    return f"{word[0]}{parts[1][0]}" if parts else word[0]


def kernel(tokens: Sequence[str]) -> tuple[str, ...]:
    """The words of a name without those that say what it is; none where these do not tell it from others."""
    left = tuple(_without_article(word) for word in tokens if not _describes(word))
    return left if any(map(is_telling, left)) else ()


def _without_article(word: str) -> str:
    """Without the article of Arabic that is written as one with it: `Alwahda`, and not `Almere` or `Album`."""
    return word if is_word(word) or word in places() else _ARTICLE.sub("", word)


def _describes(word: str) -> bool:
    return word in _DESCRIPTIONS or word.removesuffix("e") in _DESCRIPTIONS or _ESE.sub("ees", word) in _DESCRIPTIONS


def is_telling(word: str, least: int = LEAST_TELLING) -> bool:
    """Whether a folded word of so many letters at least tells one organisation from others: no Dutch, and no place."""
    return len(word) >= least and word.isalpha() and not is_word(word) and word not in places()
