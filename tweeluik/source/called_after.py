"""What is called after somebody and is nobody: a street, a school, a prize, a case before a court, a proverb.

A text may speak of all these. They are told by the word before the name, by the word behind it or by what its second
half ends with; what surnames end with too (`Nijhuis`, `Verlaan`) only beside an article or the number of a house.
"""

from __future__ import annotations

import re

from tweeluik.words.folding import letters
from tweeluik.words.given_names import CAPITALS, is_given_name

FEW = 60
"""Signs before or behind a name: what decides stands there, and a long line is not read for every name again."""

_CALLED = re.compile(
    r"(?<!\w)(?:sint|st\.?|prins(?:es)?|koning(?:in)?|huize|villa|café|gebouw|team|project|programma|gemeente|methode|dagboek(?:\svan)?"
    r"|bibliotheek|straat|club|wijk|buurt|toets|optie|plan|groep|bijlage|punt|categorie|vitamine|lid|deel|klas|letter|kolom|variant|type|blok"
    r"|kasteel|landgoed|hotel|restaurant|molen|residentie|hospice|galerie|halte|brug|tunnel|arrest|zaak|orkest|koor|leerstoel|award"
    r"|lyceum|instituut|parochie|kapel|monument|winkel|supermarkt|gymnasium|universiteit|brede\sschool|mavo|vmbo"
    r"|\w*(?:stichting|vereniging|centrum|flat|zaal|fonds|moskee|kerk|school|college|plein|park|huis|sporthal|station|stadion|museum|theater|prijs))"
    rf"\s(?:[{CAPITALS}]\w+\s)?$",
    re.IGNORECASE,
)
"""What stands before the name of somebody of whom a thing has its name, or before a letter that is no initial."""

_ARTICLE = re.compile(r"(?<!\w)(?:de|het|een|['’]t)\s(?:[a-zà-ÿ]+e\s)?$", re.IGNORECASE)
_NUMBERED = re.compile(r"\s\d")

_SURE = (
    r"(?:straat|plein|kade|gracht|singel|park|tunnel|plantsoen|school|college|lyceum|academie|moskee|fonds|prijs|lezing|stichting"
    r"|museum|centrum|toernooi|bokaal|polder|stadion|kazerne|instituut|gymnasium|universiteit|penning|medaille|norm|viaduct|pad|bibliotheek|festival)"
)
"""Endings that no surname has."""

_LIKELY = r"(?:laan|weg|baan|kerk)"
_SURNAMES = frozenset({
    "groeneweg", "heemskerk", "hoogeweg", "hogeweg", "hoogkerk", "koudekerk", "landweg", "langeweg", "middelkerk",
    "nieuwkerk", "noordweg", "oosterbaan", "oosterweg", "ouderkerk", "ouwerkerk", "ridderkerk", "steenweg",
    "westerbaan", "westerweg", "zoutekerk", "zuidweg",
})  # fmt: skip
"""The few surnames of more than seven letters that end so."""

_LIKELY_BEFORE = 4
"""Letters before such an ending; of less many a surname is made: `Verlaan`, `Nijkerk`."""

_WITH_ARTICLE = (
    r"(?:huis|huys|hof|brug|boom|hal|toren|poort|dreef|steeg|dijk|tuin|bos|route|zaal|dag|wet|plan|kamer|haven|markt|kapel|molen"
    r"|veld|bad|flat|sluis|beurs|fort|beeld|monument|vijver|buurt|wijk|kwartier|terrein|oord|erf|hoeve|toets|methode|manifest"
    r"|syndroom|akkoord|debat|week|jaar|viering|herdenking|award|laan|weg|baan|kerk)"
)
"""Endings that surnames have as well."""

_WORDS = (
    r"(?:(?i:huis|stichting|fonds|school|college|centrum|center|instituut|museum|kerk|moskee|vereniging|foundation|comité|lyceum|academie"
    r"|prijs|lezing|leerstoel|award|park|plein|arena|stadion|toernooi|kazerne|ziekenhuis|kliniek|gasthuis|huys|paviljoen|bibliotheek"
    r"|theater|basisschool|universiteit|hogeschool|bokaal|court|playground|hal|penning|festival|tegen\s(?:Nederland|België|Duitsland|Frankrijk|de\sStaat))"
    r"|Advies|Consultancy|Zorg|Welzijn|Hof|Club|Groep|Holding|Beheer|Nederland|Zaal|Gebouw|Hemelvaart)(?![\w'’-])"
)
_HYPHEN = r"-(?!(?:van|de|den|der|ter|ten|el|al)\b)[a-z]"

BEHIND = rf"(?:\s{_WORDS}|\w*{_SURE}(?!\w)|[\w'’]*{_HYPHEN})"
"""What is called after somebody: by its own word behind the name, or by what the second half of the name ends with."""

_THING = re.compile(rf"\s{_WORDS}|{_HYPHEN}")
_LAST = re.compile(r"[\w'’]+$")
_GOES_ON = re.compile(
    rf"(?P<more>(?:\s(?:(?:van|de|der|den|ten|ter)\s){{0,2}}[{CAPITALS}][\w'’]*){{1,2}})(?P<thing>-[a-z]|\s{_WORDS})?"
)

_NOBODY = re.compile(
    r"(?:Jantje\sBeton|Max\sHavelaar|Jan\s(?:Modaal|Publiek|Splinter|en\salleman)|Jip\sen\sJanneke|Ot\sen\sSien|Jut\sen\sJul|Anne\sFrank"
    r"|Ali\sBaba|Romeo\sen\sJulia|Adam\sen\sEva|Jozef\sen\sMaria|Petrus\sen\sPaulus|Albert\sHeijn|Jan\sLinders|Anna\sPaulowna|Aya\sSofya"
    r"|(?:Johannes|Marcus|Mattheüs|Lucas)\sen\s(?:Johannes|Marcus|Mattheüs|Lucas)|Hagia\sSophia|Willem\s(?:van\sOranje|de\sZwijger)"
    r"|Hugo\sde\sGroot|Johan\sde\sWitt|Michiel\sde\sRuyter|Piet\sHein|Jan\sPieterszoon\sCoen|Anton\sde\sKom|Aletta\sJacobs"
    r"|Vincent\svan\sGogh|Martin\sLuther(?:\sKing)?|Maarten\sLuther|(?:Hans\s)?Christian\sAndersen|Nelson\sMandela|Mahatma\sGandhi|Rosa\sParks|Karl\sMarx|Max\sWeber"
    r"|Johan\sCru[iy]j?ff)(?!\w)"
)
"""Of whom or of which everybody speaks, and nobody is meant: proverbs, the Bible, shops, history."""


def just_before(text: str, start: int) -> str:
    """The last words before a name."""
    return text[max(0, start - FEW) : start]


def is_called_after(before: str) -> bool:
    """Whether what stands before a name is called so: `Stichting Jan en Anna`."""
    return _CALLED.search(before) is not None


def follows_an_article(before: str) -> bool:
    """Whether an article stands right before a name: a person has none, and a street has."""
    return _ARTICLE.search(before) is not None


def is_nobody(text: str, start: int) -> bool:
    """Whether a name that begins there is one of which everybody speaks."""
    return _NOBODY.match(text, start) is not None


def is_a_thing(text: str, start: int, end: int) -> bool:
    """Whether the name between these is the beginning of what is called after somebody: `Burgemeester Klaverlaan`.

    The name may end within a word.
    """
    before, behind = just_before(text, start), text[end : end + FEW]
    inner = re.match(r"[\w'’]*", behind)
    assert inner is not None  # noqa: S101 - it may be empty
    behind = behind[inner.end() :]
    is_told = follows_an_article(before) or _NUMBERED.match(behind) is not None
    name = text[start:end] + inner[0]
    last = _LAST.search(name)
    if last is not None and _ends_as_a_thing(last[0], is_told=is_told):
        return True
    if _THING.match(behind):
        return True
    more = _GOES_ON.match(behind) if is_told or (last is not None and is_given_name(last[0])) else None
    return more is not None and (
        more["thing"] is not None or _ends_as_a_thing(more["more"].split()[-1], is_told=is_told)
    )


def _ends_as_a_thing(word: str, *, is_told: bool) -> bool:
    """`is_told`: an article stands before the name, or a number behind it."""
    if re.search(rf"\w{_SURE}$", word) or (is_told and re.search(rf"\w{{3}}{_WITH_ARTICLE}$", word)):
        return True
    likely = re.search(rf"(\w+){_LIKELY}$", word)
    return likely is not None and len(likely[1]) >= _LIKELY_BEFORE and letters(word) not in _SURNAMES
