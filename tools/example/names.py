"""Invented names. Places and words are made up, so that a name made from them is no real organisation's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tools.example.dice import Dice

PLACES: Mapping[str, tuple[str, ...]] = {
    "NL11": ("Tijmerzijl", "Grauwerwolde"),
    "NL12": ("Sterrewierum", "Wiekelgea"),
    "NL13": ("Wiekelveen", "Brinkeroord"),
    "NL21": ("Linderoord", "Hazelterlo"),
    "NL22": ("Roderhage", "Kroonderlo", "Zanderwiel"),
    "NL23": ("Zilvermeide", "Lichterhaven"),
    "NL31": ("Averlicht", "Vechterhage", "Eikerstee"),
    "NL32": ("Hazelmonde", "Kerverdijk", "Morgenzijde", "IJzerwaard"),
    "NL33": ("Vlierhaven", "Kromderwaarde", "Duinderhout", "Schietwilg"),
    "NL34": ("Zoutermonde",),
    "NL41": ("Ganzelrode", "Peelderbosch", "Meieroord"),
    "NL42": ("Mergelrade", "Maasdervoort"),
}

WORDS = (
    "Şelmiran", "Çavrelin", "Ömirah", "Žavoria", "Tëluma", "Ñandovar", "Kårelund", "Élavine", "Zuvendé", "Orvelín",
    "Tamirandé", "Kolimbrà", "Averûne", "Melantrê", "Quorindë", "Ibralûn", "Jasovár", "Nurvéa", "Lûmaris", "Pélagour",
    "Ryvandë", "Søvrela", "Vashtirò", "Yeldamé", "Dorvani", "Kesteloo-Varin", "Ubrantha", "Wendelaar", "Xamberie",
    "Hóvestin", "Fjelmark", "Ghazmira",
)  # fmt: skip

LOCAL: Mapping[str, tuple[str, ...]] = {
    "vrijwilligersorganisatie": (
        "Taalmaatjes {}", "Stichting Buurtkracht {}", "Vrijwilligerspunt {}", "Stichting Welkom in {}", "Maatjes van {}",
        "De Open Deur {}", "Naaicafé {}", "Fietsles {}", "Stichting Soep & Gesprek {}", "Buren voor Buren {}",
    ),
    "migrantenorganisatie": (
        "Vereniging {word} {}", "Stichting {word}", "Cultureel Centrum {word} {}", "Vrouwenvereniging {word}",
        "Stichting {word} in {}", "Jongerenraad {word} {}",
    ),
    "welzijnsorganisatie": (
        "Welzijn {}", "Stichting Sociaal Werk {}", "Buurthuis 't Trefpunt {}", "Stichting Dagwerk {}", "Buurtnetwerk {}",
        "Opbouwwerk {} e.o.", "Stichting Wijk & Welzijn {}",
    ),
    "taalorganisatie": (
        "Taalhuis {}", "Taalpunt {}", "Stichting Lezen & Spreken {}", "Praathuis {}", "Taalcafé {}", "Digitaalhuis {}",
    ),
    "werkgeversorganisatie": ("Ondernemerskring {}", "Werkgevers {} e.o.", "Bedrijvenvereniging {}-Haven"),
    "werknemersorganisatie": ("Vakverbond De Schakel {}", "Bond van Werkenden {}"),
    "levensbeschouwelijk": (
        "Kerk en Buurt {}", "Interreligieus Beraad {}", "Raad van Geloofsgemeenschappen {}", "Humanistische Kring {}",
        "Huis van Bezinning {}",
    ),
    "sport-en-cultuur": (
        "s.v. {} Vooruit", "Jongerenhuis {}", "Toneelgroep Het Zeil {}", "Bibliotheek {}", "Muziekhuis {}", "Speeltuin {}",
    ),
    "gemeente": ("Gemeente {}",),
    "provincie": ("Provincie {}-Land", "Provincie Groot-{}"),
    "uitvoeringsorganisatie": ("Werkbedrijf {}", "Regionaal Uitvoeringsloket {}"),
    "rijkskennisinstelling": ("Planbureau {}",),
}  # fmt: skip

NATIONAL: Mapping[str, tuple[str, ...]] = {
    "vrijwilligersorganisatie": (
        "Landelijk Verbond Buurtkracht Wendelaar", "Samen", "Het Begint met Soep", "Stichting Maatjesnet Xamberie",
        "Vrijwilligers Zonder Drempel Dorvani", "Stichting Gastvrij Ubrantha",
    ),
    "migrantenorganisatie": (
        "Federatie Zelforganisaties Kolimbrà", "Overlegorgaan Nieuwe Stemmen Averûne", "Landelijke Raad Melantrê",
        "Vrouwennetwerk Nurvéa", "Platform Jonge Nieuwkomers Fjelmark", "Stichting d'Orvelín",
    ),
    "welzijnsorganisatie": (
        "Koepel Welzijnswerk Hóvestin", "Kenniskring Opbouwwerk Søvrela", "Stichting De Lange Adem Ryvandë",
    ),
    "taalorganisatie": (
        "Stichting Taalvonder", "Taal & Thee", "taalvonderdigitaal.example", "Landelijk Netwerk Praathuizen Jasovár",
    ),
    "werkgeversorganisatie": (
        "Werkgeversverbond Tamirandé", "Branchevereniging Schoonwerk Ibralûn", "Branchevereniging Kasteelt Zuvendé",
        "Vereniging Zorgwerkgevers Pélagour", "Verbond Bouw & Techniek Élavine", "Koninklijk Verbond Horecahuis Quorindë",
        "Branchevereniging Vervoer Lûmaris", "Ondernemersnetwerk Ghazmira",
    ),
    "werknemersorganisatie": ("Vakcentrale Kesteloo-Varin", "Bond van Zorgwerkers Yeldamé", "Vakbond Jong & Werk Žavoria"),
    "levensbeschouwelijk": (
        "Landelijk Beraad Levensbeschouwing Vashtirò", "Diaconaal Netwerk Tëluma", "Humanistisch Werkverband Kårelund",
    ),
    "sport-en-cultuur": ("Sportverbond Ñandovar", "Stichting Cultuurkoffer Ömirah", "Jeugdtheater Çavrelin"),
    "uitvoeringsorganisatie": (
        "Uitvoeringsdienst Inburgering Averlicht", "Rijksdienst Scholing en Werk Eikerstee", "Centraal Loket Opvang Roderhage",
    ),
    "rijkskennisinstelling": (
        "Rijksinstituut voor Samenlevingsonderzoek Hazelmonde", "Planbureau Werk en Wonen Vlierhaven",
        "Rekenkamer Integratie Zilvermeide",
    ),
}  # fmt: skip

LEGAL_FORMS = ("Stichting ", "Vereniging ", "Koninklijk Verbond ")


class Names:
    """Hands out names, each once: national ones in their order, local ones from a pattern, a place and a word."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._national: dict[str, Iterator[str]] = {kind: iter(names) for kind, names in NATIONAL.items()}
        self._words = dice.shuffled(WORDS)
        self._given: set[str] = set()

    def national(self, kind: str) -> str | None:
        """The next national name of a kind; None when there are no more."""
        name = next(self._national.get(kind, iter(())), None)
        if name is not None:
            self._given.add(name)
        return name

    def local(self, kind: str, region: str) -> str:
        """A name that was not given before."""
        for _ in range(1000):
            pattern, place = self._dice.pick(LOCAL[kind]), self._dice.pick(PLACES[region])
            name = pattern.format(place, word=self._words[len(self._given) % len(self._words)])
            if name not in self._given:
                self._given.add(name)
                return name
        raise ValueError("a kind has too few patterns for its region")

    def aliases(self, name: str) -> tuple[str, ...]:
        """Other names that people use: without the legal form, or the first letters when there are at least four."""
        bare = next((name.removeprefix(form) for form in LEGAL_FORMS if name.startswith(form)), None)
        if bare is not None and bare not in self._given and self._dice.chance(0.5):
            self._given.add(bare)
            return (bare,)
        letters = "".join(word[0] for word in name.replace("-", " ").split() if word[0].isalpha()).upper()
        if len(letters) > 3 and letters not in self._given:  # noqa: PLR2004 - shorter ones read as any abbreviation
            self._given.add(letters)
            return (letters,)
        return ()
