"""Where a known name is an everyday word, and no company: 甘肃苹果, 官方微博, 中国银行业, 金|融创|新.

Knows the words that stand behind a harvest and behind a company, and where the halves of a short name belong to the words
on its sides. Leaves out names that are no words (`known_actors.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from extract.known_names import doubtful, known_forms
from extract.mentions import Place
from extract.words import is_word, tag

# 腾讯科技讯 and 搜狐网讯 are how a report begins, 中国银行业 a trade.
_MORE_BEHIND = re.compile("(?<=汽车)(?:越野|拉力)|(?:科技|财经|体育|娱乐|汽车|房产|新闻|教育)讯|网讯|业(?![务绩内])")
_OPENS_MORE = frozenset("科财体娱汽房新教业越拉网")
_COMPANY_BEHIND = re.compile("集团|公司|平台|旗下|营收|净利|上市|股价|市值|创始人|[在递赴]港|董事|总裁|总经理|首席|股份|置业|地产|方面|宣布|公告|发布|表示|推出|收购|拿下|竞得|签约|入股|出资|与[^，。]{2,12}签|记者|客户端")
# Once one of these has stood behind it, 百果园 is the company all through the article.
_SURELY_COMPANY = "集团|旗下|营收|净利|股价|市值|创始人|[在递赴]港|董事|总裁|首席|宣布|公告"
# 苹果产量, 苹果滞销: what is said of a harvest and not of a company; 甘肃苹果卖到: nor of a company, behind a place in China.
_GROWN = re.compile("[树园汁干酱农]|种植|产[量区地]|滞销|采摘|丰收|收购价|合作社|品种|等?(?:水果|农产品|杂粮|果蔬)")
# An article on farming, and one on devices: in the first, 苹果 is a fruit wherever it stands.
_FIELDS = re.compile("果农|果园|果业|果品|套袋|采摘园|[苹水]果种植|果树|优质果|谷子|杂粮")
_DEVICES = re.compile("苹果公司|苹果(?:发布|推出|宣布|公布)|财报|市值|营收|股价|手表|手机|库克|[iI](?:Phone|Pad|OS)|App|APP|平板|电脑|芯片|科技公司|雷军|小米集团")
_LISTED_BEFORE = re.compile("([一-鿿]{2,4})、$")
_SOLD = re.compile("卖[到出向往给]|热销|走俏|畅销|远销|出口|运[往到]|成熟|挂果|大量上市")


class Everyday:
    """Which known names of one article are everyday words there; what holds for all of it is asked once."""

    def __init__(self, text: str, place_ends: Mapping[int, Place]) -> None:
        self.text, self.place_ends = text, place_ends
        self._doubtful = doubtful()
        self._confirmed: dict[str, bool] = {}  # whether the article also calls it by another form, or says once what only companies do
        self._farming: bool | None = None  # whether it tells of fields

    def is_meant(self, form: str, start: int, end: int) -> bool:
        """其中|远山公司, 网球场绿地, 甘肃苹果, 金|融创|新: whether `form` at [start, end) is no name."""
        text = self.text
        if end - start == 2 and (text[start - 1 : start + 1] == "其中" or _across_words(text, start, end)):
            return True
        if end - start == 3 and is_word(text[start + 1 : end]) and _takes_first(text, start, end):
            return True
        if text[end : end + 1] in _OPENS_MORE and _MORE_BEHIND.match(text, end):
            return not text.startswith("业", end) or form.endswith("银行")
        if form not in self._doubtful.every:
            return False
        if form in self._doubtful.channels and text.startswith(("官方", "政务", "个人"), start - 2):
            return True
        if form in self._doubtful.weak and not _COMPANY_BEHIND.match(text, end) and not self._is_confirmed(form):
            return True
        if form not in self._doubtful.wares or self._is_of_farming():
            return form in self._doubtful.wares
        if not _is_ware(text, start, end, self.place_ends):
            return False
        self._farming = _DEVICES.search(text) is None  # what is grown once is grown throughout
        return True

    def _is_confirmed(self, form: str) -> bool:
        if form not in self._confirmed:
            self._confirmed[form] = any(other in self.text for other in self._doubtful.weak[form]) or re.search(form + f"(?:{_SURELY_COMPANY})", self.text) is not None
        return self._confirmed[form]

    def _is_of_farming(self) -> bool:
        if self._farming is None:
            self._farming = _FIELDS.search(self.text) is not None and _DEVICES.search(self.text) is None
        return self._farming


def _is_ware(text: str, start: int, end: int, place_ends: Mapping[int, Place]) -> bool:
    """苹果 and 小米 as what grows."""
    if _GROWN.match(text, end):
        return True
    place = place_ends.get(start)
    if place is not None and place.adcode:
        return _SOLD.match(text, end) is not None or (place.level in ("county", "town") and _COMPANY_BEHIND.match(text, end) is None)
    listed = _LISTED_BEFORE.search(text, max(0, start - 5), start)  # 大蒜、苹果等
    return listed is not None and text[end : end + 1] in ("、", "等", "和") and is_word(listed[1]) and listed[1] not in known_forms()


def _across_words(text: str, start: int, end: int) -> bool:
    """金|融创|新, 不|同程|度: a short name whose halves belong to the words on its sides."""
    if not (start and "一" <= text[start - 1] <= "龥" and "一" <= text[end : end + 1] <= "龥"):
        return False
    if not (is_word(text[start - 1 : start + 1]) and is_word(text[end - 1 : end + 1])):
        return False
    near = max(0, start - 4)
    words = tag(text[near : end + 4], near)
    return not any(word.start == start for word in words) and not any(word.end == end for word in words)


def _takes_first(text: str, start: int, end: int) -> bool:
    """看好|未来: a name of three characters whose first belongs to the word before."""
    if not (start and is_word(text[start - 1 : start + 1])):
        return False
    near = max(0, start - 4)
    return not any(word.start == start for word in tag(text[near:end], near))
