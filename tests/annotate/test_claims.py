"""One voice, one proposition, one quotation: chains of voices, and factuality by the voice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from khaldun.annotate import annotate
from khaldun.annotate.claims import claims
from khaldun.annotate.kit import Kit
from khaldun.model import Annotation, Claim, Part, Span

from .conftest import report_of

Annotated = Callable[[str], Annotation]


def said(annotation: Annotation, kind: str) -> Claim:
    """The one claim of that kind."""
    found = [claim for claim in claims(annotation) if claim.kind == kind]
    assert len(found) == 1, [(claim.kind, claim.quote) for claim in claims(annotation)]
    return found[0]


def chain(annotation: Annotation, claim: Claim) -> list[str]:
    """The voices by name, the outlet last."""
    named = {entity.id: entity.name for entity in annotation.entities}
    return [named.get(voice, voice) for voice in claim.voice]


@pytest.mark.parametrize(
    ("sentence", "voices"),
    [
        ("The army attacked Sirte.", []),
        ("The rebels said that the army had attacked Sirte.", ["rebels"]),
        ("Witnesses told Al Jazeera that the army attacked Sirte.", ["Witnesses", "Al Jazeera"]),
        (
            "A spokesman for the army told Reuters that the rebels attacked Sirte.",
            ["spokesman for the army", "Reuters"],
        ),
        ("According to a doctor, the rebels said the army had attacked Sirte.", ["rebels", "doctor"]),
        (
            "The rebels told residents of Sirte that the army had attacked Tripoli, according to Reuters.",
            ["rebels", "Reuters"],
        ),
        ("The army reportedly attacked Sirte.", []),
    ],
)
def test_the_speaker_comes_first_and_the_outlet_last(annotated: Annotated, sentence: str, voices: list[str]) -> None:
    found = annotated(sentence)
    assert chain(found, said(found, "assault.attack")) == [*voices, "outlet:Wire"]


def test_a_chain_names_no_voice_twice(annotated: Annotated) -> None:
    found = annotated("The rebels said that the army had attacked Sirte, the rebels told Reuters.")
    for claim in claims(found):
        assert len(set(claim.voice)) == len(claim.voice)


@pytest.mark.parametrize(
    ("sentence", "factuality"),
    [
        ("The army attacked Sirte.", "asserted"),
        ("The army reportedly attacked Sirte.", "reported"),
        ("The army attacked Sirte, a doctor said.", "reported"),
        ("The army attacked Sirte, the Syrian Observatory for Human Rights said.", "reported"),
        ("The army attacked Sirte, Reuters reported.", "reported"),
        ("Witnesses said that the army attacked Sirte.", "reported"),
        ("Residents accused the army of attacking Sirte.", "reported"),
        ("The rebels said that the army had attacked Sirte.", "claimed"),
        ("The army said that it had attacked Sirte.", "claimed"),
        ("An army spokesman said that the rebels had attacked Sirte.", "claimed"),
        ("Governor Omar Saleh said that the rebels had attacked Sirte.", "claimed"),
        ("Turkey said that the rebels had attacked Sirte.", "claimed"),
        ("The army denied that it had attacked Sirte.", "denied"),
        ("The rebels threatened to attack Sirte.", "planned"),
        ("The army said that it would attack Sirte.", "planned"),
        ("The army plans to attack Sirte.", "planned"),
        ("Residents fear the army may attack Sirte.", "possible"),
        ("The monitor asked whether the army had attacked Sirte.", "possible"),
        ("The rebels called on the militia to attack Sirte.", "possible"),
        ("The army may attack Sirte.", "possible"),
        ("The army did not confirm that it had attacked Sirte.", "possible"),
    ],
)
def test_factuality_goes_by_the_voice(annotated: Annotated, sentence: str, factuality: str) -> None:
    assert said(annotated(sentence), "assault.attack").factuality == factuality


def test_who_leads_a_party_speaks_for_it_wherever_the_report_says_so(annotated: Annotated) -> None:
    found = annotated(
        "Omar Saleh said that the army had attacked Sirte. Omar Saleh is the commander of the Falcon Brigade."
    )
    assert said(found, "assault.attack").factuality == "claimed"


def test_who_leads_a_monitor_has_no_stake(annotated: Annotated) -> None:
    found = annotated(
        "Omar Saleh, the director of the Syrian Observatory for Human Rights, said that the army had attacked Sirte."
    )
    assert said(found, "assault.attack").factuality == "reported"


def test_one_who_may_yet_speak_has_said_nothing(annotated: Annotated) -> None:
    found = annotated("If the rebels were to claim that the army attacked Sirte, the talks would fail.")
    assert "saying" not in {claim.kind for claim in claims(found)}
    attack = said(found, "assault.attack")
    assert (attack.factuality, attack.manner.negated) == ("possible", False)


def test_a_media_product_speaks_for_its_maker(annotated: Annotated) -> None:
    found = annotated("The Islamic State released a video on Monday. The video said that the army had attacked Sirte.")
    attack = said(found, "assault.attack")
    assert chain(found, attack) == ["Islamic State", "outlet:Wire"]
    assert attack.factuality == "claimed"


def test_a_hedge_alone_is_no_saying(annotated: Annotated) -> None:
    assert "saying" not in {claim.kind for claim in claims(annotated("The army reportedly attacked Sirte."))}


def test_a_saying_and_what_it_says_share_an_attribution(annotated: Annotated) -> None:
    found = annotated("The rebels said that the army had attacked Sirte.")
    saying, attack = said(found, "saying"), said(found, "assault.attack")
    assert saying.attribution == attack.attribution is not None
    assert saying.quote == "the army had attacked Sirte"
    assert saying.cue is not None
    assert saying.cue.of(found.report.text) == "said"


def test_quotes_leave_the_cue_out(annotated: Annotated) -> None:
    for sentence in ("The army attacked Sirte, the rebels said.", "The rebels said the army had attacked Sirte."):
        assert "said" not in said(annotated(sentence), "assault.attack").quote


def test_sayings_come_first_then_propositions_in_text_order(annotated: Annotated) -> None:
    found = list(
        claims(annotated("The rebels said the army attacked Sirte. The army said the rebels attacked Tripoli."))
    )
    kinds = [claim.family == "saying" for claim in found]
    assert kinds == sorted(kinds, reverse=True)
    events = [claim.span.start for claim in found if claim.family == "event"]
    assert events == sorted(events)
    assert len({claim.id for claim in found}) == len(found)


def test_a_happening_lies_no_later_than_publication_and_a_plan_anywhere(annotated: Annotated) -> None:
    past = said(annotated("The army attacked Sirte."), "assault.attack")
    assert past.when.basis == "published"
    assert past.when.earliest is None
    plan = said(annotated("The army plans to attack Sirte."), "assault.attack")
    assert not plan.when.known


@pytest.mark.parametrize(
    ("body", "speakers"),
    [
        ("The governor said that shells had killed six people in Sirte.", ["governor"]),
        ("Shells killed six people in Sirte on Monday.", ["officials"]),
    ],
)
def test_a_headline_sums_up_what_the_text_below_it_says(body: str, speakers: list[str], kit: Kit) -> None:
    title = "Shelling of Sirte kills six, officials say"
    report = report_of(f"{title}\n\n{body}")
    parts = (Part("title", Span(0, len(title))), Part("body", Span(len(title) + 2, len(report.text))))
    found = annotate(replace(report, parts=parts), kit)
    names = {entity.id: entity.name for entity in found.entities}
    assert [names[claim.voice[0]] for claim in claims(found) if claim.family == "saying"] == speakers
