"""Whoever looks for one name of a known actor finds the others."""

from __future__ import annotations

import khaldun
from khaldun.house_names import keys_of
from khaldun.names import name_key
from khaldun.workflow.selection import ids_named


def test_names_of_one_actor_find_each_other() -> None:
    assert name_key("Islamic State") in keys_of("Daesh")
    assert keys_of("Red Front") == {name_key("Red Front")}


def test_an_actor_is_found_under_a_name_that_no_report_uses() -> None:
    record = khaldun.extract("The Islamic State shelled Sirte on Monday.", published="2016-03-09")
    [actor] = [a for a in record["actors"] if a["name"] == "Islamic State"]
    assert ids_named([record], "actors", "ISIL") == {actor["id"]}
    assert ids_named([record], "places", "ISIL") == set()
