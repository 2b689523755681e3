"""Measures in fixed wordings: 造成3人死亡, 以23亿元收购, 5亿美元(约39亿港元), 年产90万件衬衫缝制项目.

Knows wordings that say by themselves what is counted. Leaves out things in front and behind (`things_in_front.py`,
`things_behind.py`).
"""

from __future__ import annotations

import re
from functools import cache

from extract.amount_clause import PARTS, AmountClause, Measure, measured
from extract.bodies import collective_in
from extract.measure_words import ending, is_money, tails_of, words_of
from extract.passages import ROW_MARKS
from extract.phrase_words import clause_start
from extract.pieces import Mark

CONVERTED = "same money in another currency"


def second_amount(view: AmountClause) -> Measure | None:
    """处以其销售额380亿元3%的罚款: of two amounts in a row the second is a part of the first."""
    if view.unit not in PARTS or view.i == 0 or view.pieces[view.i - 1].flag != "Q" or not view.base:
        return None
    noun = view.thing
    return Measure(f"{noun}占{view.base}比例" if noun else f"{view.base}比例", noun or view.base, "", "part of the amount before")


# 以29.85%的市占率位列第二: a rate that is named behind it.
_RATE_BEHIND = re.compile(r"(?:[、和与及][^、和与及]{1,8}){0,6}的([一-鿿]{2})??(市占率|市场占有率|占有率|市场份额|份额|渗透率|毛利率|净利率|占比|利率|票息率|年利率|合格率|覆盖率)")


_ROW_OR_OWNED = frozenset("的、和与及")


def rate_behind(view: AmountClause) -> Measure | None:
    if view.unit not in PARTS or view.i + 2 >= len(view.pieces) or view.pieces[view.i + 1].text not in _ROW_OR_OWNED:
        return None
    match = _RATE_BEHIND.match("".join([piece.text for piece in view.pieces[view.i + 1 : view.i + 13]]))
    if match is None:
        return None
    rate = match[2] if match[1] is None or match[1] in words_of("say no kind") else match[1] + match[2]  # 客户占比, but 份额 of 全国份额
    return Measure(rate, rate, "", "rate named behind")


def joined_to_last(view: AmountClause) -> Measure | None:
    """日均客流量分别为12万、8万和5万人次: an amount joined to the one before counts the same."""
    if view.i < 2 or view.pieces[view.i - 1].text not in ROW_MARKS or view.pieces[view.i - 2].flag != "Q":
        return None
    if view.before is None or not view.carries_on or view.thing or not view.fits:
        return None
    return measured(view, view.before.text, view.base, "joined to the one before")


def price(view: AmountClause) -> Measure | None:
    """以23亿元收购奔腾电器, 斥资5亿元建厂: what the deed costs."""
    last = view.pieces[view.edge - 1].text if view.edge > view.low else ""
    if last not in _PAYS:
        return None
    if last in ("以", "按") and view.is_money and (per := _PER_PIECE.match("".join([piece.text for piece in view.pieces[view.i + 1 : view.i + 6]]))):
        return Measure(f"每{per[1]}{per[2]}", f"每{per[1]}{per[2]}", "", "price of a piece")  # 以13元/股的价格
    if last == "按" or not view.action or not (view.is_money or (not view.unit and last in _SPENDS)):
        return None
    if view.thing and not (last == "以" and view.thing.startswith(_FUNDS)):
        return None
    if view.action.startswith(tails_of("ranks")):  # 以8亿元位列第二
        rank = "位" + view.action if view.action.startswith("列") else view.action
        return Measure(f"{rank}的金额", f"{rank}的金额", "", "money that has a rank")
    return Measure(f"{view.action}的价格", view.action, "", "price of a deed")


_FUNDS = ("自有资金", "自筹资金", "现金", "资金")  # 以3亿元现金收购云江公司
_PAYS = frozenset(("以", "按", "用", "花", "花费", "斥资", "斥", "耗资", "豪掷"))
_SPENDS = frozenset(("斥资", "耗资", "豪掷", "花费"))
_PER_PIECE = re.compile("[/／每](股|平方米|平米|吨|台|辆|公斤|斤|亩|张|瓶|桶|盒|只)的?(价格|单价|均价|房价|售价|成交价|发行价|收购价|转让价|要约价|价)")


def at_stake(view: AmountClause) -> Measure | None:
    """涉案130万元电信诈骗案: how much a case is about, and no 诈骗案."""
    return Measure("涉案金额", "涉案金额", "", "at stake in a case") if view.head.endswith("涉案") else None


def marks(view: AmountClause) -> Measure | None:
    """分别以88.4分、81.9分居前两位, 豆瓣7.6分: marks, where no word for them stands ahead."""
    ahead = "".join(piece.text for piece in view.pieces[max(0, view.i - _MOST_OF_MARKS) : view.i])
    if any(word in ahead for word in ("分数", "得分", "评分", "总分", "平均分", "满意度", "成绩", "考")):
        return None
    name = "评分" if "豆瓣" in ahead or "打分" in ahead else "得分"
    return Measure(name, name, "", "marks")


_MOST_OF_MARKS = 12  # pieces ahead


def quake(view: AmountClause) -> Measure | None:
    """发生5.1级地震: how strong it was."""
    if view.i + 1 >= len(view.pieces) or not view.pieces[view.i + 1].text.startswith("地震"):
        return None
    return Measure("地震震级", "地震震级", "", "strength of a quake")


_FOR_WHOM = re.compile(r"(?:^|[,，、]|并|可|将)对(?![外接口应比])([^,，。；;]{2,24}?)(?:[,，]|给予|予以|一次性|最高|按|每|处以?|进行|实施|$)")


# 造成3人死亡、2人失联: what happened to people names the count, whatever brought it about.
@cache
def _befell() -> re.Pattern[str]:
    words = "|".join(tails_of("befell")).replace("获救", "获救(?!援)")
    return re.compile(f"[^\\S\\n]?(?:当场|不幸|不同程度|全部|仍然?|尚|还|至今)?({words})(?!的|者|率|病例|风险|事[故件]|鉴定|保险|通知)")


@cache
def _befell_first() -> frozenset[str]:
    """The characters that such words may begin with: asked first, because the words behind must be joined."""
    return frozenset([" ", "\u3000", "当", "不", "全", "仍", "尚", "还", "至", *(word[0] for word in words_of("befell"))])


# 居民300人被紧急疏散
_BROUGHT_AWAY = re.compile("(?:已|均|都|全部|先后)*被?(?:紧急|安全|及时|连夜|妥善|提前|迅速|全部|成功|集中|陆续)*(疏散|撤离|转移|安置|救出)(?!的|点|区|房|通道|演练)")
_LED_AWAY = frozenset(("被", "已", "已被", "均", "均已", "都", "全部", "先后", "紧急", "安全", "及时", "连夜", "妥善", "提前", "迅速", "成功", "集中", "陆续", "疏散", "撤离", "转移", "安置", "救出"))


def befallen(view: AmountClause) -> Measure | None:
    if view.i + 1 >= len(view.pieces):
        return None
    first = view.pieces[view.i + 1].text
    if first in _LED_AWAY and (away := _BROUGHT_AWAY.match("".join([piece.text for piece in view.pieces[view.i + 1 : view.i + 6]]))):
        return Measure(f"{away[1]}人数", away[1], "", "what befell people")
    if first[0] not in _befell_first():
        return None
    match = _befell().match("".join([piece.text for piece in view.pieces[view.i + 1 : view.i + 3]]))
    return Measure(f"{match[1]}人数", match[1], "", "what befell people") if match else None


# 判处周某等4人有期徒刑三年至拘役不等: the punishment stands behind those who got it.
_SENTENCED = re.compile("(?:有期徒刑|无期徒刑|死刑|拘役|管制)(?![^，,。；;]{0,8}(?:期满|的罪犯|的人))")


def sentenced(view: AmountClause) -> Measure | None:
    if view.i + 1 >= view.high or view.pieces[view.i + 1].text[0] not in "有无死拘管":
        return None
    words = "".join([piece.text for piece in view.pieces[view.i + 1 : view.i + 8]])
    return Measure("判刑人数", "判刑人数", "", "what befell people") if _SENTENCED.match(words) and "判" in view.head else None


# 先后10次实地调研, 去年7次被曝光: a deed that was done so many times stands behind its number.
def times_done(view: AmountClause) -> Measure | None:
    pieces, i = view.pieces, view.i
    if view.owned or i + 1 >= view.high or (view.edge > view.low and pieces[view.edge - 1].flag in ("v", "vn") and "have" not in view.tails):
        return None  # 召开23次联审会议
    at = i + 2 if pieces[i + 1].text in _HOW_OFTEN and i + 2 < view.high else i + 1
    if pieces[at].flag not in ("v", "p") and not (at + 1 < view.high and pieces[at].text in _WAYS and pieces[at + 1].flag in ("v", "vn")):
        return None
    words = pieces[at : view.high]
    deed = "".join([piece.text for piece in words])
    if len(deed) < 2 or len(deed) > 12 or any(piece.flag in ("Q", "T", "Z", "uj") or piece.text in _NO_DEED for piece in words):
        return None
    return Measure(f"{deed}次数", f"{deed}次数", "", "deed done so many times")


_HOW_OFTEN = frozenset(("先后", "集中", "专门"))
_WAYS = frozenset(("实地", "现场", "紧急", "公开", "集中", "联合"))
_NO_DEED = frozenset(("是", "为", "在", "有", "后", "时", "以上", "以下", "左右", "才", "就", "、", "（", "("))


# 近千人齐聚一堂, 3000人参加了本次大会: those who come to a meeting.
_ATTENDS = re.compile(r"(?:齐聚一堂|欢聚一堂|济济一堂|参会|与会|到会|(?:参加|出席|参与)了?(?:此次|本次|这次|这一|该)?(?:开幕|签约)?(会议|大会|论坛|峰会|年会|活动|仪式|式))(?![的者])")


def attending(view: AmountClause) -> Measure | None:
    if view.i + 1 >= len(view.pieces):
        return None
    match = _ATTENDS.match("".join(piece.text for piece in view.pieces[view.i + 1 : view.i + 6]))
    if match and (phrase := view.phrase_before()) is not None and phrase.text.endswith(tails_of("comer")):  # 吸引采购商4万人到会
        return Measure(phrase.text, phrase.text, "", "those who come")
    text = "活动参加人数" if match and match[1] in ("活动", "仪式", "式") else "参会人数"
    return Measure(text, text, "", "those who come") if match else None


def bracketed(view: AmountClause) -> Measure | None:
    """甲发展基金(200亿元)及乙基金(20亿美元): money alone in brackets is the size of the fund named before them."""
    i, pieces = view.i, view.pieces
    if not view.is_money or not 1 < i < len(pieces) - 1 or pieces[i - 1].text not in ("(", "（") or pieces[i + 1].text[0] not in ")）":
        return None
    name = pieces[i - 2]
    if not name.text.endswith(("基金", "债券", "项目", "计划", "专项")) or len(name.text) < 4:
        return None
    return Measure(f"{name.text}规模", f"{name.text}规模", "", "size in brackets", name if isinstance(name, Mark) and name.flag == "A" else None)


_CONVERTS = frozenset(("约", "约合", "折合", "合", "折", "相当于", "等值", "即", "人民币", "港币", "约为", "大约"))


def converted(view: AmountClause) -> Measure | None:
    """5亿美元(约39亿港元): money in brackets behind money is the same amount in another currency."""
    before, j = view.before, view.i - 1
    if before is None or not view.carries_on or not view.is_money or not is_money(before.unit) or before.unit == view.unit:
        return None
    while j > 0 and (view.pieces[j].flag == "Z" or view.pieces[j].text in _CONVERTS):
        j -= 1
    if j < 1 or view.pieces[j].text not in ("(", "（") or view.pieces[j - 1].flag != "Q":
        return None
    return Measure(before.text, before.base, before.change, CONVERTED, before.subject, before.owner, before.counted)


# 年产90万件衬衫缝制项目, 20万吨纯碱装置: an amount of goods before a project or plant says what it can make.
_PLANT = re.compile(r"([^\W\d的了和与及等、]{1,12}?(?:项目|生产线|产线|工程|装置|基地|工厂))(?![经审负部])")
GOODS = frozenset(["吨", "公斤", "件", "台", "辆", "套", "片", "升", "米", "平方米", "立方米", "瓦", "千瓦", "兆瓦", "吉瓦", "GW", "MW", "GWh", "头", "只", "羽", "支", "瓶", "箱", "桶"])


# 31只重大项目, 5套民生工程: no goods stand between the amount and the word for a project, which is what is counted.
_NOGOODS = re.compile(r"(?:新|亿元|重大|重点|产业|工业|民生|优质|招商|投资|签约|开工|竣工|在建|建设|省级|市级|集中|合作|储备|续建|基础|设施|示范)*(?:项目|生产线|产线|工程|装置|基地|工厂)")


def capacity(view: AmountClause) -> Measure | None:
    if view.i + 1 >= view.high:
        return None
    behind = "".join([piece.text if piece.flag not in "QT" else "，" for piece in view.pieces[view.i + 1 : view.i + 8]])
    match = _PLANT.match(behind)
    if match is None or _NOGOODS.fullmatch(match[1]):
        return None
    text = match[1] + ("装机容量" if view.unit.endswith(("瓦", "W")) else "产能")
    return Measure(text, text, "", "what a plant makes", owner=match[1])


# 745个年交易额过亿元的示范村, 100个销售破亿元的工厂: the same told with 过.
_PASSED = re.compile(r"[^，,。、；;0-9]{0,8}?(?:过|超过?|逾|突破|破|上|达到?)[0-9.]{0,8}[十百千万亿]{1,3}[^，,。、0-9]{0,2}的[^，,。、；;：:（）()0-9]{0,6}?(?:项目|企业|公司|工程|村|镇|县|工厂|品牌|店铺|网店|商家|集群|单品|产业带|园区|平台)")
# 86个投资亿元以上项目: the bar belongs to the name of what is counted.
_BARRED = re.compile(r"(?:总?投资额?|产值|年?销售额?|年?营收|收入|规模|注册资本)?[0-9.]{0,8}[十百千万亿]{0,3}[^，,。、]{1,3}?以[上下]的?[^，,。、；;：:（）()0-9]{0,6}?(?:项目|企业|公司|工程|家庭|城市|园区)")


def barred(view: AmountClause) -> Measure | None:
    words = "".join([piece.text for piece in view.pieces[view.i + 1 : view.i + 9]])
    match = ("以" in words and _BARRED.match(words)) or ("的" in words and _PASSED.match(words))
    return Measure(match[0], match[0], "", "thing behind with its bar") if match else None


def grant(view: AmountClause) -> Measure | None:
    """对新认定的企业技术中心,给予100万元奖励: a grant or fine, named after whom it is for unless that is an actor."""
    noun = (view.thing and ending(view.thing, "grant")) or (view.action and ending(view.action, "grant")) or ending(view.head, "grant")
    if not noun:
        return None
    low = clause_start(view.pieces, view.low - 2) if view.low > 1 else view.low
    ahead = view.pieces[low : view.edge]
    said = "".join(["，" if piece.flag == "A" else piece.text for piece in ahead])
    match = _FOR_WHOM.search(said) if "对" in said else None
    if match is None:
        return None
    whom = match.group(1).removesuffix("的")
    if whom[0] in "此其" or whom.endswith("行为"):  # 对此处以罚款近9万元, 对拒不配合的行为罚款
        return Measure(noun, noun, "", "grant")
    return Measure(f"{whom}{noun}", noun, "", "grant", owner=collective_in(whom))
