"""Dated happenings of an article as drafts: what, when, who, where, in whose words.

Knows how to put a deed (`deeds.py`) with who did it (`doers.py`), where, and a title (`titles.py`) into a draft,
and joins the tellings of one deed.
Leaves out opinions, plans, general truths and whatever cannot be dated to at least a year.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import add, itemgetter

from extract import participants, triggers
from extract.deeds import deeds_in
from extract.doers import OF_THE_TRADE, WHOLE, Nouns, doers_of
from extract.finds import within
from extract.mentions import Actor, EventDraft, EventType, Place, make
from extract.named_nouns import named_noun
from extract.passages import Span
from extract.story import Sentence, Story, Understood
from extract.telling import Told
from extract.titles import title
from extract.triggers import Trigger


def draft_events(article: Understood) -> list[EventDraft]:
    """Drafts in order of their marks; tellings of one event joined in `also`."""
    story = Story(article)
    drafts: list[EventDraft] = []
    starts = list(map(itemgetter(0), article.said))
    for sentence in story.sentences():
        deeds = deeds_in(story, sentence)
        for deed in deeds:
            at = bisect_right(starts, deed.trigger.start) - 1
            speaker = article.said[at].name if at >= 0 and deed.trigger.start < article.said[at].end else ""
            made = _drafts(story, sentence, deed, _own_part(story.text, sentence, deed, deeds), speaker)
            if made and drafts and drafts[-1].title == made[0].title and drafts[-1].date == made[0].date and drafts[-1].quote_start == made[0].quote_start:
                drafts.pop()  # 发布公告称，法院裁定…: that it is said, and what, have one title
            drafts += made
            if made:
                story.remember(sentence, deed.dates[-1], made[0], deed.trigger.type == "meeting" or made[0].type == "meeting")
    return _joined(drafts)


def _own_part(text: str, sentence: Sentence, deed: Told, deeds: Sequence[Told]) -> Span:
    """The deed's clause, or its part of it: 与优酷联姻 and 收购高德 are listed in one, 重组 ends in 重组以来, “总算签约了。” before 周立人说."""
    start, end = sentence.clauses[deed.clause]
    at = deed.trigger.start
    said = text.find("。", deed.trigger.end, end)
    end = said if 0 <= said < end - 1 else end
    if deed.since:
        return start, deed.trigger.end
    if len(deeds) == 1 and text[at - 1] not in "、和并及":
        return start, end
    listed = [d.trigger.start for d in deeds if d.clause == deed.clause and text[d.trigger.start - 1] in "、和并及"]
    return max([start, *(s for s in listed if s == at)]), min([end, *(s - 1 for s in listed if s > at)])


def _drafts(story: Story, sentence: Sentence, deed: Told, part: Span, speaker: str) -> list[EventDraft]:
    """One draft for each date of the deed, and for each partner it was done with; `part` of its clause tells it."""
    if speaker and story.text.find("我们", part[0], deed.trigger.start) >= 0 and _is_quoted(story.text, deed.trigger.start):
        return []  # “今天我们宣布完成融资”: who 我们 are only the speaker can say
    in_part = within(sentence.actors, *part)
    partners = participants.each_of(story.text, deed.trigger, in_part, *part)
    if not partners:
        return _draft(story, sentence, deed, part, in_part, speaker)
    around = (partners[0].start, partners[-1].end)
    drafts = []
    for partner in partners:
        called = partner.name if partner.type == "government" else partner.text
        one = partner._replace(start=around[0], end=around[1], text=called)
        made = _draft(story, sentence, deed, part, [a for a in in_part if a not in partners] + [one], speaker)
        there = tuple(p for p in sentence.places if partner.start <= p.start < partner.end and p.adcode)
        drafts += [draft._replace(places=there or draft.places) for draft in made]
    return drafts


def _is_where_shown(text: str, actor: Actor) -> bool:
    """在京东上推出新品: a platform on which it was done."""
    return text[actor.end : actor.end + 1] == "上" and text[max(0, actor.start - 1)] == "在" and text[actor.end + 1 : actor.end + 2] not in "市线架"


def _names(sentence: Sentence, trigger: Trigger, told: Iterable[str]) -> tuple[str, ...]:
    """The names `told` once each; none where a place alone is told of what befell it (临江市发生火灾)."""
    names = tuple(dict.fromkeys(told))
    if names[1:]:
        return _bodies_once(names)
    befell = names and trigger.text in triggers.words_for("happening") and any(place.name == names[0] for place in sentence.places)
    return () if befell else names


def _bodies_once(names: Sequence[str]) -> tuple[str, ...]:
    """市政府 is not another body beside 临江市政府."""
    return tuple([name for name in names if name[0] not in "省市区县" or all(other == name or not other.endswith(name) for other in names)])


def _is_quoted(text: str, at: int) -> bool:
    """Whether a quotation is open at `at`."""
    floor = max(0, at - _LONGEST_QUOTATION)
    return text.rfind("“", floor, at) > text.rfind("”", floor, at)


_LONGEST_QUOTATION = 300


def _draft(
    story: Story, sentence: Sentence, deed: Told, part: Span, actors: list[Actor], speaker: str
) -> list[EventDraft]:
    """One draft for each date of the deed, done by and to `actors`."""
    trigger = deed.trigger
    nouns = Nouns(story, sentence, deed)
    if (trigger.text in _MEASURES or (trigger.text in _REACHES and _BARE_AMOUNT.match(story.text, trigger.end, part[1]))) and not _says_of_what(sentence, deed, actors, nouns):
        return []
    more = _goes_on_in(story, sentence, deed) if trigger.text in _RAISED or trigger.text in _PUNISHES else None
    if more:
        actors = [*actors, *(a for a in sentence.actors if more[0] <= a.start < more[1] and a not in actors)]
    subjects = doers_of(story, sentence, deed, actors, nouns)
    names = _names(sentence, trigger, [*[a.name for a in actors if not _is_where_shown(story.text, a)], *subjects])
    story.acted(sentence, (subjects or names)[:1])
    span = _title_span(story.text, sentence, deed, part)
    if more and deed.trigger.text not in _RAISED:
        span = (span[0], more[1])
    kind = triggers.type_of(story.text, trigger, *span)
    company = _company_meant(story, sentence, story.text.find("公司", *span), speaker) if "公司" in story.text[span[0] : span[1]] else ""
    noun = nouns.ahead if not names else ""
    if not names and (named := named_noun(story, sentence, deed, nouns)):
        names = (named,)
    heading = title(story, span, trigger, actors, sentence.times, (noun,) if noun else subjects, company, _asides(story.text, sentence, deed, span))
    if company and company not in names and company in heading:
        names = (*names, company)
    if len(heading) <= len(trigger.text) + (2 if not names and heading.startswith(trigger.text) else 0):
        return []  # a title that says no more than the deed does not stand alone
    if not names and trigger.text in OF_THE_TRADE and heading.startswith(trigger.text):
        return []  # nor does 发送旅客209万人次
    if _POINTS_BACK.fullmatch(heading):
        return []  # nor does 上述事故发生
    places = _places(story, sentence, deed, actors) or _home_of(story, sentence, deed, names) or _venue(story, sentence, deed, names)
    quote = _quote(sentence, deed)
    return [
        make(EventDraft, (
            trigger.start, trigger.end, *quote, date.edtf, date.words, date.span, heading, kind, names, places, speaker, (),
            f"{trigger.text}: date from {date.near}",
        ))
        for date in deed.dates
    ]  # fmt: skip


def _company_meant(story: Story, sentence: Sentence, at: int, speaker: str) -> str:
    """The company that 公司 at `at` stands for: the one that says so, else the one spoken of last."""
    if story.text[at - 1] not in _BEFORE_COMPANY:
        return ""
    named = [actor for actor in sentence.actors if actor.type == "company" and actor.start < at]
    if any(actor.end > at for actor in named):
        return ""
    if speaker and story.is_company(speaker):
        return speaker
    return named[-1].name if len({actor.name for actor in named}) == 1 else "" if named else story.topic(sentence, company=True)


_BEFORE_COMPANY = frozenset("，,。；：、对去任向为与和将由给从在了 \n")


def _goes_on_in(story: Story, sentence: Sentence, deed: Told) -> Span | None:
    """The clauses behind that tell the rest of the deed: who is punished (作出处罚决定，责令甲…), who invests (完成融资，由甲领投，乙跟投)."""
    text, clauses, last = story.text, sentence.clauses, deed.clause
    if deed.trigger.text in _RAISED:
        while last + 1 < len(clauses) and _INVESTED.search(text, *clauses[last + 1]):
            last += 1
    elif last + 1 < len(clauses) and deed.trigger.end == clauses[last][1] and _PUNISHED.match(text, *clauses[last + 1]):
        last += text.find("对", clauses[last][0], deed.trigger.start) < 0
    return (clauses[deed.clause + 1][0], clauses[last][1]) if last > deed.clause else None


_RAISED = frozenset(["融资", "完成融资", "获得融资", "获融资", "融资完成"])
_INVESTED = re.compile("[领跟参]投|参与(?:本轮|此轮|本次|投资)|继续加[码注]|追加投资|财务顾问")
_PUNISHES = frozenset(["处罚", "行政处罚决定", "处分", "判决", "裁定"])
_PUNISHED = re.compile("(?:并|依法)?(?:责令|对|给予|处以|处|没收|判处|判令|认定)")

_MEASURES = frozenset(["创下", "录得", "刷新", "上涨", "下跌", "大涨", "大跌", "收涨", "收跌", "飙升", "暴涨", "暴跌"])

_REACHES = frozenset(["突破", "达到", "超过"])
_BARE_AMOUNT = re.compile("了?[约近逾超]?[0-9][0-9.,]*[万亿千百]*[余多]?[一-鿿]{0,3}[。；]?$")  # 2017年突破10亿元


def _says_of_what(sentence: Sentence, deed: Told, actors: Sequence[Actor], nouns: Nouns) -> bool:
    """创下新低, without a word of what did, is half a sentence: its number belongs to a figure."""
    clause = sentence.clauses[deed.clause]
    if any(actor.end <= deed.trigger.start for actor in actors) or any(clause[0] <= p.start < deed.trigger.start for p in sentence.places):
        return True
    return nouns.own.exists


_POINTS_BACK = re.compile("(?:上述|此次|这次|这起|该起|该)(?:事故|事件|火灾|灾害|悲剧|案件)(?:是在当地时间)?发生")
_SAYING: frozenset[EventType] = frozenset(["publication", "speech"])


def _title_span(text: str, sentence: Sentence, deed: Told, part: Span) -> Span:
    """The clause of the deed; what is said follows the verb of saying: 央行回击称,银行间债市是机构投资者的市场.

    A clause that only says when is passed over: 商务部公布,今年1-4月,境内投资者投资….
    """
    start, end = part
    if text[start] == "这" and _APPOSED.match(text, start) and (behind := text.rfind("的", deed.trigger.end, end)) > 0:
        return start + 2, behind  # 腾讯，这个|十年前入股京东|的巨头，…
    word = deed.trigger.text
    says = deed.trigger.type in _SAYING or (word == "提出" and text.find("被", start, deed.trigger.start) < 0) or (word in triggers.framing() and (word == "宣布" or text.endswith(_CALLS, deed.trigger.end, end)))
    stop = end - 1 if text[end - 1] == "。" else end
    if text[stop - 1] in "后来时际" and not deed.since and (when := _WHEN.search(text, max(deed.trigger.end + 1, stop - 3), stop)):
        end = when.start()  # 确定为试点县后, 签约之际: only the deed is the title
    if deed.clause and text[start] == "在" and triggers.gatherings()[1].search(text, *sentence.clauses[deed.clause - 1]):
        return sentence.clauses[deed.clause - 1][0], end  # 首批项目开工活动，在东湖园区举办
    if deed.trigger.type == "founding" and (aged := deed.dates[-1].span) and aged[0] == deed.trigger.end and "周年" in deed.dates[-1].words:
        return start, deed.trigger.end  # 成立|三十周年
    if text.startswith("以及", end + 1) and any(actor.end == end for actor in sentence.actors):
        return start, sentence.clauses[deed.clause + 1][1]  # 获得甲，以及乙的投资
    if says and text.endswith("显示", deed.trigger.end, end):
        return start, end - 2  # 统计局6月5日发布数据|显示
    if not says or (deed.trigger.end < end - 2 and not text.endswith(_CALLS, deed.trigger.end, end)):
        return start, end
    for first, last in sentence.clauses[deed.clause + 1 : deed.clause + 5]:
        if not any(time.start <= first + 1 and last <= time.end + 1 for time in sentence.times) and not _SUBORDINATE.match(text, first, last) and not _GIVES_REASON.search(text, first, last):
            return start, last
    following = sentence.clauses[deed.clause + 1 : deed.clause + 2]
    return start, following[0][1] if following else end


# 公告称，因业务调整，平台停止运营: the reason, or up to when, does not stand for what is said
_SUBORDINATE = re.compile("因(?![此而])|由于|为了|根据|按照|依据|依照|截至|截止|随着|鉴于|尽管|虽然|即(?![将使便可])")


_GIVES_REASON = re.compile("因[^，。；]{2,14}(?:需要|原因|考虑|变动|调整|安排)$")  # 公告，控股股东|因自身资金需要，|计划减持
_CELEBRATES = ("迎来", "喜迎", "庆祝", "纪念")


def _asides(text: str, sentence: Sentence, deed: Told, span: Span) -> list[Span]:
    """The clauses of a title's span, behind the deed's, that only say why or up to when, each with its comma."""
    at = deed.trigger.start
    if deed.trigger.type == "founding" and text.endswith(_CELEBRATES, span[0], at):
        return [(at - 2, at)]  # 迎来|成立三周年
    if span[1] <= sentence.clauses[deed.clause][1]:
        return []
    asides = []
    for first, last in sentence.clauses[deed.clause + 1 :]:
        if last >= span[1]:
            break
        if _SUBORDINATE.match(text, first, last):
            asides.append((first, last + 1))
        elif reason := _GIVES_REASON.search(text, first, last):
            asides.append((reason.start(), last + 1))
    return asides


_APPOSED = re.compile("这[个家位名](?=[^，。；]*的[^，。；的]{2,8}[，。])")
_WHEN = re.compile("(?:之[后际]|以[后来]|后(?<![先前售产今然0-9之以]后)|时(?<![小同届准计此随及实限平工]时))$")
_CALLS = ("称", "显示", "指出", "表示", "宣布")


def _places(story: Story, sentence: Sentence, deed: Told, actors: Sequence[Actor]) -> tuple[Place, ...]:
    """Where: the places of the clause, else of the one before, else of the sentence before on the same date."""
    start, end = sentence.clauses[deed.clause]
    everything = deed.trigger.type in ("founding", "launch") or deed.trigger.text == "落户"
    chosen = participants.places_of(story.text, sentence.places, start, end, actors, everything)
    if chosen and _is_abroad(story.text, sentence, (start, end)):
        chosen = [place for place in chosen if not place.inside]
    if chosen[1:] and deed.trigger.text in triggers.words_for("held") and (where := story.text.rfind("在", start, deed.trigger.start)) >= 0:
        chosen = [place for place in chosen if where < place.start < deed.trigger.start] or chosen  # 温州市茶叶签约仪式在|上海举行
    if deed.trigger.type == "relief" and all(place.inside for place in chosen) and (stricken := _stricken(story, sentence, (start, end))):
        return (stricken,)
    if chosen and deed.trigger.type in ("meeting", "visit") and (elsewhere := _not_of_offices(sentence, chosen, start)):
        chosen = elsewhere
    if not chosen and (whole := WHOLE.search(story.text, start, deed.trigger.start)) and (meant := story.place_meant(sentence, whole[2], whole[1] == "我")):
        return (meant,)
    if not chosen:
        before = sentence.clauses[max(0, deed.clause - 1)][0]
        if story.text.startswith("除", before) or (deed.clause and _MEDIA_SAY.search(story.text, *sentence.clauses[deed.clause - 1])):
            before = start  # 除了湖北、新疆: where it was not; 据临江市政府网站消息: where it was read
        chosen = participants.places_of(story.text, sentence.places, before, start, sentence.actors, False)
        dated = deed.dates[0].span
        if chosen and dated is not None and start <= dated[0]:
            chosen = _not_of_another(sentence, chosen, before, start)
    if not chosen and deed.dates[0].near == "paragraph":
        chosen = story.venue(sentence, deed.trigger.start) or story.places_before(sentence)
    return tuple({place.adcode: place for place in chosen}.values()) if chosen else ()


def _is_abroad(text: str, sentence: Sentence, clause: Span) -> bool:
    """Whether the clause says that it was done abroad: 北京市商务局在纽约举办推介会 was not in 北京市."""
    return any(clause[0] <= p.start < clause[1] and not p.adcode and not p.inside and text[p.start - 1] in "在于赴" for p in sentence.places)


def _home_of(story: Story, sentence: Sentence, deed: Told, names: Sequence[str]) -> tuple[Place, ...]:
    """The places that did it, or whose bodies did: 云海市 of 云海市统计局, and of 市统计局 where 市 is 云海市; not what they did in 纽约."""
    if _is_abroad(story.text, sentence, sentence.clauses[deed.clause]):
        return ()
    homes = {}
    for name in names:
        place = story.place_in_front(name) or (story.place_meant(sentence, name[0], False) if name[0] in "省市县区" else None)
        if place and (place.name == name or name.endswith(_BODIES)):
            homes[place.adcode] = place
    return tuple(homes.values())


def _venue(story: Story, sentence: Sentence, deed: Told, names: Sequence[str]) -> tuple[Place, ...]:
    """Where the news of a gathering that was held was sent from, if nothing else says where: 云海7月28日电 第二届茶博会今天谢幕."""
    if not names or deed.trigger.text not in _OVER or not names[0].endswith(_GATHERS):
        return ()
    sent_from = story.sent_from(sentence)
    return (sent_from,) if sent_from else ()


_OVER = frozenset(["开幕", "闭幕", "谢幕", "落幕", "落下帷幕", "收官", "启幕"])
_GATHERS = ("会", "展", "节", "赛", "论坛", "周")
_BODIES = ("局", "委", "厅", "政府", "办", "中心", "协会", "商会", "会")


def _not_of_another(sentence: Sentence, places: Sequence[Place], before: int, start: int) -> list[Place]:
    """1965年出生于温州，1988年毕业: behind the deed of the clause before, a place is only where that one was."""
    told = next((t.end for t in sentence.triggers if before <= t.start < start), start)
    return [place for place in places if place.start < told]


_MEDIA_SAY = re.compile("(?:网站?|报|社|台|刊|频道|客户端|公众号|微博)(?:消息|报道|报导|讯|发布)$")


def _stricken(story: Story, sentence: Sentence, clause: Span) -> Place | None:
    """Whom a gift is for, where its clause says 灾区, or a later one whom it helps (捐款20万元，驰援云海防汛): where the disaster is."""
    if _OF_DISASTER.search(story.text, *clause):
        return story.stricken()
    return next((p for p in sentence.places if p.start >= clause[1] and p.adcode and not p.inside and story.text.endswith(_HELPING, 0, p.start)), None)


_OF_DISASTER = re.compile("灾(?!后)")
_HELPING = ("驰援", "支援", "援助", "支持", "帮助", "助力")


def _not_of_offices(sentence: Sentence, chosen: Sequence[Place], start: int) -> list[Place]:
    """来到沈阳，与辽宁省委书记会谈: the place an office is of gives way to one the sentence names ahead of the clause at `start`."""
    bodies = [actor for actor in sentence.actors if actor.type == "government"]
    if not all(place.inside and not any(body.start <= place.start < body.end for body in bodies) for place in chosen):
        return []
    return [p for p in sentence.places if p.end <= start and p.adcode and not p.inside][-1:]


def _quote(sentence: Sentence, deed: Told) -> Span:
    """The sentence where it is short, else the clauses from the date to the deed."""
    if sentence.end - sentence.start <= 160:
        return sentence.start, sentence.end
    start, end = sentence.clauses[deed.clause]
    for date in deed.dates:
        if date.span and sentence.start <= date.span[0] < start and end - date.span[0] <= 200:
            start = date.span[0]
    return start, end


# --- tellings of one event -------------------------------------------------------------------------------------


def _joined(drafts: Sequence[EventDraft]) -> list[EventDraft]:
    """Of drafts that tell one event the fullest stays and names the others' passages."""
    kept: list[EventDraft] = []
    tellings: list[dict[Span, None]] = []  # the passages of each kept draft, in order
    by_key: dict[tuple[str, str, str], list[int]] = {}
    for draft in drafts:
        kind, year = draft.type, draft.date[:4]
        keys = [(kind, year, name[:-2] if name[-2:] == "政府" else name) for name in draft.actors]
        if kind in _ONCE_A_DAY and len(draft.date) == 10:
            # one blast a day, whoever is named; 嘉宾宣布项目开工, behind 工厂开工
            keys.append((kind, draft.date, draft.rule.partition(":")[0]))
        if not keys:
            keys.append((kind, draft.date, draft.title))
        candidates = dict.fromkeys([index for key in keys if key in by_key for index in by_key[key][-_TELLINGS:]])
        same = next((index for index in candidates if _one_event(kept[index], draft)), None)
        passage = (draft.quote_start, draft.quote_end)
        if same is None:
            for key in keys:
                by_key.setdefault(key, []).append(len(kept))
            kept.append(draft)
            tellings.append({passage: None})
            continue
        tellings[same][passage] = None
        if _fullness(draft) > _fullness(kept[same]):
            kept[same] = draft
    for index, draft in enumerate(kept):
        if len(tellings[index]) > 1:
            own = (draft.quote_start, draft.quote_end)
            kept[index] = draft._replace(also=tuple(span for span in tellings[index] if span != own))
    return sorted(kept, key=lambda draft: draft.start)


_ONCE_A_DAY = frozenset(["incident", "launch"])
_LEAVES = re.compile("辞职|辞去|辞任|请辞")
_TELLINGS = 20  # so many earlier events are compared with each; more would make a long list of dates quadratic


def _fullness(draft: EventDraft) -> tuple[int, int]:
    return len(draft.date.rstrip("~?%")), len(draft.actors)


def _one_event(first: EventDraft, second: EventDraft) -> bool:
    """Same type, year and an actor (the caller saw to that), dates that allow each other, and much the same title."""
    if first.start == second.start:
        return False
    one, two = first.date.rstrip("~?%"), second.date.rstrip("~?%")
    if not two.startswith(one) and not one.startswith(two):
        return False
    leaves = _LEAVES.search(first.title) is not None and _LEAVES.search(second.title) is not None
    word = first.rule.partition(":")[0]
    one_word = word == second.rule.partition(":")[0]
    if first.quote_start == second.quote_start and first.quote_end == second.quote_end and not leaves and not one_word:
        return False  # 中心投入使用，并开通通道: the sentence set them apart
    if second.type == "incident" and second.title.startswith(word):
        return True  # 火灾发生在东湖街道: of the fire that was told
    if second.type == "launch" and triggers.declared()[0].search(second.title):
        return True
    apart = set(first.actors) - set(second.actors), set(second.actors) - set(first.actors)
    if all(apart) and first.type != "incident" and _has_another(apart[0], second.actors) and _has_another(apart[1], first.actors):
        return False  # each with a party of its own: 收购高德, 收购京东
    if leaves:
        return True  # 周立人辞职, 周立人申请辞去董事长职务: one leaves once
    near = 0.55
    if len(one) >= 7 and len(two) >= 7:  # 作出处罚决定 and 发出指导书 on one day are two deeds of one actor
        near = 0.35 if one_word else 0.5
    return text_nearness(first.title, second.title) >= near


def _has_another(names: Iterable[str], others: Sequence[str]) -> bool:
    """Whether one of `names` is no party in `others`; 海城市 and 海城市政府 are one party."""
    return any(not any(name in other or other in name for other in others) for name in names)


def text_nearness(first: str, second: str) -> float:
    """Dice coefficient of character bigrams, 0 to 1."""
    one, two = set(map(add, first, first[1:])), set(map(add, second, second[1:]))
    return 2 * len(one & two) / max(1, len(one) + len(two))
