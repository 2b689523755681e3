"""What a sentence tells as an event, and that the trigger words keep what they promise."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast, get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.actors import find_actors
from extract.edtf import parse_edtf
from extract.events import draft_events
from extract.gatherings import acting_gathering, find_gatherings
from extract.lexicons import read_lexicon
from extract.meeting_words import meeting_words
from extract.mentions import EventDraft, EventType
from extract.no_deeds import why_not
from extract.passages import split_passages
from extract.places import find_places
from extract.press import read_at, taking_part, tells_of_others
from extract.quantities import find_quantities
from extract.shortening import LONGEST
from extract.speakers import find_speakers
from extract.story_sentences import Understood
from extract.times import find_times
from extract.triggers import find_triggers, framing, type_of

CASES = yaml.safe_load((Path(__file__).parent / "events.yaml").read_text(encoding="utf-8"))
TYPES = [entry for entry in read_lexicon("event_types") if "sure" in entry]


def _drafts(text: str, published: str = "2020-06-10") -> list[EventDraft]:
    places, passages = find_places(text), split_passages(text)
    actors = find_actors(text, places)
    article = SimpleNamespace(
        reading=SimpleNamespace(text=text), published=published, passages=passages,
        quantities=find_quantities(text), times=find_times(text, published), places=places,
        actors=actors, said=find_speakers(text, passages, actors),
    )  # fmt: skip
    return draft_events(cast(Understood, article))


@pytest.mark.parametrize("text", CASES["nothing"])
def test_plans_opinions_habits_and_nouns_are_no_events(text: str) -> None:
    assert [(d.date, d.title) for d in _drafts(text)] == []


def _params() -> list[Any]:
    return [
        pytest.param(case, id=case["text"][:40], marks=pytest.mark.xfail(strict=True, reason=case["known_failure"]) if "known_failure" in case else ())
        for case in CASES["told"]
    ]


@pytest.mark.parametrize("case", _params())
def test_deeds_are_told_as_the_case_says(case: dict[str, Any]) -> None:
    text = case["text"]
    drafts = _drafts(text, case.get("published", "2020-06-10"))

    assert [(text[d.start : d.end], d.date, d.type, d.title) for d in drafts] == [
        (e["trigger"], str(e["date"]), e["type"], e["title"]) for e in case["events"]
    ]
    for draft, event in zip(drafts, case["events"], strict=True):
        assert set(draft.actors) == set(event["actors"])
        assert [p.name for p in draft.places] == event["places"]
        assert [text[s:e] for s, e in draft.also] == event.get("also", [])
        assert draft.speaker == event.get("speaker", "")


def test_there_are_as_many_cases_as_promised() -> None:
    assert len(CASES["nothing"]) >= 35
    assert len(CASES["told"]) >= 40


@pytest.mark.parametrize("entry", TYPES, ids=lambda entry: entry["type"])
def test_every_type_is_one_of_the_contract_and_keeps_its_examples(entry: dict[str, Any]) -> None:
    assert entry["type"] in get_args(EventType)
    for sentence, words in entry["examples"].items():
        found = [(t.text, t.type) for t in find_triggers(sentence)]
        assert (words[0], entry["type"]) in found, sentence


@pytest.mark.parametrize("entry", TYPES, ids=lambda entry: entry["type"])
def test_every_trigger_word_is_found_with_one_type(entry: dict[str, Any]) -> None:
    hidden = {w for e in read_lexicon("event_types") if e.get("not") == "words" for w in e["words"]}
    for word in (*entry["sure"], *entry["dated"]):
        assert word not in hidden, f"{word} is also listed as no trigger"
        assert [t.text for t in find_triggers(f"，{word}。")] == [word]


def test_no_word_is_listed_under_two_types() -> None:
    words = [word for entry in TYPES for word in (*entry["sure"], *entry["dated"])]

    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_words_that_hide_a_trigger_are_no_triggers() -> None:
    entry = next(e for e in read_lexicon("event_types") if e.get("not") == "words")
    for word in entry["words"]:
        assert find_triggers(f"，{word}。") == [], word
    for sentence, words in entry["examples"].items():
        assert [t.text for t in find_triggers(sentence)] == words


REFINED = [entry for entry in read_lexicon("event_types") if "refine" in entry]


@pytest.mark.parametrize("entry", REFINED, ids=lambda entry: f"{entry['of'][0]} {entry['type']}")
def test_what_a_deed_is_done_to_changes_its_type_as_the_example_says(entry: dict[str, Any]) -> None:
    for sentence, kind in entry["examples"].items():
        assert kind == entry["type"]
        assert kind in [draft.type for draft in _drafts(sentence + "。")], sentence
        trigger = next(t for t in find_triggers(sentence) if t.text in entry["of"])
        assert type_of(sentence, trigger, 0, len(sentence)) == kind or trigger.text in framing()


def test_words_of_a_noun_make_a_name_of_a_trigger_of_two_uses() -> None:
    entry = next(e for e in read_lexicon("event_types") if e.get("not") == "noun use")
    for verb in entry["of"]:
        text = f"今年双方{verb}项目"
        found = [t for t in find_triggers(text) if t.text == verb]
        assert all(why_not(text, t, 0, len(text)) == "noun" for t in found), verb
    for sentence in entry["examples"]:
        assert _drafts(sentence + "。") == []


def test_an_amount_over_a_time_is_no_deed() -> None:
    entry = next(e for e in read_lexicon("event_types") if e.get("not") == "statistic")
    for word in entry["words"]:
        for verb in entry["of"]:
            text = f"今年上半年，公司用户{word}{verb}12亿件"
            assert all(why_not(text, t, 6, len(text)) == "count" for t in find_triggers(text) if t.text == verb), text
    for sentence, words in entry["examples"].items():
        assert [sentence[d.start : d.end] for d in _drafts(sentence + "。")] == words


EVERYDAY = [entry for entry in read_lexicon("event_types") if entry.get("not") in ("everyday", "compound")]


@pytest.mark.parametrize("entry", EVERYDAY, ids=lambda entry: entry["of"][0])
def test_an_everyday_thing_makes_no_deed_of_a_verb(entry: dict[str, Any]) -> None:
    for sentence, words in entry["examples"].items():
        assert [sentence[d.start : d.end] for d in _drafts(sentence + "。")] == words, sentence
    for verb in entry["of"]:
        for word in (*entry.get("words", ()), *entry.get("last", ())):
            text = f"6月8日，腾讯{verb}{word}"
            assert all(why_not(text, t, 5, len(text)) in ("everyday", "noun") for t in find_triggers(text) if t.text == verb), text


def test_an_office_lets_a_thing_pass() -> None:
    entry = next(e for e in read_lexicon("event_types") if e.get("pass") == "checks")
    for sentence, words in entry["examples"].items():
        assert [sentence[d.start : d.end] for d in _drafts(sentence + "。")] == words, sentence
    for word in entry["words"]:
        assert [d.title for d in _drafts(f"6月8日，报告表通过临江市环保局{word}。")] == [f"报告表通过临江市环保局{word}"]


def test_a_framing_verb_gives_way_to_the_deed_it_announces() -> None:
    entry = next(e for e in read_lexicon("event_types") if e.get("frame") == "announcing")
    for sentence, words in entry["examples"].items():
        assert [sentence[d.start : d.end] for d in _drafts(sentence + "。")] == words


def test_a_deed_is_sure_as_the_object_of_a_verb_of_doing() -> None:
    entry = next(e for e in read_lexicon("event_types") if e.get("frame") == "object")
    for sentence, words in entry["examples"].items():
        assert [t.text for t in find_triggers(sentence) if t.sure and t.text in entry["of"]] == words, sentence
    for word in entry["words"]:
        assert "融资" in [t.text for t in find_triggers(f"公司{word}2亿元融资") if t.sure], word


def test_results_behind_a_lead_are_told_as_published() -> None:
    entry = next(e for e in read_lexicon("event_types") if e.get("frame") == "results")
    for sentence, words in entry["examples"].items():
        assert [sentence[d.start : d.end] for d in _drafts(sentence + "。")] == words
    for word in entry["words"]:
        text = f"6月8日消息，腾讯第一季度{word}2亿元。"
        assert [(text[d.start : d.end], d.type) for d in _drafts(text)] == [(word, "publication")]
        assert _drafts(f"6月8日消息，腾讯第一季度{word}很好。") == []


def _meetings(group: str) -> dict[str, Any]:
    return next(entry for entry in read_lexicon("meetings") if entry["group"] == group)


FRAMED = [*(e for e in read_lexicon("event_types") if e.get("frame") in ("ceremony", "declared")), _meetings("held"), _meetings("ends of what is held")]


@pytest.mark.parametrize("entry", FRAMED, ids=lambda entry: entry.get("frame") or entry["group"])
def test_a_gathering_tells_one_deed_as_its_examples_say(entry: dict[str, Any]) -> None:
    for sentence, words in entry["examples"].items():
        assert [sentence[d.start : d.end] for d in _drafts(sentence + "。")] == words, sentence


DEPENDING = [e for e in read_lexicon("event_types") if e.get("frame") in ("held", "taking part", "investing", "electing")]


@pytest.mark.parametrize("entry", DEPENDING, ids=lambda entry: entry["frame"])
def test_a_deed_that_depends_on_another_is_told_as_its_examples_say(entry: dict[str, Any]) -> None:
    for sentence, words in entry["examples"].items():
        assert [sentence[d.start : d.end] for d in _drafts(sentence + "。")] == words, sentence


def test_every_word_of_a_deed_that_depends_on_another_keeps_its_promise() -> None:
    held, attending, investing, electing = (entry["words"] for entry in DEPENDING)
    for word in held:
        text = f"6月8日，临江市茶叶节{word}，副市长李刚出席并致辞。"
        assert [text[d.start : d.end] for d in _drafts(text)] == [word]
    for word in attending:
        text = f"6月8日，临江市茶叶节开幕，副市长李刚{word}。"
        assert [text[d.start : d.end] for d in _drafts(text)] == ["开幕"], word
    for word in investing:
        text = f"6月8日，京东完成B轮融资，腾讯{word}。"
        assert [text[d.start : d.end] for d in _drafts(text)] == ["融资"], word
    for word in electing:
        assert [t.sure for t in find_triggers(f"大会{word}刘立人为会长") if t.text == word] == [True], word
        assert [t.sure for t in find_triggers(f"大会{word}很热闹") if t.text == word] == [False], word


def test_every_word_for_a_gathering_keeps_its_promise() -> None:
    ceremony, declared, gathering, _ = (entry["words"] for entry in FRAMED)
    for word in ceremony:
        assert len(_drafts(f"6月8日，临江市开工{word}举行，同时开工31个项目。")) == 1, word
    for word in gathering:
        text = f"6月8日，临江市项目签约{word}在东湖举行。"
        assert [text[d.start : d.end] for d in _drafts(text)] == ["举行"], word
    for word in declared:
        assert len(_drafts(f"6月8日，临江市的云海新厂正式{word}。6月8日，周立人宣布项目正式{word}。")) == 1, word


def test_a_clause_goes_on_with_what_the_one_before_ends_with() -> None:
    for word in meeting_words("ends of what is held"):
        titles = [d.title.replace("，", "") for d in _drafts(f"6月8日，临江市首批项目{word}，在东湖园区举办。")]  # gatherings need no comma there
        assert titles == [f"临江市首批项目{word}在东湖园区举办"], word
    assert [d.title for d in _drafts("6月8日，临江市首批项目，在东湖园区举办。")] == ["东湖园区举办"]


def test_a_thing_that_came_to_be_is_told_as_coming_to_be() -> None:
    drafts = _drafts("成立于2003年的远景集团今天没有消息。")

    assert [(d.date, d.title) for d in drafts] == [("2003", "远景集团成立")]


def test_what_rests_on_an_inferred_publication_date_stays_uncertain() -> None:
    assert [d.date for d in _drafts("近日，腾讯收购了高德。", "2020-06-10?")] == ["2020-06%"]
    text = "昨天，腾讯收购了高德。不久后，腾讯又收购了京东。"
    assert [d.date for d in _drafts(text, "2020-06-10?")] == ["2020-06-09?", "2020%"]
    assert _drafts("6月20日，腾讯收购了高德。", "2020-06?") != []


def test_a_noun_behind_the_trigger_makes_a_name_of_it() -> None:
    entry = next(e for e in read_lexicon("event_types") if e.get("not") == "before")
    for word in entry["words"]:
        text = f"双方收购{word}"
        trigger = find_triggers(text)
        if trigger and trigger[0].text == "收购":
            assert why_not(text, trigger[0], 0, len(text)) == "noun", word


def _media(group: str) -> dict[str, Any]:
    return next(entry for entry in read_lexicon("media") if entry["group"] == group)


def test_who_reports_takes_no_part_and_is_known_by_how_its_name_ends() -> None:
    for sentence, taking in _media("outlets")["examples"].items():
        actors = find_actors(sentence, find_places(sentence))
        assert [actor.name for actor in taking_part(sentence, actors)] == taking, sentence
    for sentence, says in _media("sources")["examples"].items():
        assert (read_at().search(sentence) is not None) == (says == "true"), sentence
    entry = _media("tellers")
    assert [name for name in entry["examples"]["tells of others"] if not tells_of_others(name)] == []
    assert [name for name in entry["examples"]["does not"] if tells_of_others(name)] == []


@pytest.mark.parametrize("group", ["any gathering", "called so without a name", "numbered bodies", "those who come"])
def test_a_numbered_gathering_is_found_where_the_examples_say(group: str) -> None:
    for sentence, names in _meetings(group)["examples"].items():
        assert [gathering.name for gathering in find_gatherings(sentence)] == names, sentence


def test_whoever_holds_a_meeting_acts_and_not_the_meeting() -> None:
    entry = _meetings("of somebody")
    for sentence, names in entry["examples"].items():
        text = sentence.replace("|", "")
        assert acting_gathering(text, (), 0, sentence.index("|"), True) == "".join(names), sentence
    for word in entry["words"]:
        assert acting_gathering(f"全国茶业{word}举行", (), 0, 4 + len(word), True) == "", word


def test_how_gatherings_end_that_open_and_close() -> None:
    for name, ends in _meetings("opened and closed")["examples"].items():
        assert name.endswith(meeting_words("opened and closed")) == (ends == "true"), name


def test_whoever_gets_a_prize_has_won_it() -> None:
    entry = next(e for e in read_lexicon("event_types") if e.get("frame") == "prizes")
    for sentence, words in entry["examples"].items():
        assert [sentence[d.start : d.end] for d in _drafts(sentence + "。")] == words, sentence
    for verb in entry["of"]:
        assert [d.title for d in _drafts(f"6月8日，周立人{verb}男子组金牌。")] == [f"周立人{verb}男子组金牌"]
    for prize in entry["words"]:
        assert [d.title for d in _drafts(f"6月8日，周立人收获{prize}。")] == [f"周立人收获{prize}"]


SHOWN = [entry for stem in ("event_types", "titles") for entry in read_lexicon(stem) if entry.keys() & {"titles", "places", "names"}]


@pytest.mark.parametrize("entry", SHOWN, ids=lambda entry: entry.get("frame") or entry["group"])
def test_words_that_frame_a_deed_do_what_their_examples_show(entry: dict[str, Any]) -> None:
    for sentence, titles in entry.get("titles", {}).items():
        assert [draft.title for draft in _drafts(sentence + "。")] == titles, sentence
    for sentence, places in entry.get("places", {}).items():
        assert [place.name for draft in _drafts(sentence + "。") for place in draft.places] == places, sentence
    for sentence, names in entry.get("names", {}).items():
        assert [name for draft in _drafts(sentence + "。") for name in draft.actors] == names, sentence


def test_every_word_of_a_frame_is_a_trigger() -> None:
    known = {word for entry in TYPES for word in (*entry["sure"], *entry["dated"])}
    for entry in SHOWN:
        assert "frame" not in entry or set(entry["words"]) <= known, entry["frame"]


_TEXT = st.text(alphabet=st.sampled_from("阿里京东在杭州与签署收购成立了协议的2019年3月5日，。；“”（）《》将未发布\n和、后时"), max_size=90)


@settings(deadline=None, max_examples=100)
@given(_TEXT)
def test_a_draft_stands_in_its_text(text: str) -> None:
    for draft in _drafts(text):
        assert 0 <= draft.quote_start <= draft.start < draft.end <= draft.quote_end <= len(text)
        assert 0 < len(draft.title) <= LONGEST
        assert parse_edtf(draft.date) is not None
        assert parse_edtf(draft.date).earliest is not None  # type: ignore[union-attr]
        assert draft.date_span is None or text[slice(*draft.date_span)] == draft.date_from


@settings(deadline=None, max_examples=50)
@given(_TEXT)
def test_drafting_twice_says_the_same(text: str) -> None:
    assert _drafts(text) == _drafts(text)


def test_a_text_without_marks_is_left_alone() -> None:
    """One endless sentence: nothing is found, and nothing takes long."""
    assert _drafts("阿里收购京东2019年" * 2000) == []
