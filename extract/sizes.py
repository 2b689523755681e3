"""How large, long or far something is: 5000平方米的创意中心, 350公里的线路, 4米宽的水泥路, 距县城3公里.

Knows the units of areas and lengths and what they measure of the thing behind or in front. Leaves out things that are counted
(`things_behind.py`, `things_in_front.py`).
"""

from __future__ import annotations

import re

from extract.amount_clause import AREAS as AREAS
from extract.amount_clause import LENGTHS as LENGTHS
from extract.amount_clause import AmountClause, Measure
from extract.measure_words import ending, tails_of
from extract.phrase_behind import phrase_after


def size_of(view: AmountClause, noun: str) -> Measure | None:
    """5000平方米的青岛创意中心, 350公里的线路: how large or long the thing behind is."""
    unit = view.unit
    if unit in LENGTHS and view.head.endswith("时速"):
        text = "设计时速" if view.head.endswith("设计时速") else "时速"
        return Measure(text, text, "", "thing in front")  # 按时速350公里标准建设
    if unit == "千伏":
        return Measure(noun + "电压", noun, "", "size of the thing behind")  # 3座330千伏变电站
    if unit not in AREAS and unit not in LENGTHS:
        return None
    if unit in LENGTHS and (named := ending(view.head, "length_name")):
        return Measure(named, named, "", "thing in front")  # 海拔2800米的寺掌村, 主跨1480米的二桥
    if noun[0] == "处" and unit in LENGTHS and view.pieces[view.i + 1].text in ("处有", "处是"):
        noun = "处"  # 江面30米处|有船
    if noun in _DIMENSIONS and unit in LENGTHS:
        return _dimension(view, noun)
    if noun.endswith(tails_of("length_name")) and unit in LENGTHS:
        return Measure(noun, noun, "", "size of the thing behind")  # 7000公里射程
    tail = "面积" if unit in AREAS else "长度"
    thing = noun if view.owned and len(noun) > 3 and noun.endswith(tails_of("building")) else ""
    return Measure(noun if noun.endswith(tail) else noun + tail, noun, "", "size of the thing behind", None, thing)


_DIMENSIONS = {"宽": "宽度", "高": "高度", "深": "深度", "厚": "厚度", "长": "长度", "远": "距离", "远处": "距离", "处": "所在位置", "开外": "距离"}


def _dimension(view: AmountClause, noun: str) -> Measure:
    """4米宽的水泥路, 距收费站2公里处, 200米远: which length it is, and of what."""
    text = _DIMENSIONS[noun]
    if noun in ("远", "处", "远处", "开外"):
        away = _place_away(view.head)
        text = f"距{away}距离" if away else text
    else:
        at = next((j for j in range(view.i + 1, min(view.high, view.i + 4)) if view.pieces[j].flag == "uj"), 0)
        text = (phrase_after(view.pieces, at, view.high).noun if at else "") + text
    return Measure(text, text, "", "size of the thing behind")


_AWAY = re.compile(
    "(?:(?<![间行车视等轨焦株差])距离?(?!保持|达到|超过|不足|缩短|控制|拉开|拉大|只有|仅|大约|至少)|(?<![远脱偏隔撤逃分距])离(?![开婚职任岸退散子心合谱]))"
    "([^，,、。；;0-9距离]{2,12})$"
)
_HOW_FAR = re.compile("(?:以[东西南北]|(?:大概|大约|还|仅|只)?有|[还仅只](?:剩|差|需)|直线距离|约为|为)$")


def _place_away(head: str) -> str:
    """终点 of 选手距终点还有: the place from which something is so far; "" for none."""
    match = _AWAY.search(head)
    place = _HOW_FAR.sub("", match[1]) if match else ""
    return place if len(place) > 1 and not place.endswith(tails_of("done before long")) else ""


def distance(view: AmountClause) -> Measure | None:
    """震中距宝塔县20公里、距城区33公里, 离码头约3海里: how far one place lies from another."""
    if "距" not in view.head and "离" not in view.head:
        return None
    place = _place_away(view.head)
    text = f"距{place}" if place.endswith(("高度", "深度")) else f"距{place}距离"
    return Measure(text, text, "", "how far away") if place else None
