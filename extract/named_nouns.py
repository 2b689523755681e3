"""Which noun that does a deed is the name of somebody or something: 云江创艺区 in 云江创艺区投入运营.

Knows what makes a noun a name where no finder of actors knows it. Leaves out which noun that is in the clauses before
(`doers.py`).
"""

from __future__ import annotations

import re

from extract.doers import Nouns
from extract.story import Story
from extract.story_sentences import Sentence
from extract.telling import Told
from extract.words import is_word, tag


def named_noun(story: Story, sentence: Sentence, deed: Told, nouns: Nouns) -> str:
    """The noun that did the deed, if it is a name: that of a clause before, else that of its own; "" for others."""
    noun = nouns.ahead or _own_noun(story, sentence, deed, nouns)
    return noun if noun and _is_a_name(noun) else ""


def _own_noun(story: Story, sentence: Sentence, deed: Told, nouns: Nouns) -> str:
    """What does the deed in its own clause, though it is no actor: 云江创艺区 in 云江创艺区投入运营."""
    noun = nouns.own.noun
    if noun is None or story.text[noun[0] - 1] in "“《" or story.text.startswith(_NEWS, noun[1]):
        return ""
    if story.text[noun[0]] in "家个名位所" and story.text[noun[0] - 1].isdecimal():
        return ""  # 13|家茶企: cut by the dictionary
    if any(place.start < noun[1] <= place.end for place in sentence.places):
        return ""  # 浙江省玉环|市发生火灾: where, and not who
    between = [w for w in story.words(sentence.clauses[deed.clause]) if noun[1] <= w.start < deed.trigger.start]
    governed = next((n for n, w in enumerate(between) if w.flag == "p"), len(between))
    if any(w.flag[0] == "n" or w.flag == "vn" for w in between[:governed]):
        return ""  # 云江产业发展投资|引导基金发布, 远山县|今年第一批工程开工: another noun is nearer
    return story.text[noun[0] : noun[1]].rpartition("的")[2]


def _is_a_name(noun: str) -> bool:
    """云江创艺区 and 张近山 are; 消费券, 一些高校 and 海鸥电梯, made of everyday words, may be anything."""
    if not 2 < len(noun) < 16 or noun[-1].isdecimal() or noun.startswith(_NO_NAME) or noun.endswith(_NO_NAMES_END):
        return False
    if _JOINED.search(noun):
        return False
    return any(len(word.text) > 1 and (word.flag in _PROPER or not is_word(word.text)) for word in tag(noun))


_PROPER = frozenset(["ns", "nr", "nz", "nt", "eng", "nrt", "nrfg"])
_NEWS = ("消息", "讯", "报道")
_JOINED = re.compile("[与和及、]|[首第每][批个次期轮条列辆架艘台款家座]|第[一二三四五][批次期轮]|[一二两三四五六七八九十][批个次期轮]")
_NO_NAME = ("较", "比", "我", "这", "该", "一", "多", "数", "某", "各", "其", "本", "全")
_KINDS = ("企业", "公司", "机构", "高校", "消费者", "市民", "农民", "产品", "商品", "市场", "行业", "产业", "人士", "们", "等", "量", "额", "数", "率", "规模", "收入")
_THINGS_DONE = ("项目", "活动", "仪式", "典礼", "工程", "会", "方案", "计划", "政策", "产品")  # they open or start and nobody does it
_NO_NAMES_END = (*_KINDS, *_THINGS_DONE)
