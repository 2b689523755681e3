"""The mentions of an article as figures ask for them: what asking costs, and which place a name holds."""

from __future__ import annotations

from extract.article import understand
from extract.finds import Finds
from extract.reading import read

_KINDS = ("quantity", "time", "place", "actor")
_CITIES = ("宁波市", "嘉兴市", "徐州市", "沧州市", "宜昌市", "芜湖市", "洛阳市", "桂林市")


class Counted(str):
    """A text that counts the characters which searches for a name pass over."""

    passed = 0

    def find(self, sub: str, *span: int) -> int:  # type: ignore[override]
        at = super().find(sub, *span)
        self.passed += (at if at >= 0 else len(self)) - (span[0] if span else 0)
        return at

    def __contains__(self, sub: str) -> bool:  # type: ignore[override]
        return self.find(sub) >= 0


def _passed(number: int) -> int:
    """Characters passed over while all of `number` names of hospitals are asked for their place."""
    lines = [f"{_CITIES[n % 8]}{chr(0x4E00 + 7 * n % 5000)}{chr(0x5000 + n)}医院收治{n + 2}人。\n" for n in range(number)]
    article = understand(read("".join(lines)), kinds=_KINDS)
    finds = Finds(article)
    finds.text = text = Counted(finds.text)
    names = {actor.name for actor in article.actors}
    assert len(names) > number / 2
    for name in names:
        finds.place_in_name(name)
    return text.passed


def test_a_name_that_is_no_actor_is_searched_for_so_many_times_and_no_more() -> None:
    finds = Finds(understand(read("宁波市第三医院去年接诊20万人。"), kinds=_KINDS))
    place = finds.place_in_name("宁波市第三医院")
    assert place is not None
    assert place.name == "宁波市"

    finds.text = text = Counted("甲" * 1000)
    for n in range(5000):
        finds.place_in_name(f"第{n}产业园")
    assert text.passed <= 100 * 1000


def test_asking_for_the_place_in_a_name_costs_no_more_where_the_article_is_longer() -> None:
    assert _passed(400) <= 2 * _passed(200)


def test_a_name_holds_only_a_place_where_it_stands_itself() -> None:
    finds = Finds(understand(read("沿海5个省政府出资3亿元。河北省政府与安徽省政府另行公告。嘉兴市云海医院收治20人。"), kinds=_KINDS))
    assert finds.place_in_name("省政府") is None
    place = finds.place_in_name("嘉兴市云海医院")
    assert place is not None
    assert place.name == "嘉兴市"
