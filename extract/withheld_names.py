"""People whose names an article withholds: 周某, 周某某, 周某林.

Knows where 某 behind a surname stands for a given name, and where the last character still belongs to it. Leaves out people
called by surname and address (沈女士: `someone.py`) and what only has no name (某公司, 某小区).
"""

from __future__ import annotations

import re
from functools import cache

from extract import people
from extract.lexicons import read_lexicon
from extract.passages import Span
from extract.words import is_word

# 何某|公司: what no person is.
_OF_THINGS = re.compile("[些种类项次年月日时天处地市县区镇乡村省国厂店家台款型号段路街楼栋栏网站校院企公案件部商时期]|一(?!说|直|家)|(?:银行|小区|品牌|平台|单位|机构|集团|医院|中学|小学|大学|媒体|文化|建筑|在线|个|配送|成人|油脂|超市|健身房|饭店|餐[厅馆]|药[房店]|诊所|商[行店]|工作室|合作社|养殖|农[场庄]|酒店|宾馆|网吧|茶楼|火锅|烧烤|理发|美容|装饰|建材|物流|科技|汽修|便利|水果|服装)")
# What surnames that are everyday words first (向某, 于某), and others that no list has (仰某), stand behind at least once.
_PEOPLE = "嫌疑人|被告人?|原告人?|被害人|受害人|当事人|负责人|法人代表|代表人|申请人|执行人|行为人|举报人|投诉人|包工头|男子|女子|村民|市民|居民|业主|司机|驾驶员|老板|店主|死者|家长|学生|老师|患者|游客|旅客|乘客|读者|车主|顾客|消费者|员工|经理|同伙|主犯|妻子|丈夫|儿子|女儿|父亲|母亲|当地人"
_BEHIND_PEOPLE = re.compile(f"(?:{_PEOPLE})(?:是|为|系|叫)?$")
_NO_SURNAME = frozenset("有是在为和与对从向由因被将给以按如或这那即到指就该各其某等及使让把跟了的某")
_MOST = 40  # a text with more such names is a list of cases


def withheld_names(text: str) -> list[Span]:
    """One span for each name with 某, of which more may stand in the text."""
    if "某" not in text:
        return []
    names: dict[str, Span] = {}
    opened: dict[str, bool] = {}  # 仰某 -> whether the text has him more than once
    at = text.find("某")
    while at >= 0 and len(names) < _MOST:
        name = _name_around(text, at, opened)
        if name:
            names.setdefault(text[slice(*name)], name)
        at = text.find("某", at + 1)
    return sorted(names.values())


@cache
def _weak() -> frozenset[str]:
    return frozenset(read_lexicon("surnames")["weak"])


def _name_around(text: str, at: int, opened: dict[str, bool]) -> Span | None:
    """The name whose 某 stands at `at`; for `opened` see `_opens_again`."""
    known = people.surname_before(text, at)
    surname = known or text[at - 1 : at]
    start = at - len(surname)
    end = _end(text, at + 1)
    if not "一" <= surname[:1] <= "龥" or _OF_THINGS.match(text, at + 1) or _OF_THINGS.match(text, end):
        return None
    if _BEHIND_PEOPLE.search(text, max(0, start - 5), start):
        return start, end
    if surname in _NO_SURNAME or (len(surname) == 1 and is_word(text[start - 1 : at])):
        return None  # 陪同|某人
    return (start, end) if (known and known not in _weak()) or _opens_again(text, start, at, opened) else None


def _opens_again(text: str, start: int, at: int, opened: dict[str, bool]) -> bool:
    """仰某 of an article that has him twice, once behind a mark; each is counted once."""
    if text[start - 1 : start] not in _MARKS:
        return False
    name = text[start : at + 1]
    if name not in opened:
        opened[name] = text.count(name) > 1
    return opened[name]


_MARKS = frozenset("，。；：、\n")


_GOES_ON = re.compile("[二两三四]人|[共获均驾持犯供趁]")  # 周某林|二人, 周某林|获奖


def _end(text: str, at: int) -> int:
    """Where the name ends whose 某 ends at `at`: 周某|某, 周某|林, but 周某|等, 周某|驾车."""
    after = text[at : at + 1]
    if after == "某":
        return at + 1
    if not "一" <= after <= "龥" or people.ends_name(text, at) or is_word(text[at : at + 2]):
        return at
    return at + 1 if people.ends_name(text, at + 1) or _GOES_ON.match(text, at + 1) else at
