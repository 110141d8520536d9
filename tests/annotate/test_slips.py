"""Slips of the parser that are mended before rules read its words."""

from __future__ import annotations

from typing import Any

import pytest

from khaldun.annotate.kit import Kit
from khaldun.annotate.reading.sentences import parse_reports
from khaldun.annotate.words import Token
from khaldun.model import Part, Report, Span, make_id


def read(text: str, kit: Kit) -> dict[str, Token]:
    """The words of a text by their letters."""
    report = Report(make_id(text), "text", "", text, (Part("body", Span(0, len(text))),))
    parse = next(parse_reports([report], kit.nlp))
    return {word.text: word for word in parse.passages[0].doc}


@pytest.mark.parametrize(
    ("text", "deed", "whom", "speaker"),
    [
        (
            "Government forces shelled a market in Idlib on Wednesday, killing at least 32 people, the Northern"
            " Observatory for Human Rights said.",
            "killing", "people", "Observatory",
        ),
        (
            "Gunmen raided the village, killing 12 civilians, the Interior Ministry said.",
            "killing", "civilians", "Ministry",
        ),
    ],
)  # fmt: skip
def test_whom_a_deed_hit_is_not_who_tells_it(kit: Kit, text: str, deed: str, whom: str, speaker: str) -> None:
    words = read(text, kit)
    assert (words[whom].head.text, words[whom].dep_) == (deed, "dobj")
    assert (words[speaker].head.text, words[speaker].dep_) == ("said", "nsubj")
    assert [child.text for child in words[deed].children if child.dep_ == "dobj"] == [whom]


def test_an_apposition_to_a_subject_stays(kit: Kit) -> None:
    text = "Leaving early, three people, members of the council, said the road was open."
    words = read(text, kit)
    assert (words["people"].head.text, words["people"].dep_) == ("said", "nsubj")


@pytest.mark.parametrize(
    ("text", "word", "head", "function"),
    [
        ("Some 40 houses were burned and 14 elders killed in Pibor on Sunday.", "elders", "killed", "nsubjpass"),
        ("The shooting in Acapulco left a guard dead and a bystander wounded.", "bystander", "wounded", "nsubjpass"),
        ("One bomb killed three people and another wounded four in Garissa.", "another", "wounded", "nsubj"),
        ("The rebels said in a letter sent to papers that they had left Bukavu.", "left", "said", "ccomp"),
        ("Gunmen killed the mayor of Hanano, his bodyguard and his driver.", "bodyguard", "mayor", "conj"),
        ("Gunmen killed the chief of Dansadau, his wife and two guards in an attack today.", "wife", "chief", "conj"),
        ("In the week ending 7 May, 61 civilians were killed and 88 injured in Sagaing.", "88", "injured", "nsubjpass"),
        ("The ministry accused masked gunmen of attacking a post in Kunduz.", "gunmen", "accused", "dobj"),
        ("Government troops responded by bombarding rebel trenches in Goma.", "trenches", "bombarding", "dobj"),
        ("The abduction by gunmen of two nurses in Bamenda led to a strike.", "of", "abduction", "prep"),
        ("The massacre by Serb soldiers of villagers at Racak shocked Europe.", "of", "massacre", "prep"),
        ("Amnesty condemned the abduction of 12 villagers by unidentified gunmen.", "by", "abduction", "prep"),
        ("Killed in the raid were Omar Bilal, a bomb maker, and two bodyguards.", "Bilal", "Killed", "nsubjpass"),
        ("Among those detained in Managua were the banker Julio Mora and a nun.", "detained", "detained", "ROOT"),
        ("Taken hostage were the bishop of Bamenda, two nuns and a cook.", "nuns", "bishop", "conj"),
        ("Rebels killed the governor of Kidal, two guards and a driver.", "guards", "governor", "conj"),
        ("Police held Rosa Leiva, head of the union, the banker Julio Mora and a nun.", "banker", "Leiva", "conj"),
        ("Police arrested Ali Saleh, the leader of the Front.", "leader", "Saleh", "appos"),
        ("The army lost three soldiers and the rebels seven in clashes at Bor.", "seven", "rebels", "nummod"),
        ("Police, tipped off by a driver, arrested five men in Jos.", "arrested", "arrested", "ROOT"),
        ("Shelling injured 17 people in Avdiivka on Tuesday.", "Shelling", "injured", "nsubj"),
        ("Whether two reporters were kidnapped or arrested remains unclear.", "remains", "remains", "ROOT"),
        ("Forty people were injured when a bus overturned near Jos.", "bus", "overturned", "nsubj"),
        ("The raid on Bor was followed by a blast near Pibor that killed six.", "killed", "blast", "relcl"),
        ("Strikes carried out by the coalition killed at least 14 people in Saada.", "Strikes", "killed", "nsubj"),
        ("A blast that wounded 14 people in Kabul was claimed by the front.", "people", "wounded", "dobj"),
        ("Late on Monday suspected rebels killed a judge in Beni.", "rebels", "killed", "nsubj"),
        ("On March 3, armed herders killed at least 30 men, an official said.", "herders", "killed", "nsubj"),
        ("Nine soldiers died in shelling by rebels in Kunduz.", "shelling", "in", "pobj"),
        ("A bomb hidden in a van detonated outside a mosque in Hit.", "detonated", "detonated", "ROOT"),
        ("Rebels raided a post in Hit and a bomber struck a mosque in Rawa.", "bomber", "struck", "nsubj"),
        ("Ground fighting between rebels and the army erupted near Taiz.", "fighting", "erupted", "nsubj"),
        ("The bishop condemned the killing of six monks in Sirte in 2012.", "2012", "in", "pobj"),
        ("The militia burned alive 40 villagers in Beni.", "alive", "burned", "oprd"),
        ("An army garrison was overrun in Baidoa on Sunday, residents said.", "garrison", "overrun", "nsubjpass"),
        ("Shot dead by soldiers in Baidoa on Sunday, a teacher had been there since March.", "Shot", "been", "advcl"),
        ("The mayor said rebels held the hills and accused Rwanda of arming them.", "accused", "said", "conj"),
        ("The king said the premier had gone to Goma and urged restraint.", "urged", "gone", "conj"),
        ("Police in Hama arrested 30 men, most of them accused of spying.", "most", "accused", "nsubjpass"),
        (
            "Rebels took a post after a siege, killing six soldiers, officers and villagers said.",
            "officers",
            "said",
            "nsubj",
        ),
        ("The army killed four policemen, two farmers and a teacher, villagers said.", "farmers", "policemen", "conj"),
        ("Colonels who seized power in Bamako on Tuesday promised a vote.", "on", "seized", "prep"),
        ("Rebels left a base they had held for months near Goma on Monday.", "near", "base", "prep"),
        ("Rebels left a base they had held for months on Monday.", "on", "left", "prep"),
        ("The army gave the rebels two days to leave Goma.", "days", "gave", "dobj"),
        ("The army's counter-attack around Goma began on Friday.", "army", "counter-attack", "poss"),
        ("A shooting at a theatre in Moscow, which killed 137 people, was condemned.", "killed", "shooting", "relcl"),
    ],
)
def test_words_hang_on_what_they_belong_to(kit: Kit, text: str, word: str, head: str, function: str) -> None:
    found = read(text, kit)[word]
    assert (found.head.text, found.dep_) == (head, function)


@pytest.mark.parametrize(
    ("text", "verb", "speaker", "said"),
    [
        ("Gunmen had abducted three nurses in Kaya, recalled the monitors.", "recalled", "monitors", "abducted"),
        ("Militiamen had shelled Taiz, shot back the ministry.", "shot", "ministry", "shelled"),
        ("Why did troops stay while rebels burned Bule, a deputy asked on Monday.", "asked", "deputy", "stay"),
        ("Militiamen had shelled the market in Taiz, Omar Haddad, the mayor, noted.", "noted", "Haddad", "shelled"),
    ],
)
def test_a_clause_that_tells_who_said_it_closes_the_sentence(
    kit: Kit, text: str, verb: str, speaker: str, said: str
) -> None:
    words = read(text, kit)
    assert (words[speaker].head.text, words[speaker].dep_) == (verb, "nsubj")
    assert (words[said].head.text, words[said].dep_) == (verb, "ccomp")


@pytest.mark.parametrize(
    ("text", "verb", "speaker"),
    [
        ("Boko Haram fighters, a senior army officer confirmed, had killed nine farmers.", "confirmed", "officer"),
        ("Militiamen, the rebels' spokesman asserted on Friday, had killed nine farmers.", "asserted", "spokesman"),
    ],
)
def test_a_clause_that_tells_who_said_it_stands_inside(kit: Kit, text: str, verb: str, speaker: str) -> None:
    words = read(text, kit)
    assert (words[speaker].head.text, words[speaker].dep_) == (verb, "nsubj")
    assert [t.text for t in words["killed"].children if t.dep_ == "nsubj"] in (["fighters"], ["Militiamen"])
    assert words[verb].head.text == "killed"


def test_who_is_said_to_be_something_says_nothing(kit: Kit) -> None:
    words = read("Abu Yusuf, said to be the commander of the cell, was killed in Raqqa.", kit)
    assert (words["Yusuf"].head.text, words["Yusuf"].dep_) == ("killed", "nsubjpass")


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The army seized the town, declared a curfew and arrested the mayor.", "declared"),
        ("Omar Haddad, a general recalled from Cairo, was shot in Tripoli.", "recalled"),
        ("The rebels, a faction long denounced in Damascus, shelled Idlib.", "denounced"),
        ("The man, a captain believed dead, was seen in Gao.", "believed"),
    ],
)
def test_a_verb_among_deeds_or_behind_a_name_stays(kit: Kit, text: str, verb: str) -> None:
    assert not [t for t in read(text, kit)[verb].children if t.dep_ == "nsubj"]


def test_what_is_begun_is_a_deed_with_its_object(kit: Kit) -> None:
    words = read("Syrian jets are to resume bombing rebel positions around Saraqib.", kit)
    assert (words["bombing"].dep_, words["bombing"].lemma_) == ("xcomp", "bomb")
    assert (words["positions"].head.text, words["positions"].dep_) == ("bombing", "dobj")
    raids = read("The army continued bombing raids on Idlib.", kit)
    assert raids["raids"].head.text == "continued"


def test_what_has_an_agent_is_a_verb(kit: Kit) -> None:
    shot = read("Shot dead by soldiers in Baidoa on Sunday, a teacher had been there since March.", kit)["Shot"]
    assert (shot.tag_, shot.pos_, shot.lemma_) == ("VBN", "VERB", "shoot")


def test_lemmas_cut_too_short(kit: Kit) -> None:
    assert read("Teachers staged a protest in Brak.", kit)["staged"].lemma_ == "stage"


def test_a_past_that_is_no_noun(kit: Kit) -> None:
    words = read("The army retook Bor from the rebels on Thursday after two weeks of fighting.", kit)
    assert (words["retook"].pos_, words["retook"].lemma_) == ("VERB", "retake")
    assert (words["army"].head.text, words["army"].dep_) == ("retook", "nsubj")


def test_a_stretch_of_time_has_no_name(kit: Kit) -> None:
    words = read("Al-Shabaab militants took over Bulo Marer hours after Ethiopian troops vacated it.", kit)
    assert (words["Marer"].head.text, words["Marer"].dep_) == ("took", "dobj")


def test_an_acronym_after_to_is_no_verb(kit: Kit) -> None:
    words = read("The surrender of Huambo to UNITA in March 1993 followed a siege.", kit)
    assert (words["UNITA"].pos_, words["UNITA"].dep_) == ("PROPN", "pobj")


def test_two_parties_are_no_forces_of_both(kit: Kit) -> None:
    words = read("Taiz is contested by the Houthis and government forces.", kit)
    assert (words["forces"].head.text, words["forces"].dep_) == ("Houthis", "conj")
    one = read("The Hutu and opposition politicians met in Goma.", kit)
    assert one["politicians"].dep_ == "nsubj"


@pytest.mark.parametrize(
    ("text", "word", "head", "function"),
    [
        ("On 2 April rebels attacked the barracks in Sirte.", "rebels", "attacked", "nsubj"),
        ("On 2 April rebels attacked the barracks in Sirte.", "April", "On", "pobj"),
        ("On 3 May 2019 insurgents ambushed a patrol.", "insurgents", "ambushed", "nsubj"),
        ("On Friday night militants stormed the hotel.", "night", "On", "pobj"),
        ("In 2014 rebels seized the base.", "2014", "In", "pobj"),
        ("Gunmen took 170 guests hostage in Sirte.", "guests", "took", "dobj"),
        ("The group is holding two pilots prisoner.", "pilots", "holding", "dobj"),
        ("A sniper shot dead a UN peacekeeper in Sirte.", "sniper", "shot", "nsubj"),
        ("Israeli jets hit Beirut and Hezbollah gunmen fired rockets at Haifa.", "Beirut", "hit", "dobj"),
        ("Israeli jets hit Beirut and Hezbollah gunmen fired rockets at Haifa.", "gunmen", "fired", "nsubj"),
        ("The army shelled Bor and rebel fighters attacked Ayod.", "Bor", "shelled", "dobj"),
        ("Troops machine-gunned a herder near Brak.", "herder", "machine-gunned", "dobj"),
        ("Soldiers of the 14th brigade gang-raped two sisters near Brak.", "Soldiers", "raped", "nsubj"),
        ("A convoy came under fire near Brak; none of its guards was harmed.", "harmed", "came", "parataxis"),
        ("No fewer than 40 loyalists of the president were slain in Sirte.", "No", "fewer", "advmod"),
        ("Forty men were slain near Brak by rebels.", "men", "slain", "nsubjpass"),
    ],
)
def test_a_phrase_ends_where_it_does(kit: Kit, text: str, word: str, head: str, function: str) -> None:
    words = read(text, kit)
    assert (words[word].head.text, words[word].dep_) == (head, function)


@pytest.mark.parametrize(
    ("text", "word", "head", "function"),
    [
        ("The April rebels are a band.", "April", "rebels", "compound"),
        ("The mayor said Beirut and Hezbollah gunmen fired at the town.", "fired", "said", "ccomp"),
        ("No guards were killed.", "No", "guards", "det"),
    ],
)
def test_what_is_no_slip_stays(kit: Kit, text: str, word: str, head: str, function: str) -> None:
    words = read(text, kit)
    assert (words[word].head.text, words[word].dep_) == (head, function)


def test_what_a_speaker_is_stands_with_its_name(kit: Kit) -> None:
    text = (
        "Rockets fired at the port on Monday killed two dockers and hurt nine others, state news agency SANA reported."
    )
    words = read(text, kit)
    assert (words["agency"].head.text, words["agency"].dep_) == ("SANA", "compound")
    assert (words["SANA"].head.text, words["SANA"].dep_) == ("reported", "nsubj")


@pytest.mark.parametrize(
    ("text", "subject", "verb", "function"),
    [
        ("Qatar funded and Turkey armed the Falcon Libya coalition.", "Turkey", "armed", "nsubj"),
        (
            "The militants withdrew from Baga after Nigerian troops, backed by hunters, launched an offensive.",
            "troops", "launched", "nsubj",
        ),
        ("In Cabo Delgado, the Islamists, who have few ties, beheaded two men.", "Islamists", "beheaded", "nsubj"),
        ("The military wing of Hamas, the Sea Brigades, fired rockets at Ashkelon.", "wing", "fired", "nsubj"),
        (
            "A splinter faction of the Moro Front, the Green Freedom Fighters, burned a school in Datu Piang.",
            "Fighters", "faction", "appos",
        ),
        ("The council accused the army of drone strikes.", "of", "accused", "prep"),
        (
            "US forces captured Abu Nasser al-Libi, an al-Qaeda leader wanted over two bombings, outside his home.",
            "Libi", "captured", "dobj",
        ),
        (
            "A coalition of seven rebel groups led by the Popular Front captured Batangafo after the army fled.",
            "coalition", "captured", "nsubj",
        ),
        ("The opposition accused the head of the army of war crimes.", "crimes", "of", "pobj"),
        ("The opposition accused a member of the council of theft.", "member", "accused", "dobj"),
        ("Bosnian Serbs besieging Sarajevo fired mortars at a bread queue.", "Serbs", "fired", "nsubj"),
    ],
)  # fmt: skip
def test_a_verb_has_its_own_subject(kit: Kit, text: str, subject: str, verb: str, function: str) -> None:
    words = read(text, kit)
    assert (words[subject].head.text, words[subject].dep_) == (verb, function)


@pytest.mark.parametrize(
    ("text", "word", "head", "function"),
    [
        ("Drone strikes on rebel convoys near Sirte killed 12 fighters.", "Drone", "strikes", "compound"),
        ("Air strikes by the coalition killed at least 30 farmers in and around a village, a monitor said.", "strikes",
         "killed", "nsubj"),
        ("The fort has faced an offensive by separatists.", "by", "offensive", "prep"),
        ("He mourned a brother killed by rebels.", "killed", "brother", "acl"),
    ],
)  # fmt: skip
def test_the_subject_of_a_deed_is_the_blow(kit: Kit, text: str, word: str, head: str, function: str) -> None:
    words = read(text, kit)
    assert (words[word].head.text, words[word].dep_) == (head, function)


def test_words_never_hang_on_each_other_in_a_circle() -> None:
    from types import SimpleNamespace

    from khaldun.annotate.slips.mend import _without_circles

    sentence = SimpleNamespace(start=0, end=3)
    words: Any = [SimpleNamespace(i=i, sent=sentence) for i in range(3)]
    assert _without_circles(words, [1, 0, 2], [2, 2, 2]) == [2, 2, 2]
    assert _without_circles(words, [1, 2, 2], [2, 2, 2]) == [1, 2, 2]
