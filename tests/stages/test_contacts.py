"""Nothing about persons: what a person would be found by is found in a text, and ordinary Dutch raises no alarm."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tweeluik.source.contacts import (
    find_accounts,
    find_citizen_numbers,
    find_contacts,
    find_emails,
    find_telephones,
)
from tweeluik.source.persons import find_persons
from tweeluik.words.registration import passes_eleven_test

ORDINARY = Path(__file__).parent / "data" / "gewoon_nederlands.txt"
CALLED_AFTER = Path(__file__).parent / "data" / "genoemd_naar_mensen.txt"
EXAMPLE = Path(__file__).parents[2] / "content"

TELEPHONES = (
    "06-12345678", "06 12 34 56 78", "0612345678", "06\u201312345678", "06\u201112345678", "06 . 12 34 56 78", "(0)6 12345678", "06/12345678",
    "06_12345678", "020 555 01 23", "(020) 555 01 23", "0205550123", "070 - 123 45 67", "0505-550123", "+31 6 12345678", "+31612345678",
    "0031 20 5550123", "+31 (0)20 555 0123", "0800-1234", "0900 1234", "+32 2 555 12 12", "+49 30 901820", "tel. 612345678",
    "Tel: 20 555 01 23", "088-1234567", "0 6 1 2 3 4 5 6 7 8", "nul zes 12345678", "O6-12345678", "o6 12 34 56 78",
    "06·24·68·13·57", "06/24/68/13/57", "nul zes vierentwintig achtenzestig dertien zevenenvijftig", "06 twaalf vierendertig zesenvijftig achtenzeventig",
    "nul zes een twee drie vier vijf zes zeven acht", "06 een twee drie vier vijf zes zeven acht", "nul-zes-één-twee-drie-vier-vijf-zes-zeven-acht",
)  # fmt: skip
CITIZENS = (
    "111222333", "BSN 111222333", "bsn: 1112.22.333", "111 222 333", "11 12 22 333", "111-222-333", "BSN 111.222.333",
    "burgerservicenummer 123456782", "(123456782)", "BSN 11122233", "BSN: 123456789",
)  # fmt: skip
ACCOUNTS = (
    "NL91ABNA0417164300", "NL91 ABNA 0417 1643 00", "nl91 abna 0417 1643 00 ten name van", "IBAN: NL91ABNA0417164300.",
    "BE68 5390 0754 7034", "DE89 3704 0044 0532 0130 00", "NL91-ABNA-0417-1643-00", "TR33 0006 1005 1978 6457 8413 26",
)  # fmt: skip
PERSONS = (
    "t.a.v. mevr. De Klaver", "T.a.v. mevr. A. Klaver", "tav dhr. Klaver", "ter attentie van de heer van der Klaver", "t.a.v. Anna Klaver",
    "contactpersoon: Anna Klaver", "contactpersoon A.B. Klaver", "Contact: Anna van Klaver", "aanspreekpunt: J. Klaver", "mw. drs. Klaver",
    "mevrouw Klaver", "Mevrouw A. de Klaver", "dhr P. 't Veld", "de heer El Klaver", "MEVROUW KLAVER", "Mw A. Klaver", "meneer Klaver",
    "mevr A. Klaver", "mw.A.Klaver", "dhr.Klaver", "mevrouw d'Klaver", "de heren Klaver en Linde", "fam. Klaver", "c/o Anna Klaver",
    "Aan: Anna Klaver", "voorzitter: A. Klaver", "Beheer: Anna Klaver", "Contactpersoon is Anna Klaver", "voorzitter mr. A. Klaver",
    "Voorzitter: mr. A. Klaver", "Hr. Klaver", "mej. Klaver", "drs. P. Klaver", "ing. J. Klaver", "A. Klaver, directeur", "P.J. Klaver (penningmeester)",
    "penningmeester A. Klaver", "aanspreekpersoon Anna Klaver", "vraag naar Anna Klaver", "prof. dr. J. van der Klaver",
    "mevr J Klaver", "dhr PJ Klaver", "het aanspreekpunt is Anna Klaver", "ds. J. Klaver", "dominee Klaver", "imam Mohammed El Klaver", "pastoor Klaver",
    "rabbijn Klaver", "zr. Klaver", "echtpaar Klaver-de Linde",
    "voorzitter Anna Klaver", "Voorzitter Ayşe Klaver", "onze penningmeester, Mohammed el Klaver", "wethouder Jan-Willem de Klaver",
    "Anna Klaver, voorzitter", "Piotr van Klaver (onze coördinator)", "oprichter Fatma Klaver", "met dank aan Jan Klaver",
    "gesproken met Fatima El Klaver", "Auteur: Kees Klaver", "opgesteld door J. Klaver", "namens de stichting: A. Klaver",
    "Verslag: S. de Klaver", "Notulist: K. Klaver", "genotuleerd door Kees Klaver", "Aanwezig: A. Klaver, P. Linde", "cc: Anna Klaver",
    "Met vriendelijke groet, Anna Klaver", "projectleider is Anna Klaver", "onze collega Anna Klaver", "ing. Pieter Klaver", "de familie Klaver",
)  # fmt: skip


@pytest.mark.parametrize("text", TELEPHONES)
def test_a_telephone_number_is_found_in_every_usual_notation(text: str) -> None:
    assert list(find_telephones(text))
    assert list(find_telephones(f"Bel {text}, of kom langs."))


@pytest.mark.parametrize("text", CITIZENS)
def test_a_citizen_service_number_is_found(text: str) -> None:
    assert list(find_citizen_numbers(text))
    assert list(find_citizen_numbers(f"Het nummer is {text}. Meer niet."))


@pytest.mark.parametrize("text", ACCOUNTS)
def test_a_bank_account_is_found_and_is_no_telephone_number_too(text: str) -> None:
    assert [each.what for each in find_contacts(f"Op {text} graag")] == ["a bank account (IBAN) in the text"]


@pytest.mark.parametrize(
    "text", ["rekening 0417164300", "rek.nr. 41 71 64 300", "Bankrekeningnummer: 41.71.64.300", "girorekening 1234567"]
)
def test_an_account_as_it_was_before_is_told_by_its_label(text: str) -> None:
    assert "a bank account (IBAN) in the text" in [each.what for each in find_contacts(f"Op {text} graag")]


@pytest.mark.parametrize(
    "text", ["rekening houden met 2025", "een rekening van 1.250 euro", "rekening 12", "een afrekening 1234567"]
)
def test_other_numbers_behind_a_bill_are_no_account(text: str) -> None:
    assert not list(find_accounts(text))


MAILBOXES = (
    "a.klaver@example.org", "a.klaver [at] example.org", "a.klaver(at)example.org", "a.klaver {at} example.org", "a.klaver@ example.org",
    "a.klaver apenstaartje example.org", "a.klaver at example punt org", "A.KLAVER AT EXAMPLE DOT ORG", "a.klaver\uff20example.org",
    "a.klaver apestaartje example.org", "a.klaver -at- example.org", "a.klaver <at> example.org", "a.klaver_at_example.org",
    "klaver [at] example [punt] org", "klaver (at) example (dot) org", "klaver @ example . org", "klaver@example .nl",
    "klaver \u2039at\u203a example \u2039dot\u203a org", "klaver apestaart example punt org", "klaver [a] example.org", "klaver[@]example.org",
    "klaver *at* example.org", "klaver at example.org", "klaver#example.org", "a n n a @ k l a v e r . n l", "anna @ klaver . example",
)  # fmt: skip


@pytest.mark.parametrize("text", MAILBOXES)
def test_a_mail_address_is_found_however_it_is_spelled(text: str) -> None:
    assert list(find_emails(f"Mail {text} gerust"))


@pytest.mark.parametrize(
    "text",
    ["geboren op 12-3-1980", "geb. 12 maart 1980", "geboortedatum: 1 mei 2001", "Geboren: 01/02/1999", "V-nummer 1234567890", "v-nr. 123.456.7890",
     "vreemdelingennummer: 123 456 7890", "paspoort NX1234567", "rijbewijsnummer 5123456789", "BIG-nummer 12345678901",
     "https://www.linkedin.com/in/anna-klaver", "skype: anna.klaver", "teams anna.klaver", "nl.linkedin.com/pub/anna", "wa.me/31612345678",
     "t.me/annaklaver", "facebook.com/anna.klaver", "facebook.com/profile.php?id=12", "instagram: @anna_klaver", "https://x.com/annadeklaver",
     "twitter @annavanklaver", "tiktok.com/@annelies", "https://example.org/~annelies", "geboren op 3 mei '71", "geb.dat. 03.05.71", "geboortejaar 1971",
     "(geb. 1971)", "geboren te Klaverzoom op 3 mei 1971", "geboren 1971-05-03", "kenteken 12-ABC-3", "kenteken: GX123K", "nummerbord GX-123-K",
     "de auto GX-123-K", "personeelsnummer 1234567", "patiëntnummer: 123456", "lidnummer 12345", "Klaverlaan 12, 1234 AB Klaverzoom",
     "Klaverlaan 12-a (1234AB)", "Klaverlaan 12-A te Klaverzoom", "Lange Klaver nr. 3 bis, 1234 AB Klaverzoom", "woont aan de Klaverlaan 12",
     "thuisadres: Klaver 3", "Adres: Klaverlaan 3a", "1234AB 12", "woont in de Klaverlaan 12", "J. (23)", "M., 34 jaar", "de 34-jarige M. en haar zoon"],
)  # fmt: skip
def test_what_is_about_one_person_is_found(text: str) -> None:
    assert "something about one person in the text" in [
        each.what for each in find_contacts(f"Zie {text}, of vraag het.")
    ]


@pytest.mark.parametrize(
    "text",
    ["geboren in 2010", "kinderen geboren na 1 januari", "een paspoort aanvragen in 2025", "het rijbewijs halen 12 keer", "V-nummers van 3 soorten",
     "linkedin.com/company/klaver", "x.com/klaverzoom", "instagram.com/samenwerken", "facebook.com/anderewereld", "via Teams 2025", "* 3-5-2025 overleg",
     "*3 mei 2025*", "Postbus 12345, 1234 AB Klaverzoom", "wonen in Wijk 12", "wonen in Klaverzoom 24 procent", "woont op Ameland sinds 2015",
     "Zaal 12, Klaverzoom", "in de Kerkstraat 12 mensen", "Staatscourant 2024, 12345", "Kamerstukken II 2023/24, 32 824, nr. 421", "besluit AA-12-34",
     "in 2024 AB", "1234 mensen", "het kenteken halen", "lidnummers van 3 clubs", "de cijfers van 2023-2024-2025", "geboren en getogen", "een nummer van big data", "imam en pastoor", "de Rabbijn Klaverstraat", "O6 of A6", "zaal O6"],
)  # fmt: skip
def test_what_is_about_many_or_none_is_not(text: str) -> None:
    assert list(find_contacts(f"Zie {text}, of vraag het.")) == []


@pytest.mark.parametrize(
    "text", ["5 @ 3 stuks", "wij at work", "het apenstaartje staat op de toets", "iets at home punt"]
)
def test_other_uses_of_these_words_are_no_address(text: str) -> None:
    assert not list(find_emails(text))


@pytest.mark.parametrize("text", PERSONS)
def test_a_person_who_is_announced_is_found(text: str) -> None:
    assert list(find_persons(f"Stuur het {text}."))


@pytest.mark.parametrize(
    "text",
    ["111222334", "1112223330", "€ 111.222.333", "111.222.333", "111222333 euro", "EUR 111222333", "A111222333", "000000000"],
)  # fmt: skip
def test_other_digits_are_no_citizens(text: str) -> None:
    assert not list(find_citizen_numbers(text))


@pytest.mark.parametrize(
    "text", ["NL92ABNA0417164300", "NL91ABNA041716430", "NL31 Utrecht en omgeving", "XX91ABNA0417164300", "NL91"]
)
def test_what_fails_its_test_is_no_account(text: str) -> None:
    assert not list(find_accounts(text))


@pytest.mark.parametrize(
    "text",
    ["t.a.v. de redactie", "t.a.v. Redactie partneroverzicht", "T.a.v. Afdeling Integratie", "mevrouw de voorzitter", "Mevrouw de Voorzitter",
     "de heer des huizes", "De Heerlijkheid Klaver", "contactpersoon voor organisaties", "mevrouw noemde niets", "Stichting Mr. Klaverhuis",
     "Familie Netwerk Averlicht", "Aan: Leden Tweede Kamer", "voorzitter Stichting Klaver", "directeur Welzijn Averlicht",
     "directeur Anna Klaver Huis", "voorzitter Jan Klaver Stichting", "gesprek met Stichting Klaver", "gesproken met Buurthuis Klaver",
     "met dank aan Vereniging Klaver", "wethouder Sociaal Domein", "directeur Publieke Gezondheid", "burgemeester en wethouders van Den Haag",
     "adviseur Nieuwe Nederlanders", "medewerker Team Klaver", "foto Anna Paulowna", "tekst Anna Paulowna", "namens de stichting: A. en B.",
     "voorzitter S.V. Klaver", "V.V. Klaver (beheerder)", "bij mr. of drs. in de titel", "vraag naar Stichting Klaver", "Contactpersoon is de redactie",
     "Aanwezig: gemeente, provincie en Rijk", "Verslag: zie de bijlage", "Met vriendelijke groet, de redactie", "collega Stichting Klaver",
     "Dr. Willem Klaver Huis", "prof. Jan Klaver Stichting", "Vrienden van de familie", "Familie Klaver Fonds", "een twee drie vier vijf zes",
     "projectleider is Stichting Klaver", "terecht bij Averlicht", "Notulist: vacature", "een 17-jarige school", "Utrechts verhaal", "Duits diploma"],
)  # fmt: skip
def test_an_office_is_no_person(text: str) -> None:
    assert not list(find_persons(text))


BARE = (
    "Anneke de Klaver", "Anneke en Jan Klaver", "Hatice Klaverbloem", "aldus Jan Klaverbloem", "Mohamed Ali el Klaver", "P. Klaverbloem", "J.P.M. van den Klaver",
    "P. Klaverbloem MSc", "Klaverbloem, A. de", "De Klaver, A.B.", "Klaver, Anneke de", "CIO Jan Klaver", "Anneke Klaver (1971)", "Şule Klaver", "Nguyen Klaver",
    "hoofd communicatie Anneke Klaver", "w.g. Anneke Klaver", "foto's: Hatice Klaver", "Jan van der Klaver", "Imam Klaver", "sjeik Yusuf Klaver",
    "dr. Klaverbloem", "mr. De Klaver", "prof. dr. Klaver", "A. Klaverbloem-van Linde", "weduwe De Klaver", "wijlen Jan Klaver", "Abdelkarim Klaver", "op naam van A. de Klaver", "NOORTJE KLAVERBLOEM", "FATMA EL KLAVERBLOEM", "Ngozi Klaverbloem", "Oleksandr Klaver", "t.n.v. Anneke Klaver", "de heer S.W.", "ingevuld door: H.K.",
)  # fmt: skip
ALONE = (
    "vraag naar Anneke", "bel Jan", "contactpersoon: Hatice", "neem contact op met Hatice", "Beste Anneke,", "dag Jan!", "zegt Fatima", "volgens Jan",
    "terecht bij Anneke", "notulist: Hatice", "de 17-jarige Samira", "Samira's dochter", "Anneke’s verhaal", "Samiras verhaal", "Familie Klaverbloem",
    "groetjes, Anneke", "mvg Anneke", "Anneke, voorzitter", "Yusuf (de imam)", "voorzitter Anneke", "wijkagent Jan", "Jan en Anneke", "Sjoerd/Fatima",
    "Anneke van de stichting", "Mohammed B. (34)", "besproken met Hatice", "Anneke belde terug", "akkoord Hatice", "zuster Anneke",
    "Groeten van Anneke", "onderzoekster Anneke", "statushouder Samira", "docente Samira", "Samira vluchtte in 2015", "Samira en haar moeder",
    "Samira (niet haar echte naam)", "hoogleraar Klaverbloem", "minister-president Klaverbloem", "deelnemer Anneke", "Hartelijks, Anneke", "Anneke uit Zwolle", "Zeynep (23) doet mee", "Zeynep, 23 jaar", "moeder van Zeynep", "juf Anneke",
    "buurvrouw Anneke", "familie Klaverbloem", "notaris Klaverbloem", "dokter Van den Klaver", "wethouder De Klaver", "minister Van den Klaver", "burgemeester Klaverbloem", "Kamerlid Klaverbloem", "bestuurslid Klaverbloem",
)  # fmt: skip


@pytest.mark.parametrize("text", [*BARE, *ALONE])
def test_a_person_is_found_in_running_text_whom_nothing_announces(text: str) -> None:
    for sentence in (text, f"Er kwam nog {text}. En meer", f"Zie {text}"):
        assert "a name of a person in the text" in [each.what for each in find_contacts(sentence)]


@pytest.mark.parametrize(
    "text",
    [
        "Anneke de Klaver",
        "Stichting Jan en Anneke",
        "P. Klaverbloem",
        "Imam Klaver",
        "Dr. Klaverbloem Instituut",
        "Familie Klaverbloem",
        "Wethouder Klaverbloem",
        "De Weduwe Klaver",
    ],
)
def test_an_organisation_may_be_called_after_somebody(text: str) -> None:
    assert list(find_contacts(text, is_name=True)) == []


@pytest.mark.parametrize(
    "text",
    ["de Anneke Klaver Stichting", "het Johan de Klaver College", "het Willem de Klaverplein", "in de Jan Klaverstraat", "basisschool Anneke Klaver",
     "Stichting Jan en Anneke", "Prins Willem Klaver", "Elke Nederlander telt mee", "Wil Nederland dat?", "Roos Advies en Iris Zorg", "Beste lezer,", "Geachte leden,",
     "minister van Sociale Zaken", "de minister Sociale Zaken", "de burgemeester van Amsterdam", "burgemeester Utrecht", "wethouder Onderwijs",
     "zie bijlage B. Klaverbloem staat erin", "in de groepen A. en B. zitten er twaalf", "de N.V. Nederlandse Klaver", "E.U. Commissie", "Max Klaver-koffie",
     "het Karel de Klaver-festival", "de Jaap Klaverbaan", "Maria Hemelvaart", "Klaver, B. en Linde", "Amsterdam, A. Utrecht", "De Lange Adem Klaverzoom",
     "Gedeputeerde Staten van Utrecht", "raadslid Den Haag", "voorzitter De Klaver", "St. Klaverbloem", "V.O.F. Klaverbloem", "wethouder Gooise Meren", "Contact: Den Haag", "Gorinchem (12) en Sint Maarten (23)", "aldus Hendrik-Ido-Ambacht",
     "de minister De Ronde Venen", "Jantje Beton", "een Max Havelaar", "Jan Modaal", "Radboud Universiteit", "Rijnstraat 8, Den Haag",
     "Parnassusplein 5, 2511 VX Den Haag", "Binnenhof 20 te Den Haag", "Zaal Anneke", "mail de redactie", "de dr. Klaverstraat", "Stichting Dr. Klaverbloem", "bij mr. of drs. in de titel", "een familie Netwerk", "de Anna Paulownapolder",
     "Ctrl en C. Tweeluik rekent", "Elke heeft haar eigen"],
)  # fmt: skip
def test_what_is_called_after_somebody_is_nobody(text: str) -> None:
    assert list(find_contacts(text)) == []


def test_streets_schools_prizes_laws_and_proverbs_are_nobody() -> None:
    lines = [line for line in CALLED_AFTER.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) >= 140
    assert [line for line in lines if find_contacts(line)] == []


@pytest.mark.parametrize(
    "text",
    ["Volgens Anneke Verlaan", "Piet van Nieuwkerk", "Hatice Nijhuis", "wethouder Veldhuis", "burgemeester Verkerk", "dr. Klaverhuis", "dominee Verlaan",
     "imam Klaverhof", "prof. Klaverbrug", "Piet Oosterbaan", "Johan Peter Klaver", "Anneke Klaver, Kerkstraat 12", "Ook Jan van der Klaver",
     "Voor Jan Klaverbloem", "mevrouw Overstraat", "Anneke Klaverdijk", "Anneke Klaver tegen Piet Linde", "een zekere H. Klaverbloem"],
)  # fmt: skip
def test_a_surname_may_end_as_a_street_or_a_house_does(text: str) -> None:
    assert "a name of a person in the text" in [each.what for each in find_contacts(f"{text} kwam ook.")]


def test_two_thousand_words_of_ordinary_dutch_raise_no_alarm() -> None:
    lines = [line for line in ORDINARY.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert sum(len(line.split()) for line in lines) >= 2000
    assert [(number, *found) for number, line in enumerate(lines) for found in find_contacts(line)] == []


def test_the_example_raises_no_alarm() -> None:
    files = [*EXAMPLE.glob("pages/*.md"), *EXAMPLE.glob("*.yaml"), *EXAMPLE.glob("editions/*.yaml")]
    assert len(files) >= 10
    for path in files:
        for line in path.read_text("utf-8").splitlines():
            assert not [found for found in find_contacts(line) if not list(find_emails(line))], path.name


def test_only_the_mailbox_may_be_named() -> None:
    assert list(find_contacts("redactie@example.org", mailbox="Redactie@example.org")) == []
    assert [found.position for found in find_contacts("of x@example.org", mailbox="redactie@example.org")] == [3]


@given(st.integers(10_000_000, 999_999_999))
def test_nine_digits_are_a_citizens_exactly_when_they_pass_the_test(number: int) -> None:
    digits = f"{number:09}"
    assert bool(list(find_citizen_numbers(digits))) == passes_eleven_test(digits)


@given(st.integers(0, 9_999_999_999))
def test_exactly_one_pair_of_check_digits_makes_an_account(number: int) -> None:
    found = [check for check in range(2, 99) if list(find_accounts(f"NL{check:02}BANK{number:010}"))]
    assert len(found) == 1
