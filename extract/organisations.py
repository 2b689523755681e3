"""Organisations that no list names: what stands before 公司, 研究院 or 市政府.

Knows how such names end (`lexicon/organisations.yaml`) and how far left they reach: to a place, or through the nouns
before the suffix. Leaves out names without a telling suffix; those are in `lexicon/actors.yaml` or are not found.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extract.lexicons import read_lexicon
from extract.mentions import Actor, ActorType, Place
from extract.passages import Span
from extract.words import Word, is_word, tag

# Nothing of a name lies to the left of these. Brackets are let through only around a place: 奔腾电器(上海)有限公司.
_STOPS = frozenset(" \n\t\u3000\xa0，,。；;：:、！!？?“”\"'‘’《》〈〉<>「」『』【】〔〕［］|/／*…—-·●○◎■□◆◇▲△★☆※→")
_NO_NAME_ENDS = _STOPS | {"的"}
_STOPS_AND_BRACKETS = _STOPS | frozenset("（()）")
_BRACKETED = re.compile(r"[（(]([一-鿿]{2,4})[)）](?=[一-鿿]{0,6}$)")
# Words of these kinds are parts of names; any other kind (verb, particle, adverb, number) ends one on the left.
_NAME_FLAGS = ("n", "j", "eng", "vn", "x", "zg", "b", "i", "l", "s", "ng", "an", "g")
_PROPER_FLAGS = ("ns", "nr", "nz", "nt", "j", "eng", "zg", "nrt", "nrfg")
# 发展银行, 投资集团: verbs that companies carry in their names.
_NAME_VERBS = frozenset(["投资", "发展", "开发", "建设", "控股", "管理", "服务", "咨询", "合作", "通信", "通讯", "传播", "创新", "创业", "制造", "设计", "运营", "进出口", "交易", "监督", "研究", "供销"])
_COUNTRIES = frozenset(["中国", "我国", "美国", "英国", "法国", "德国", "日本", "韩国", "印度", "俄罗斯", "全球", "世界", "欧洲", "亚洲"])
_MORE_OF_A_WORD = frozenset("局业系")  # 红星资本|局, 银行|业, 汽车|系
_ATTRIBUTES = ("化", "牌", "型", "级", "式", "类")
_NO_NAMES = frozenset(["当地", "本地", "基层", "各地", "乡镇", "各级", "全国", "其他", "其它", "有关", "相关", "上述"])
_EARLIER = frozenset(["原", "前", "新", "旧"])
# 禹洲集团旗下物管公司 names no company: what stands before 旗下 is another one.
_BREAKS = frozenset(["旗下", "下属", "所属", "子公司", "母公司", "分公司", "控股公司", "股东", "收购", "持有", "入股", "加盟", "会见", "会晤", "拜会", "走访", "考察", "调研", "代表", "责令", "处罚", "成立", "设立", "资助", "捐建", "判决", "裁定", "一审", "二审", "终审", "起诉", "约谈", "通报", "公司", "拜访", "申报", "检索", "名叫", "名为", "这是", "隶属", "隶属于", "对应", "经", "据", "按", "由", "全资"])
# ... and of these where a place or a word of its own follows: 支持|远山有限公司, but 杭州领先科技有限公司.
_GOVERNS = frozenset(["预计", "预测", "估计", "预期", "判", "判令", "支持", "委托", "领先", "扶持", "委派", "授权", "要求", "责成", "督促", "批准", "允许", "引进", "筹建", "打造", "感谢", "状告", "举报", "参观", "视察", "慰问", "邀请", "聘请", "帮助", "协助", "携手", "联手", "接管", "超过", "超越", "位居", "选择", "指定"])
# ... and of these where besides no noun stands ahead: 投资建设|云海重工有限公司, but 云海建设远山有限公司.
_BUILDS = frozenset(["建设", "新建", "联合", "附属"])
_AHEAD_OF_NAME = _GOVERNS | _BUILDS
# Before a name and no part of it; the tagger joins them with what follows where no dictionary has the name (从海|岳公司).
_PARTICLES = frozenset("从由被将把与及使让占并为")
_YEAR = re.compile("(?:19|20)[0-9]{2}")  # 2017|中国云海协会
_WINDOW = 22
# 中国建筑第三工程局有限公司: the number belongs to the name, and the branch is a company of its own.
_NUMBERED = re.compile(r"第?[一二三四五六七八九十]{1,3}[一-鿿]{1,6}")


class Suffix(NamedTuple):
    """One ending: what it makes of the words before it. `lead` is any, place or exact; see the lexicon."""

    type: ActorType
    lead: str
    least: int
    most: int
    group: bool  # 集团, 供销社 and legal forms: a single everyday word before them is a name
    bare: bool = False  # 汽车, 公司: a place and a description before them are no name


@functools.cache
def suffixes() -> Mapping[str, Suffix]:
    """Every ending of `lexicon/organisations.yaml`."""
    table: dict[str, Suffix] = {}
    for group in read_lexicon("organisations"):
        least, most = group.get("stem", ("0", "0"))
        for suffix in group.get("suffixes", []):
            table[suffix] = Suffix(group["type"], group["lead"], int(least), int(most), any(part in suffix for part in ("集团", "有限", "供销")), suffix in group.get("bare", ()))
    return table


def is_legal_form(text: str, start: int, end: int) -> bool:
    """Whether a company's registered name ends with text[start:end]: 有限公司, 股份公司."""
    return "有限" in text[start:end] or text.startswith("股份公司", start - 2)


@functools.cache
def descriptions() -> frozenset[str]:
    """Words that describe an organisation without naming it: 大型, 上市, 快递."""
    return frozenset(word for group in read_lexicon("organisations") for word in group.get("words", []))


@functools.cache
def _described() -> re.Pattern[str]:
    longest_first = sorted(descriptions(), key=len, reverse=True)
    return re.compile(r"(?:" + "|".join(map(re.escape, longest_first)) + r")$")


_SOMEBODYS = frozenset("子分母总该本我")  # 子公司, 该集团: no name


def find_organisation(
    text: str, start: int, end: int, suffix: str, floor: int, known: Actor | None, place_ends: Mapping[int, Place]
) -> Actor | None:
    """The organisation whose name ends with `suffix` at [start, end), or None.

    `floor` is where the name may not reach below (the end of the find before); `known` is a known name that ends
    right before the suffix (奔腾电器 + 有限公司).
    """
    kind = suffixes()[suffix]
    if kind.lead == "exact":
        return _body(text, start, end, kind, place_ends)
    if kind.lead == "place":
        return _behind_place(text, start, end, kind, floor, place_ends)
    if text[start - 1 : start] in _NO_NAME_ENDS:
        return None
    if text[start - 1 : start] in _SOMEBODYS and text[start:end] in ("公司", "集团", "银行"):
        return None
    if known and known.end == start:
        return _extended(text, end, kind, known)
    if known and kind.group and known.type == "company" and _NUMBERED.fullmatch(text, known.end, start):
        return _actor(text, known.start, end, kind, "numbered branch of a known company")
    return _by_words(_Ending(text, start, end, kind, floor, known, place_ends))


# 远山证券 is no part of 远山, which makes shoes.
_OF_ITS_OWN = frozenset(["证券", "期货", "信托", "人寿", "财险", "基金", "银行"])

_WARES_OF_FINANCE = ("卡", "部", "项目", "经理", "账户", "账号", "业务", "产品", "存款", "贷款", "理财")


def _extended(text: str, end: int, kind: Suffix, known: Actor) -> Actor | None:
    """A known name and its legal form are the same company; 商务部研究院 is another body, 阿里巴巴物流 no name at all."""
    if known.type == "company" and text[known.end : end] in _OF_ITS_OWN and "资本" not in known.text:
        if text.startswith(_WARES_OF_FINANCE, end):
            return None  # 京东|银行卡
        return _actor(text, known.start, end, kind, "financial company of a known name")
    if kind.group or text[known.end : end] == "公司":
        return known._replace(end=end, text=text[known.start : end], rule="known name with its legal form")
    if kind.type == "other":
        return _actor(text, known.start, end, kind, "body of a known one")
    return None


def _actor(text: str, start: int, end: int, kind: Suffix, rule: str, name: str = "") -> Actor:
    return Actor(start, end, text[start:end], name or text[start:end], kind.type, "", rule)


def _body(text: str, start: int, end: int, kind: Suffix, place_ends: Mapping[int, Place]) -> Actor:
    """省政府, 市住建局: with the place before them where there is one (浙江省 and 省政府 share a character)."""
    for overlap in (1, 0):
        place = place_ends.get(start + overlap)
        if place and (text[start] in "省市区县" or (not overlap and text[end - 1] == "局")):
            name = _government_name(text[place.start : end])
            return Actor(place.start, end, text[place.start : end], name, "government", "", "place and its body")
    type_: ActorType = "government" if text[start] in "省市区县" or "监管" in text[start:end] else kind.type
    return Actor(start, end, text[start:end], text[start:end], type_, "", "spoken of by what it is")


def _behind_place(
    text: str, start: int, end: int, kind: Suffix, floor: int, place_ends: Mapping[int, Place]
) -> Actor | None:
    """浙江省人民政府, 深圳市住建局, 上海市杨浦区商务委: at most `most` nouns stand between place and suffix."""
    if text[start - 1 : start] in _NO_LAST or text[end - 1 : end + 1] == "部门":  # 云海县宣传|部门
        return None
    for at in range(start, max(floor, start - kind.most) - 1, -1):
        place = place_ends.get(at)
        if place is None:
            if at > floor and text[at - 1] in _STOPS:
                break
            continue
        between = text[at:start]
        if between and not all(is_noun(word) for word in tag(between)):
            return None
        while (outer := place_ends.get(place.start)) and outer.start >= floor:
            place = outer
        return _actor(text, place.start, end, kind, "body behind a place", _government_name(text[place.start : end]))
    if start >= 1 and text[start - 1] in "省市区县" and end - start > 2 and (start == 1 or _BEFORE_BODY.match(text[start - 2])):
        return _actor(text, start - 1, end, kind, "spoken of by what it is", _government_name(text[start - 1 : end]))  # 市交通委, 省发改委
    return None


_NO_LAST = frozenset("的与是对了在为将要向")  # 在杭州与|政府, 在上海的|法院: words that end in these are no part of a body's name
_BEFORE_BODY = re.compile(r"[\s，。；：、与和及由经从向对“（(]")


_PEOPLES = re.compile(r"(?<=[省市区县])人民政府")


def _government_name(text: str) -> str:
    return _PEOPLES.sub("政府", text) if "人民" in text else text


class _Ending(NamedTuple):
    """An ending where it stands; see `find_organisation`."""

    text: str
    start: int
    end: int
    kind: Suffix
    floor: int
    known: Actor | None
    place_ends: Mapping[int, Place]

    @property
    def legal(self) -> bool:
        return is_legal_form(self.text, self.start, self.end)

    def named(self, begin: int, rule: str) -> Actor:
        """The organisation whose name begins at `begin`."""
        return _actor(self.text, begin, self.end, self.kind, rule)


def _by_words(ending: _Ending) -> Actor | None:
    """Walk left from the suffix through the words of a name; what is only a description is none."""
    text, start, end, kind = ending[:4]
    left, inner = _reach(ending)
    if text[end : end + 1] in _MORE_OF_A_WORD or inner - left < kind.least or only_described(text, left, inner):
        return None
    lead = max(ending.floor, left - 2) if left == start - min(_WINDOW, kind.most) else left  # the window may open within a word
    words = [word for word in _recut(tag(text[lead : end + 2], lead)) if word.end > left and word.start < end]
    last = words[-1]
    if last.end > end:  # the suffix is a part of another word: 土地产权
        return None
    if text.startswith("附属", end) and (school := _ATTACHED.match(text, end)):
        end = school.end()
        ending = ending._replace(end=end)
    if last.flag == "nt" and last.start < inner and kind.type == "other":
        return ending.named(_ahead_of(ending, last.start), "organisation of the dictionary")
    words = [word for word in words if word.end <= inner] or words[:-1]
    stem = words[_first_of_name(ending, words) :]
    if not stem and inner < start and ending.legal and (head := _BEFORE_BRACKET.search(text, max(ending.floor, inner - 6), inner)):
        return ending.named(head.start(1), "name before a place in brackets")
    if not stem or not kind.least <= inner - max(left, stem[0].start) <= kind.most:
        return None
    begin = _begin(ending, words, stem[0].start, left)
    if _AMOUNT.match(text, begin, start):
        return None  # 12条|物流专线
    if not _is_named(ending, stem) or (text[begin] == "业" and _HAN.match(text, max(0, begin - 1))):
        return None  # 快递|业揽收|快递: 业 ends the word before
    return ending.named(begin, f"name before {text[start:end]}")


# 云海大学附属第二医院, no 云海大学.
_ATTACHED = re.compile("附属(?:第[一二三四五六七八九十]{1,2})?[一-鿿]{0,6}?(?:医院|中学|小学|学校|幼儿园)")


def _recut(words: Sequence[Word]) -> list[Word]:
    """Words with what the tagger joined cut again: 从海岳 -> 从, 海岳."""
    cut: list[Word] = []
    for word in words:
        while word.text[0] in _PARTICLES and len(word.text) > 1 and not is_word(word.text):
            if word.text[0] == "为" and cut and cut[-1].flag == "ns":
                break  # 上海|为云科技有限公司
            cut.append(Word(word.start, word.start + 1, word.text[0], "p"))
            word = Word(word.start + 1, word.end, word.text[1:], word.flag)
        cut.append(word)
    return cut


def _reach(ending: _Ending) -> Span:
    """How far left the name may go, and where its words end: at the ending, or before a place in brackets."""
    text, start, _, kind, floor, known, place_ends = ending
    left = max(floor, start - min(_WINDOW, kind.most))
    if known and known.end >= left:
        place = place_ends.get(known.start) if ending.legal else None
        left = place.start if place else known.start  # 上海|远山|科技有限公司
    inner = start
    bracketed = _BRACKETED.search(text, max(left, start - 12), start)
    if bracketed and (bracketed.end() == start or bracketed.end(1) in place_ends):  # 周立人（简历附后）为|公司
        inner = bracketed.start()
    for at in range(inner - 1, left - 1, -1):
        if text[at] in _STOPS_AND_BRACKETS:
            return at + 1, inner
    return left, inner


def _ahead_of(ending: _Ending, start: int) -> int:
    """Where 华东师范大学, one word of the dictionary, begins with the known name or the place it stands behind."""
    known, place = ending.known, ending.place_ends.get(start)
    if known and known.start <= start < known.end:
        return known.start
    return place.start if place else start


def _begin(ending: _Ending, words: Sequence[Word], first: int, left: int) -> int:
    """Where the name begins whose first word, as the dictionary cuts, starts at `first`."""
    text, _, _, kind, floor, _, place_ends = ending
    begin = first
    cut = place_ends.get(begin + 1) or place_ends.get(begin + 2)
    if cut and floor <= cut.start < begin:
        begin = cut.start  # 福|建省安芯产业基金: looking back stopped within the place
    elif ending.legal:
        begin = _from_place(text, left, begin, place_ends)
    return _with_left_over(text, floor, begin, words) if kind.group and begin == first else begin


_HAN = re.compile("[一-鿿](?=业)")
_AMOUNT = re.compile("[0-9]{1,6}[多余]?[条个家座项批辆台套处所艘架列件份种吨斤类款]$")
_APART = re.compile("[，。；：、,;:（(\\s“”和与及由向]")


def _with_left_over(text: str, floor: int, begin: int, words: Sequence[Word]) -> int:
    """Where the name of a group begins whose first two characters no dictionary joins, or that begins with a number or 新:
    、明阳|智慧能源集团, 和中扶|建设上海有限公司, ，零|阻力气艇制造有限公司."""
    ahead = [word for word in words if floor <= word.start < begin]
    if ahead and ahead[-1].text in _BREAKS:
        return begin
    if ahead and ahead[-1].text == "新" and not is_word(next(word.text for word in words if word.start == begin)):
        return begin - 1  # 河北|新|发地集团
    while ahead and ahead[-1].text in descriptions():
        ahead.pop()
    if not ahead:
        return begin
    end = ahead[-1].end
    start = end - 1 if len(ahead[-1].text) == 1 and ahead[-1].flag in ("m", "a") and end == begin else end - 2
    if start < floor or (start and not _APART.match(text[start - 1]) and not (len(words) > 1 and end - start == 1)):
        return begin
    if not _HAN_ONLY.fullmatch(text, start, end) or (end - start == 2 and is_word(text[start:end])):
        return begin
    return start


_BEFORE_BRACKET = re.compile("(?:^|[，。；：、,;:\\s与和及由])([一-鿿]{2,5})$")
_HAN_ONLY = re.compile("[^\\W也是这那即不他她从在向对与和由把曾任原兼获赴访就被将让A-Za-z0-9_]{1,2}")
_NOT_IN_NAME = re.compile("[与和及由向在的了是对、以将把被为]")


def _from_place(text: str, left: int, begin: int, place_ends: Mapping[int, Place]) -> int:
    """Where a registered name begins: at the place up to four characters ahead (河东区新农村|发展实业有限公司)."""
    if any((place := place_ends.get(end)) and place.start == begin for end in range(begin + 2, begin + 6)):
        return begin
    for end in range(begin, max(left, begin - 5), -1):
        place = place_ends.get(end)
        if place and place.start >= left and not _NOT_IN_NAME.search(text, end, begin) and text[end:begin] not in _GOVERNS:
            return place.start
    return begin


def only_described(text: str, left: int, end: int) -> bool:
    """上市公司, 国内知名快递公司: descriptions all the way to the boundary. Cheap, so it runs before any tagging."""
    described = _described()
    while end > left and (match := described.search(text, left, end)):
        end = match.start()
    return end <= left


@functools.cache
def _deeds() -> frozenset[str]:
    return frozenset(word for entry in read_lexicon("event_types") for key in ("sure", "dated") for word in entry.get(key, ()))


def _first_of_name(ending: _Ending, words: Sequence[Word]) -> int:
    """Index of the word the name starts with. A legal form (有限公司) takes verbs in too (远望电器), deeds aside."""
    known, place_ends, legal = ending.known, ending.place_ends, ending.legal
    first = len(words)
    for index in range(len(words) - 1, -1, -1):
        word = words[index]
        if first == index + 1 < len(words) and word.flag == "v" and _starts_place(words[first], place_ends):
            break  # 名叫|云江远山有限公司, 拜访|云江远山有限公司
        inside_known = known is not None and known.start <= word.start < known.end
        part = inside_known or is_noun(word) or (legal and word.flag in ("v", "a") and len(word.text) > 1 and word.text not in _deeds())
        if first < len(words) and word.text in _AHEAD_OF_NAME and _is_ahead_of_name(words, index, place_ends):
            break
        if word.text in _BREAKS or not part or (len(word.text) == 2 and word.text[1] in "由及"):  # 母基|金由|某基金
            break
        first = index
    if legal:
        first = _behind_description(words, first, place_ends)
    first = _behind_kind(words, first, place_ends)
    while first < len(words) and (words[first].text in descriptions() or words[first].text in _EARLIER or _YEAR.fullmatch(words[first].text)) and not _starts_place(words[first], place_ends):
        first += 1
    return first


def _is_ahead_of_name(words: Sequence[Word], index: int, place_ends: Mapping[int, Place]) -> bool:
    """Whether the verb at `index` governs the name behind it."""
    ahead, name = words[index - 1] if index else None, words[index + 1]
    if words[index].text in _BUILDS and ahead and ahead.text != "投资" and ahead.text not in _BREAKS and (is_noun(ahead) or (ahead.flag == "v" and len(ahead.text) == 1)):
        return False  # 中|扶|建设上海有限公司
    return name.flag in _PROPER_FLAGS or _starts_place(name, place_ends) or not is_word(name.text)


def _behind_description(words: Sequence[Word], first: int, place_ends: Mapping[int, Place]) -> int:
    """A registered name begins with its place: what everyday words stand ahead of it only describe (合作单位代表杭州市云海有限公司)."""
    for index in range(len(words) - 1, first, -1):
        if words[index].text.endswith(("省", "市")) and _starts_place(words[index], place_ends):
            return index if all(is_word(word.text) and word.end not in place_ends for word in words[first:index]) else first
    return first


@functools.cache
def _kinds() -> tuple[str, ...]:
    entry = next(group for group in read_lexicon("organisations") if group["type"] == "name behind")
    return tuple({*entry["kinds"], *entry["more_kinds"]} - {"公司"})


def _behind_kind(words: Sequence[Word], first: int, place_ends: Mapping[int, Place]) -> int:
    """德国机器人制造商|云海集团, 文明单位|远山集团: the name begins behind the word for what it is, where something of its own stands there."""
    for index in range(len(words) - 1, first, -1):
        if words[index - 1].text.endswith(_kinds()):
            own = any(word.flag in _PROPER_FLAGS or word.end in place_ends or not is_word(word.text) for word in words[index:])
            return index if own else first
    return first


def _starts_place(word: Word, place_ends: Mapping[int, Place]) -> bool:
    place = place_ends.get(word.end)
    return place is not None and place.start == word.start


def is_noun(word: Word) -> bool:
    if word.text.isascii():
        return word.text.isalnum() and not word.text.islower()
    return word.flag.startswith(_NAME_FLAGS) or word.text in _NAME_VERBS


def _is_named(ending: _Ending, stem: Sequence[Word]) -> bool:
    """A name holds something of its own: a place, a person's or known name, a word no dictionary has.

    A country alone makes no company (中国商业银行); one everyday word makes a group (奔腾集团), not a 公司; before
    有限公司 any word that is not a mere description does.
    """
    kind, known, place_ends = ending.kind, ending.known, ending.place_ends
    if stem[-1].text in _NO_NAMES or stem[-1].text.endswith(_ATTRIBUTES):
        return False  # 贷款余额居|当地|银行第一, 智能化|汽车, 吉利牌|汽车
    if known and known.start <= stem[0].start < known.end:
        return True
    if kind.bare and all(word.end in place_ends or word.text in descriptions() or word.text in _COUNTRIES for word in stem):
        return False  # 镇江|汽车|电子产业, 上海|跨国|公司
    telling = [word for word in stem if word.text not in descriptions()]
    if kind.type == "company":
        telling = [word for word in telling if word.text not in _COUNTRIES]
    if any(word.flag in _PROPER_FLAGS or word.end in place_ends or not is_word(word.text) for word in telling):
        return True
    if ending.legal:
        return bool(telling)
    if kind.group and stem[0].text == "中国" and len(stem) > 1:  # 中国旅游集团
        return True
    alone = kind.group and len(stem) == 1 and len(telling) == 1 and 2 <= len(telling[0].text) <= 4
    return alone and ending.text[stem[0].start - 1 : stem[0].start] != "的"  # 最大的|音乐集团
