"""Parts tile the text, whatever the text; furniture is cut off as outlets print it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khaldun.ingest.furniture import Layout, split_parts
from khaldun.model import Part

# Pieces that make the cues fire, mixed with arbitrary characters.
_PIECES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "\n", "\n\n", " ", "\r\n", "Three shells hit the market in Tarsin on Friday, residents said.",
            "Fri 04 May 2018", "04.05.2018", "Get short URL 31", "REUTERS Ada Moen", "TARSIN (Sputnik)",
            "... 31 Related", "Tags", "Tags: , ,",
            "2 Comments", "\n2 comments\n\nMay they rest.\n",
            "• Jo Public says:", "By Jane Roe", "--Reuters", "[See HP report, The list.]", "Read Also",
            "— Tarsin Media (@tm) May 4, 2018", "pic.twitter.com/aB3", "Screen Shot 2018-05-04 at 9.15.20 AM",
            "Shells Hit", "&UR;", "Related stories", "Harbour Post is the newspaper", "[Anadolu]", "Topic Siege (1)",
            "# Heading", "\x00",
        ]
    ),
)  # fmt: skip
_TEXTS = st.lists(_PIECES, max_size=14).map(" ".join) | st.lists(_PIECES, max_size=14).map("".join)


def _kinds(layout: Layout, text: str) -> list[tuple[str, str]]:
    return [(part.kind, " ".join(part.span.of(text).split())) for part in layout.parts]


def _of(layout: Layout, text: str, kind: str) -> list[str]:
    return [words for found, words in _kinds(layout, text) if found == kind]


@settings(max_examples=300, deadline=None)
@given(text=_TEXTS, title=st.none() | st.just("Shells Hit") | st.text(max_size=20))
def test_parts_tile_every_text(text: str, title: str | None) -> None:
    parts = split_parts(text, title=title, outlet="Harbour Post").parts
    place = 0
    for part in parts:
        assert place <= part.span.start < part.span.end <= len(text)
        assert not text[place : part.span.start].strip()
        assert not text[part.span.start].isspace()
        assert not text[part.span.end - 1].isspace()
        place = part.span.end
    assert not text[place:].strip()


@settings(max_examples=50, deadline=None)
@given(text=_TEXTS)
def test_the_same_text_has_the_same_parts(text: str) -> None:
    assert split_parts(text) == split_parts(text)


def test_marks_of_a_format_win_over_cues() -> None:
    text = "By Jane Roe\n\nThree shells hit the market in Tarsin on Friday, residents said."
    from khaldun.model import Span

    layout = split_parts(text, marks=[Part("caption", Span(0, 11))])
    assert _kinds(layout, text)[0] == ("caption", "By Jane Roe")


# ------------------------------------------------------------------------------------------------ whole articles

_SCRAPED = (
    "Army Retakes Hilltop Town Near Port Salid REUTERS Ada Moen Middle East 0912 04.05.2018Get short URL 118 "
    "The army has retaken a hilltop town held by the Badr Front local media reported. REUTERS Ada Moen Harbour Post "
    "Photographer Among Wounded in Tarsin TARSIN (Sputnik) The Coast Radio said on Friday that nine militants were "
    "killed near the town. In April a commander told Sputnik that the town was surrounded. ... 12 Related Badr Front "
    "Halts Advance on Tarsin to Allow Repairs at Dam Army Liberates Airport Near Tarsin Tags Badr Front Tarsia "
    "Community standardsDiscussion Comment via FacebookComment via Sputnik News"
)


def test_scraped_article_in_one_line() -> None:
    layout = split_parts(_SCRAPED, title="Army Retakes Hilltop Town Near Port Salid")
    assert _of(layout, _SCRAPED, "title") == ["Army Retakes Hilltop Town Near Port Salid"]
    assert _of(layout, _SCRAPED, "dateline") == ["TARSIN (Sputnik)"]
    assert _of(layout, _SCRAPED, "body") == [
        "The army has retaken a hilltop town held by the Badr Front local media reported.",
        "The Coast Radio said on Friday that nine militants were killed near the town. In April a commander told "
        "Sputnik that the town was surrounded.",
    ]


def test_scraped_article_without_a_known_title_loses_no_sentence() -> None:
    layout = split_parts(_SCRAPED)
    body = " ".join(_of(layout, _SCRAPED, "body"))
    assert "nine militants were killed" in body
    assert "local media reported." in body
    assert "Get short URL" not in body
    assert "Halts Advance" not in body


_WITH_COMMENTS = """Fighters leave camps near Tarsin, Tarsia

Screen Shot 2018-05-04 at 9.15.20 AM

The fighters have left their camps near the city of Tarsin, the council said in a statement on Friday.

The council announced the “liberation” of Tarsin. [See HP report, The army’s ‘wanted’ list in Tarsin.]

Jane Roe is a Senior Fellow at the Institute for Harbour Studies and the Senior Editor for IHS's Harbour War Review.

Tags: , , ,

2 Comments

  • Jo Public says:

    Great article. The group is yet to be beaten in the north of the country, and arms are everywhere.

  • Max M. says:

    Thanks!


Badr front



Harbour
"""


def test_comments_without_an_author_are_comments() -> None:
    layout = split_parts("""Shells hit the grain port of Hodeidah on Monday, dock workers said.

2 comments

May they find peace at last, all of them there.
""")
    assert [part.kind for part in layout.parts][-1] == "comment"


def test_comments_have_authors_and_the_menu_below_is_not_theirs() -> None:
    layout = split_parts(_WITH_COMMENTS)
    comments = [part for part in layout.parts if part.kind == "comment"]
    assert [part.author for part in comments] == [None, "Jo Public", "Max M."]
    assert _of(layout, _WITH_COMMENTS, "navigation") == ["Badr front Harbour"]
    assert layout.title == "Fighters leave camps near Tarsin, Tarsia"
    assert _of(layout, _WITH_COMMENTS, "caption") == ["Screen Shot 2018-05-04 at 9.15.20 AM"]
    assert len(_of(layout, _WITH_COMMENTS, "body")) == 1


_WIRE = """HPW19990504.0212

1999-05-04

Tarsia expels six traders


HPW19990504.0212  NEWS STORY  05/04/1999 09:15:00
w0831 &Cx1f; wstm-
u i &Cx13;  &Cx11;  BC-Tarsia-Traders     05-04 0211
BC-Tarsia-Traders
Tarsia expels six traders


PORT SALID, Tarsia (AP) _

Tarsia expelled six traders who were questioned by the police last month, a newspaper reported Tuesday.

It gave no reason for the expulsions.


&UR; (VAR-jr-oh)
(PROFILE (WS SL:BC-Tarsia-Traders; CT:i; (REG:EURO;) (LANG:ENGLISH;)) )
AP-NY-05-04-99 0915EDT
"""


def test_agency_story_with_slugs() -> None:
    layout = split_parts(_WIRE, title="Tarsia expels six traders")
    assert _of(layout, _WIRE, "title") == ["Tarsia expels six traders"] * 2
    assert _of(layout, _WIRE, "dateline") == ["PORT SALID, Tarsia (AP) _"]
    assert _of(layout, _WIRE, "body") == [
        "Tarsia expelled six traders who were questioned by the police last month, a newspaper reported Tuesday. "
        "It gave no reason for the expulsions."
    ]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        # an Arabic daily's English page, in one line
        (
            "04-05-2018 Nine Killed in Raid Near Tarsin. Nine militants were killed in a raid near Tarsin Nine "
            "militants were killed in a raid near Tarsin a monitor said. The raid went on all day.",
            "Nine militants were killed in a raid near Tarsin Nine militants were killed in a raid near Tarsin a "
            "monitor said. The raid went on all day.",
        ),
        # tags between the lead and the story, a caption in brackets, a credit
        (
            "Date of publication 4 May 2018 Nine rebels were killed in a raid that threatens the city. Tags Hill road "
            "Tarsia regime siege Badr Front At least nine rebels were killed in clashes with troops. Fear of a siege "
            "Rebels prepare for battle in Tarsin [Anadolu] Residents of the city described shortages of bread. "
            "Agencies contributed to this report Read Also",
            "Nine rebels were killed in a raid that threatens the city. At least nine rebels were killed in clashes "
            "with troops. Residents of the city described shortages of bread.",
        ),
        # an agency's copy with the desk's initials
        (
            "Fri May 04 2018 Nine Killed in Raid. Nine militants were killed in a raid near Tarsin a channel reported. "
            "SRK 11",
            "Nine militants were killed in a raid near Tarsin a channel reported.",
        ),
        # a local newspaper: menu, byline, photo, share buttons, contact
        (
            "Home > News > Tarsin\n\nNine killed in raid\n\nBy Jane Roe, Harbour Post\n\nMay 4, 2018 7:45 pm\n\n"
            "Smoke over Tarsin. (Photo: Tarsin Media Centre)\n\nShare on Facebook Tweet\n\n"
            "Nine militants were killed in a raid near Tarsin on Friday, police said.\n\nRELATED: Army nears Tarsin\n\n"
            "The raid went on all day, residents of the town said.\n\nContact the writer: jroe@hp.example\n\n"
            "Copyright 2018 Harbour Post. All rights reserved.",
            "Nine militants were killed in a raid near Tarsin on Friday, police said. "
            "The raid went on all day, residents of the town said.",
        ),
        # a post in the middle
        (
            "Nine militants were killed in a raid near Tarsin on Friday, police said.\n\n"
            "Raid in #Tarsin goes on pic.twitter.com/aB3 — Tarsin Media (@tm) May 4, 2018\n\n"
            "The raid went on all day, residents said.",
            "Nine militants were killed in a raid near Tarsin on Friday, police said. "
            "The raid went on all day, residents said.",
        ),
        # a digest that names its sources in brackets keeps them in the body
        (
            "Nine militants were killed in a raid near Tarsin on Friday. “It is over,” the mayor said.” [CNN]\n\n"
            "The town was calm on Saturday, according to residents.",
            "Nine militants were killed in a raid near Tarsin on Friday. “It is over,” the mayor said.”",
        ),
        # a list of the dead at the foot stays
        (
            "Nine people were killed in a raid near Tarsin on Friday, police said. The dead were:\n\n"
            "Omar Hadid\nSara Moen",
            "Nine people were killed in a raid near Tarsin on Friday, police said. The dead were: Omar Hadid Sara Moen",
        ),
        # an upper-case translation service
        (
            "PORT SALID, 3 JAN 90 (RADIO COAST) -- [REPORT] [TEXT] SOLDIERS KILLED SIX PEOPLE IN TARSIN. THE SIX WERE "
            "RELATED TO A JUDGE. [CONTINUED]",
            "SOLDIERS KILLED SIX PEOPLE IN TARSIN. THE SIX WERE RELATED TO A JUDGE.",
        ),
    ],
)
def test_habits_of_outlets(text: str, body: str) -> None:
    title = next((title for title in ("Nine Killed in Raid Near Tarsin", "Nine Killed in Raid") if title in text), None)
    layout = split_parts(text, title=title)
    assert " ".join(_of(layout, text, "body")).startswith(body)
    assert "Copyright" not in " ".join(_of(layout, text, "body"))


@pytest.mark.parametrize(
    "text",
    [
        "Reuters and AFP reported from Tarsin that nine people had died. The governor denied it.",
        "The photo shows a crater. Photo evidence alone is not enough, the monitor said on Friday.",
        "Comments by the minister drew fire on Friday. Comments were also made by his deputy, who left the hall.",
        "Tags were found on the bodies, the medic said. Tags with names are worn by soldiers of the army.",
        "Read the statement, he said. More than nine people died. See also what the council wrote, he added.",
        "The Post is a checkpoint near Tarsin. It is the only one that soldiers have left open since May 4, 2018.",
        "By Friday, Badr Front fighters had left. By Saturday they were back in the town, residents said.",
        "On May 4, 2018 the town fell. On May 5, 2018 the army came back, witnesses told the Associated Press.",
    ],
)
def test_running_prose_is_left_alone(text: str) -> None:
    assert {part.kind for part in split_parts(text).parts} == {"body"}


@pytest.mark.parametrize(
    "piece", ["Three Words said. On ", "A-", "A.B.", "By Jane Roe ", "TARSIN (Sputnik) ", "[See HP ", "Tags A b "]
)
def test_long_lines_take_seconds_not_hours(piece: str) -> None:
    start = time.monotonic()
    assert split_parts(piece * (60_000 // len(piece))).parts
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    ("text", "title", "dateline"),
    [
        (
            "UN Envoy Criticises Tarsin Raid that Killed Two Farmers. “Such raids make talks "
            "harder,” she said in a statement on Monday.",
            "UN Envoy Criticises Tarsin Raid that Killed Two Farmers",
            None,
        ),
        (
            "Clan feud leaves two dead in camp. TARSIN — Rival clans fought in a camp on Monday and "
            "two men were killed.",
            "Clan feud leaves two dead in camp",
            "TARSIN —",
        ),
    ],
)
def test_a_headline_in_the_line_of_the_body(text: str, title: str, dateline: str | None) -> None:
    layout = split_parts(text)
    assert layout.title == title
    assert _of(layout, text, "title") == [f"{title}."]
    assert _of(layout, text, "dateline") == ([dateline] if dateline is not None else [])


@pytest.mark.parametrize(
    "text",
    [
        "The Sword Brigade Council met. The brigade's men left the town of Tarsin on Monday, residents of it said.",
        "President Omar Saleh visited Tarsin. NATO troops were there on Monday, residents of the town said.",
    ],
)
def test_a_first_sentence_is_no_headline(text: str) -> None:
    assert split_parts(text).title is None


def body_of(text: str) -> str:
    return "\n".join(part.span.of(text) for part in split_parts(text).parts if part.kind == "body")


LONG = (
    "Shells hit market in Tarsin, two people dead\n\n{head}\n\n"
    "Three shells hit the market in Tarsin on Friday, residents said, and two people died there.\n\n"
    "The army denied that it had shelled the town, which it has besieged since the spring.\n\n"
    "Nurses at the hospital said that they had run out of blood by the evening.\n\n"
    "The governor has called for a truce of three days so that aid can reach the town.\n\n{foot}"
)


@pytest.mark.parametrize(
    "head",
    [
        "By Jane Roe (Port Salid) & Omar Haddad, Tarsin",
        "Posted by HP Editor | On: May 4, 2018 | Posted in: News | No comments",
        "Jane Roe, Port Salid\n\nPublished May 4, 2018",
    ],
)
def test_signatures_of_any_build_are_no_body(head: str) -> None:
    text = LONG.format(head=head, foot="")
    assert "Roe" not in body_of(text)
    assert "Editor" not in body_of(text)


@pytest.mark.parametrize(
    "foot",
    ["Colonel, Major Among Five Killed in Handwara Encounter", "Tags | Tarsin | War", "Join Harbour Post on Any Phone"],
)
def test_loose_headlines_amid_the_furniture_below_a_long_report_are_no_body(foot: str) -> None:
    assert foot not in body_of(LONG.format(head="4 May 2018", foot=f"{foot}\n\nShare  Tweet  Email"))


@pytest.mark.parametrize(
    "foot",
    [
        "Col. Omar Saleh, Maj. Hassan Ali and Sgt. Bilal Hadi died in Tarsin on Friday",
        "Al Shabaab Claims Attack On Base Near Kismayo, Says 20 Kenyan Soldiers Killed",
        "May 1 | Tarsin | 3 killed | shelling",
        "Seized the base of Tarsin on Friday and three soldiers died. Tips: tips@sidra.example",
        "Contact: rebels lost touch with their men in Tarsin after the army shelled it",
        "Timeline - On 3 May rebels attacked the base and killed 12 soldiers",
        "The rebels attacked two bases of the army and killed 12 soldiers near Goma (North Kivu DRC).",
    ],
)
def test_what_only_looks_like_furniture_stays_body(foot: str) -> None:
    assert foot in body_of(LONG.format(head="4 May 2018", foot=foot))


@pytest.mark.parametrize(
    "headline",
    [
        "By Friday Night Rebels Held Tarsin",
        "By Sea and Air, Army Reinforces Tarsin",
        "By Force, Boko Haram Takes Damasak Town",
    ],
)
def test_a_headline_that_begins_with_by_is_no_signature(headline: str) -> None:
    text = LONG.format(head="4 May 2018", foot="").replace("Shells hit market in Tarsin, two people dead", headline)
    assert "byline" not in {p.kind for p in split_parts(text).parts if headline in p.span.of(text)}


def test_a_last_sentence_without_its_full_stop_stays_body() -> None:
    text = LONG.format(head="4 May 2018", foot="A spokesman for the council said that nobody had left the town since")
    assert "nobody had left the town" in body_of(text)


def test_a_short_message_keeps_its_last_line() -> None:
    assert "At Least Six People Are Dead" in body_of(
        "Three shells hit the market on Friday, residents said.\n\nAt Least Six People Are Dead"
    )


def test_who_wrote_it_below_a_summing_sentence_is_no_body() -> None:
    text = LONG.format(
        head="The town has been cut off since Friday.\n\nWritten by Jane Roe | Tarsin | May 5, 2018", foot=""
    )
    assert "Roe" not in body_of(text)
    assert "cut off since Friday" in body_of(text)
