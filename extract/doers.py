"""Who does a deed, where its clause names no actor ahead of it: a place, a noun, the clauses before, who was spoken of.

Knows the order in which a reader looks. Leaves out how a single clause is read for its subject (`participants.py`) and
what was told before (`story.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract import participants, triggers
from extract.finds import kept
from extract.mentions import Actor, Place
from extract.passages import Span
from extract.story import Story
from extract.story_sentences import Sentence
from extract.telling import Told
from extract.title_words import words_of
from extract.triggers import Trigger


class Nouns:
    """The nouns that may do a deed though they are no actors, each looked for when first asked for."""

    def __init__(self, story: Story, sentence: Sentence, deed: Told) -> None:
        self._told = story, sentence, deed

    @kept
    def own(self) -> participants.OwnSubject:
        """That of the deed's clause."""
        story, sentence, deed = self._told
        return participants.own_subject(story.words(sentence.clauses[deed.clause]), deed.trigger, sentence.times)

    @kept
    def ahead(self) -> str:
        """That of a clause before; "" where there is none."""
        story, sentence, deed = self._told
        if only_called(story.text, sentence, deed):
            return ""
        ahead = _noun_ahead(story, sentence, deed)
        of_itself = deed.trigger.type in ("launch", "founding") and sentence.clauses[deed.clause][1] - deed.trigger.end <= 1
        if ahead or not of_itself or self.own.exists:
            return ahead  # 江海湖横跨两省。3月5日启用观测船: the lake does nothing to another thing
        return _described_before(story, sentence)


def only_called(text: str, sentence: Sentence, deed: Told) -> bool:
    """Whether the clause before a disaster only says who was called to it: 消防队接到报警，|东湖路发生火灾."""
    return deed.clause > 0 and deed.trigger.text in triggers.words_for("happening") and _IS_CALLED.search(text, *sentence.clauses[deed.clause - 1]) is not None


def doers_of(story: Story, sentence: Sentence, deed: Told, in_clause: Sequence[Actor], nouns: Nouns) -> tuple[str, ...]:
    """Names of those who did it and are none of `in_clause`, the actors of its clause; () where nobody else is told to."""
    text = story.text
    start = sentence.clauses[deed.clause][0]
    if text.startswith("由", start):
        return ()  # 由副总裁接任: the one behind 由 does it
    if deed.clause == 0 and deed.trigger.start == start and deed.trigger.text in _JUDGES and (judge := story.doer(sentence)):
        return judge if deed.trigger.text not in _OF_COURTS or "法院" in judge[0] else ()  # 法院判处甲有期徒刑一年；|判处乙罚金
    if only_called(text, sentence, deed):
        return ()  # 消防队接到报警，|东湖路发生火灾
    if text[start] in "对向":  # 对上海八家平台公司进行约谈: nobody in the clause does it
        ahead = _named_ahead(story, sentence, deed, False)
        if ahead and {actor.name for actor in in_clause}.issuperset(ahead):
            return (nouns.ahead,) if nouns.ahead else ()  # 法院宣判周立人受贿一案，|对周立人判处罚金: he does nothing
        return ahead or (story.doer(sentence) if _GOES_ON.match(text, sentence.start) else ())
    if text[start] in "并还又也与和同跟" and _WITH.match(text, start) and (ahead := _named_ahead(story, sentence, deed, False)):
        return ahead  # 并与省长李刚会谈
    if deed.trigger.type in _OF_PARTNERS and _BOTH.match(text, participants.behind_times(start, sentence.times), deed.trigger.start) and (both := story.both(sentence, start)):
        return both  # 双方自2018年首次合作以来, behind 甲与乙签署协议
    if acting := _acting(text, sentence, start, deed.trigger.start):
        return () if any(a.end <= deed.trigger.start for a in in_clause) else (acting.name,)
    named = _named_in_clause(story, sentence, deed)
    if named is not None:
        return named
    if deed.dates[-1].near == "lead" and deed.trigger.text in triggers.words_for("releasing"):
        return (text[start : deed.trigger.start],)  # 主计总处公布，: the office is the whole of what stands ahead
    own = nouns.own
    if not own.exists and (behind := _named_behind(text, sentence, deed)):
        return (behind,)
    if own.span:
        first, end = own.span
        joined = next((a.start for a in sentence.actors if first + 2 < a.start < end and text[a.start - 1] in "与和同"), 0)
        return (text[first : joined - 1 if joined else end],)  # 云光谷与东湖区政府签署
    if _HE.match(text, participants.behind_times(start, sentence.times)) and (person := story.spoken_of.person(sentence, start)):
        return (person,)  # 收到副总经理周立送达的辞职函，他申请辞去
    if not own.exists and (described := _thing_described(text, sentence, deed)):
        return tuple(actor.name for actor in sentence.actors if actor.start == described)[:1]
    if own.exists and text[start].isdecimal() and story.has_amount(start, start + 1) and not text.endswith(_MAKES_KNOWN, 0, start - 1):
        return ()  # 远山公司与银行签约，3家企业签约入驻: a number says who did it
    if deed.trigger.text in triggers.words_for("happening"):
        return ()  # 消防队接到报警，东湖路发生火灾: what befalls a place is nobody's deed
    if not own.exists and _is_done_to(story, sentence, deed):
        return ()
    found = _named_ahead(story, sentence, deed, own.exists)
    if not found and not nouns.ahead:
        found = _spoken_of(story, sentence, deed, own)
        if found and deed.trigger.text in triggers.words_for("of the trade") and story.spoken_of.is_a("government", found[0]):
            return ()  # 全国铁路当天发送旅客: and not the ministry that counts them
        if found and deed.trigger.text in triggers.words_for("opens itself") and story.spoken_of.is_a("person", found[0]):
            return ()  # 临山商城是重点项目，于2009年奠基: and not the guest who was spoken of
    return found if found and all(actor.name != found[0] for actor in in_clause) else ()


def _is_done_to(story: Story, sentence: Sentence, deed: Told) -> bool:
    """消防队赶到。明火|被扑灭: whether a thing of its own stands ahead of 被, though the dictionary takes it for no noun."""
    words = [word for word in story.words(sentence.clauses[deed.clause]) if word.start < deed.trigger.start]
    by = next((n for n in range(len(words) - 1, 0, -1) if words[n].text == "被"), 0)
    while by > 0 and words[by - 1].flag == "d":
        by -= 1
    return by > 0 and words[by - 1].flag in _MAY_BE_NOUNS and len(words[by - 1].text) > 1


_MAY_BE_NOUNS = frozenset(("a", "an", "b", "q", "z"))
_MAKES_KNOWN = ("宣布", "公告", "决定", "同意", "批准")  # 云海集团宣布，3家公司合并


def _thing_described(text: str, sentence: Sentence, deed: Told) -> int:
    """Where the thing begins that came to be or went somewhere, behind the deed that describes it (去年落户阳逻的|产业基地); 0 where it is none."""
    return _thing_behind(text, deed.trigger, sentence.clauses[deed.clause][1])


def _thing_behind(text: str, verb: Trigger, end: int) -> int:
    """The same for a verb whose clause ends at `end`."""
    if verb.text not in triggers.coming_to_be() and verb.text not in triggers.words_for("goes somewhere"):
        return 0
    thing = _THE_THING.match(text, verb.end, end)
    return thing.end() if thing else 0


_LONGEST_THING = 16


_THE_THING = re.compile(r"(?!至今)(?:[于在][^，。；的]{0,12}|[^，。；的了以]{0,8})的(?=[^\W的]{2})")


def _noun_ahead(story: Story, sentence: Sentence, deed: Told) -> str:
    """The noun that did the deed of a clause before and is no actor: 云海电梯 in 云海电梯成立于2001年，2015年挂牌; "" where there is none."""
    for clause in reversed(sentence.clauses[max(0, deed.clause - 3) : deed.clause]):
        verb = next((t for t in sentence.triggers if clause[0] <= t.start < clause[1]), None)
        if verb is None and (described := _DESCRIBED.match(story.text, *clause)):
            if _ONLY_A_KIND.fullmatch(described[1]):
                continue
            return described[1]
        if verb is None and _MEASURED_ONLY.match(story.text, *clause):
            continue  # 总投资20亿元，
        if verb is None and (person := _PERSON.match(story.text, clause[0])):
            return person[1]
        if verb is None and (story.text[clause[0]] in _ONLY_WHENCE or story.text[clause[0] : clause[1]] in "男女"):
            continue
        if verb is not None and (thing := _thing_behind(story.text, verb, clause[1])):
            end = min([clause[1], *(t.start for t in sentence.triggers if thing < t.start < clause[1])])
            return story.text[thing:end] if end == clause[1] and end - thing <= _LONGEST_THING else ""
        if verb is None or verb.text in ("消息", "报道") or story.text.endswith(_GIVEN_OUT, *clause) or participants.is_source(story.text, *clause):
            return ""
        if any(clause[0] <= a.start < verb.start for a in sentence.actors):
            return ""
        words = story.words(clause)
        opening = participants.behind_times(clause[0], sentence.times)
        first = next((word for word in words if word.start >= opening), None)
        if first is None or first.flag[0] not in "nbj":
            continue
        if noun := participants.own_subject(words, verb, sentence.times).noun:
            return "" if story.text.startswith("的", verb.end) else story.text[noun[0] : noun[1]]
    return ""


def _described_before(story: Story, sentence: Sentence) -> str:
    """The noun that the sentence right before, in the same paragraph, only describes: 江海高铁全长30公里。2020年3月开工."""
    start, end = story.passages[sentence.number - 1] if sentence.number else (0, 0)
    if end - start < _SHORTEST or story.text.find("\n", start, sentence.start) >= 0 or story.text.find("的", start, end) >= 0:
        return ""
    described = _DESCRIBED.match(story.text, start, end)
    return "" if described is None or _ONLY_A_KIND.fullmatch(described[1]) else described[1]


_SHORTEST = 4
_MEASURED_ONLY = re.compile("(?:项目)?(?:总投资|投资|全长|总长|占地|总面积|建筑面积|总建筑面积|设计时速|历时|以[^，。；]{1,24}为|在[^，。；]{1,24}[上下中后]$)")
_PERSON = re.compile("([一-鿿·]{2,5})，[男女][，。]")  # 周立人，男，1963年5月出生


def _named_in_clause(story: Story, sentence: Sentence, deed: Told) -> tuple[str, ...] | None:
    """What acts in the clause though it is no actor: 全市, 这家公司, a gathering, a place; None where none of them does."""
    text, trigger = story.text, deed.trigger
    clause = sentence.clauses[deed.clause]
    opening = participants.behind_times(clause[0], sentence.times)
    if text[opening] == "该" and (ends := participants.THAT_ONE.get(text[opening : opening + 2])):
        named = story.spoken_of.named_before(opening, ends)
        return (named,) if named else ()
    if story.gathering_told and _THE_GATHERING.match(text, opening, trigger.start):
        return (story.gathering_told,)  # 大会签约项目242个
    if text[opening] in "省市县州" and text[opening + 1] in "上里" and (meant := story.spoken_of.place_meant(sentence, text[opening], True)):
        return (meant.name,)  # 州上举行发布会
    whole = WHOLE.search(text, clause[0], trigger.start)
    if whole and not participants.is_governed(text, whole.start()):
        meant = story.spoken_of.place_meant(sentence, whole[2], whole[1] == "我")
        return (meant.name,) if meant else ()
    if text.find("这家", clause[0], trigger.start) >= 0 and participants.points_back(text, clause[0], trigger.start) and (company := story.topic(sentence, company=True)):
        return (company,)
    held = trigger.text in triggers.words_for("held")
    if trigger.text not in triggers.prize_words() and (gathering := story.gathering(opening if held else clause[0], trigger.start, held)):
        return (gathering,)
    if text.startswith(_WITH_CHINA, opening) and (country := next((p.name for p in sentence.places if p.start == opening + 3 and p.level == "country"), "")):
        return ("中国", country)  # 中国与新西兰签署协议
    if place := participants.acting_place(text, clause[0], trigger, sentence.places, story.words(clause), sentence.times):
        zone = next((word for word in story.words(clause) if word.start == place.start), None)
        if zone is not None and zone.end > place.end and zone.text[-1] == "区":
            return (zone.text,)  # 苏州高新区: one word to the dictionary
        return _with_joined(text, place, sentence.places, trigger.start)
    return None


_THE_GATHERING = re.compile("(?:大会|展会|盛会)(?:现场|期间|还|共|又|洽谈|累计)*$")


def _spoken_of(story: Story, sentence: Sentence, deed: Told, own: participants.OwnSubject) -> tuple[str, ...]:
    """Who is named next (自2017年重组以来，诺基亚裁员), who says so, or whom the text spoke of last; `own`: the noun the clause has itself."""
    text, trigger = story.text, deed.trigger
    clause = sentence.clauses[deed.clause]
    if (deed.since or text.endswith("以来", *clause)) and (after := [a.name for a in sentence.actors if a.start >= clause[1]]):
        return (after[0],)
    if trigger.text == "诞生" and text.startswith("了", trigger.end):
        return ()  # 村里还诞生了三名冠军
    if trigger.text in triggers.words_for("electing"):
        return ()  # 选举刘立人为市长: a body elects, and nobody who was spoken of
    if own.exists and trigger.text in triggers.words_for("of a life"):
        return ()
    if own.exists:
        frame = story.frame(sentence)
        close = frame is not None and frame.paragraphs == 0 and frame.sentences <= 1
        topic = story.spoken_of.topic(sentence, company=True) if close else ""
        return (topic,) if topic and _is_of(story, sentence, deed, topic, own.noun) else ()
    if text.startswith("的", trigger.end) and trigger.text in triggers.coming_to_be():
        return ()  # 去年召开的会议: nobody is told to have done it
    if by_word := _who_says_so(story, sentence, clause[0]):
        return (by_word,)
    named = _COMPANY.search(text, sentence.start, trigger.start) is not None
    topic = story.topic(sentence, company=True) if named else ""
    if not topic and not _ITSELF.match(text, participants.behind_times(clause[0], sentence.times), trigger.start):
        topic = story.topic(sentence)
    return (topic,) if topic and not (trigger.text in triggers.words_for("of a life") and story.spoken_of.is_company(topic)) else ()


def _is_of(story: Story, sentence: Sentence, deed: Told, topic: str, noun: Span | None) -> bool:
    """Whether what does the deed, the `noun` of its clause, is the one spoken of or his: 公司, 其上市计划, 营收, a part of his name, or not
    what the clause opens with (与远山网签约, 完成铁路建设); the noun itself does it else: 江海公司完成融资。|远山网完成融资."""
    text, clause, at = story.text, sentence.clauses[deed.clause], deed.trigger.start
    opening = participants.behind_times(clause[0], sentence.times)
    if text[opening] in "与和同跟对向给为其" or text[at - 1] == "、" or _COMPANY.search(text, opening, at):
        return True  # 与优酷联姻|、收购高德
    if noun is None:
        return text.find("向", opening, at) >= 0 or text.find("对", opening, at) >= 0  # 近日，|向我省捐款
    called = text[slice(*noun)]
    if text[noun[0] - 1] in "与和同跟" or called in topic or called.endswith(words_of("measured")) or called in words_of("of a company"):
        return True
    return next((word.flag in ("v", "vn", "p") for word in story.words(clause) if word.start >= opening), False)


# 云江创艺区前身为钢管厂，…，于2016年12月投入运营; 园区以创意为定位 only says what kind of thing.
_DESCRIBED = re.compile(r"([^\W\d的在于将与为了]{2,16})(?=前身|位于|地处|坐落|占地|源于|凭借|总投资|总建筑面积|全长|总长|[东南西北]起|起于|横跨|又称|又名|以[“一-鿿][^，。]{1,24}为)")
_ONLY_A_KIND = re.compile(r"(?:该|本|整个)?(?:园区|项目|基地|公园|平台|工程|公司|企业|展馆|景区|中心|大桥|线路|全线|一期|二期)(?:一期|二期|总)?")
_ITSELF = re.compile("(?:该|本)?(?:公司|集团|行|企业|平台|店铺|品牌)(?![创负董总员内的])")  # 公司在深交所上市: no person lists
_COMPANY = re.compile(r"公司|集团|该行|企业")


def _with_joined(text: str, place: Place, places: Sequence[Place], stop: int) -> tuple[str, ...]:
    """A place that acts and those joined to it: 中国与新西兰达成一致."""
    names, end = [place.name], place.end
    for other in places:
        if end < other.start < stop and text[end : other.start] in ("、", "与", "和", "同", "及"):
            names.append(other.name)
            end = other.end
    if place.level == "country" and _AND_CHINA.match(text, end):
        names.append("中国")
    return tuple(names)


_WITH_CHINA = ("中国与", "中国和", "中国同")  # 中国 is no place of another country
_AND_CHINA = re.compile("[与和同]中国(?=[，。、；在于就签达正宣缔]|首次|共同|恢复|举行|两国|建交|建立)")  # but 与中国银行


def _named_behind(text: str, sentence: Sentence, deed: Told) -> str:
    """Who opens the next clause where the deed's own only says after what it was: 继收购远山乳业后，云海集团…; "" for nobody."""
    end = sentence.clauses[deed.clause][1]
    if deed.clause + 1 == len(sentence.clauses) or not text.endswith(_AFTERWARDS, deed.trigger.end, end):
        return ""
    start = sentence.clauses[deed.clause + 1][0]
    return next((actor.name for actor in sentence.actors if actor.start - len(actor.role) == start), "")


_AFTERWARDS = ("后", "之后", "以后", "之余", "的同时")


def _acting(text: str, sentence: Sentence, start: int, end: int) -> Actor | None:
    """The first actor of [start, end) that nothing governs."""
    for actor in sentence.actors:
        if start <= actor.start and actor.end <= end and participants.is_subject(text, actor) and not _owns_next(text, sentence, actor, end):
            return actor
    return None


def _owns_next(text: str, sentence: Sentence, actor: Actor, end: int) -> bool:
    """阿里巴巴 in 阿里巴巴旗下盒马鲜生: whose the next one is."""
    return text.startswith("旗下", actor.end) and any(actor.end + 2 <= other.start <= actor.end + 8 and other.end <= end for other in sentence.actors)


# 主计总处公布，去年出口4000亿美元: what an office gives out is done by others; 小马公布，完成融资 is its own.
_GIVEN_OUT = tuple(office + verb for office in ("局", "处", "署", "海关", "中心", "会", "委", "部", "厅", "所", "研究院") for verb in ("公布", "发布"))
_HE = re.compile("[他她](?!们)")
_WITH = re.compile("(?:并|还|又|也)?(?:与|和|同|跟)(?![时期年样日比一会])")
_BOTH = re.compile("双方(?!代表|领导|负责|企业|人员)")
_OF_PARTNERS = frozenset(["agreement", "acquisition", "investment", "launch"])
_IS_CALLED = re.compile("接到?[^，。；]{0,8}(?:报警|求助|报告|报案|警情|电话)[^，。；]{0,2}$|接报$")
_JUDGES = frozenset(["判处", "判决", "责令", "处以"])
_OF_COURTS = frozenset(["判处", "判决"])
_ONLY_WHENCE = frozenset("从经凭")  # 云江茶凭借口味，|从七十款茶里胜出，获得金奖
_GOES_ON = re.compile("同时|此外|另外|随后")
WHOLE = re.compile(r"([全我])([省市区县州])(?![一-鿿]{0,4}(?:第|首))")


def _who_says_so(story: Story, sentence: Sentence, at: int) -> str:
    """甲基金会表示，该会心系灾区，当天拨款: what a body says of the sentence that it tells of itself."""
    for start, end in sentence.clauses:
        if end > at:
            return ""
        if story.text.endswith(_OF_ITSELF, start, end):
            for actor in sentence.actors:
                if start <= actor.start < end and actor.type != "person" and participants.is_subject(story.text, actor):
                    return actor.name
    return ""


_OF_ITSELF = ("表示", "宣布", "称")


def _named_ahead(story: Story, sentence: Sentence, deed: Told, own: bool) -> tuple[str, ...]:
    """Who the clauses before name: an actor; else the place or noun the clause right before ends or begins with."""
    before = participants.subjects_before(story.text, sentence.clauses, deed.clause, sentence.actors, sentence.triggers)
    if before or own or not deed.clause:
        return before
    start, end = sentence.clauses[deed.clause - 1]
    for place in sentence.places:  # 居全国第五的河南，去年被四川超越
        if place.end == end and place.adcode and not participants.is_governed(story.text, place.start):
            return (place.name,)
    if participants.is_source(story.text, start, end):
        if not story.text.startswith(("公司", "集团"), sentence.clauses[deed.clause][0]):
            return ()
        announcing = (a.name for a in sentence.actors if start <= a.start < end and a.type == "company")
        return tuple(announcing)[:1]  # 甲公司公告称，公司与市政府签约
    for start, end in reversed(sentence.clauses[max(0, deed.clause - 3) : deed.clause]):  # 利民鞋业等企业联动，慷慨解囊，捐款捐物
        if _MEASURED_ONLY.match(story.text, start, end):
            continue
        if story.text.endswith(_GIVEN_OUT, start, end):
            return ()  # 主计总处公布，去年出口4000亿美元
        verb = next((t for t in sentence.triggers if start <= t.start < end), None) or replace(deed.trigger, start=end, end=end)
        words = story.words((start, end))
        if place := participants.acting_place(story.text, start, verb, sentence.places, words, sentence.times):
            return (place.name,)  # 临江备案两只基金，均由国资设立
        noun = participants.own_subject(words, verb, sentence.times)
        if noun.span:
            return (story.text[noun.span[0] : noun.span[1]],)
        if noun.exists:
            return ()
    return ()
