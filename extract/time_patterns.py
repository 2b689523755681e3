"""How calendar expressions are written: the patterns, and nothing of what they mean.

An expression begins where `start()` matches, goes on where `after_year()`, `after_month()` or `after_period()`
match directly behind, and ends with what `suffix()` matches (以来, 前, 前后). The few places where `start()` is worth
trying are found by `time_openings`. All patterns are bounded, so time is linear.
"""

from __future__ import annotations

import functools
import re

from extract.calendar_words import offsets, reigns
from extract.feasts import festival_names

HAN = "一二三四五六七八九十〇○零两廿卅半"
S = "[ \u00a0\u3000]?"  # a blank between numeral and unit: 2008 年 5 月
# 双 11 as one writes with a blank between scripts; 天下无双 11 月 and 成双 12 对 are none.
_DOUBLE_BLANK = "(?<![无成]双)[ \u00a0]{}(?![ \u00a0]?(?:[月号年点时万亿元个名件场项对岁米公家位%％.:：0-9]|日(?!当)))"
DASH = f"{S}(?:[-－—–~～]{{1,2}}|至|到){S}"
_CLOCK = f"{S}(?:[上下]午|凌晨|清晨|早上|中午|傍晚|晚上?|夜间)?(?:[0-9]{{1,2}}|[零一二三四五六七八九十两]{{1,3}})(?:{S}[时点](?:[0-9]{{1,2}}分|半|整|许)?|[:：][0-9]{{2}})"
LIST = "[、和及与或]"
C = "[一二三四五六七八九]"
YEAR = "(?:1[5-9]|20|21)[0-9]{2}"
MONTH = f"(?:1[0-2]|0?[1-9]|十[一二]?|{C})"
DAY = f"(?:3[01]|[12][0-9]|0?[1-9]|[二三]?十{C}?|廿{C}?|卅一?|{C})"
COUNT = f"(?:[0-9]{{1,2}}|[二三四五六七八九]?十{C}?|[两{C[1:]})"

# A numeral begins here: not inside another one (12018年, 4.68亿, 二十一月).
_NUMERAL = "(?<![0-9])(?<![0-9][.．])(?:(?=[0-9])|(?<![零〇○一二三四五六七八九十百千万亿几两数])(?<!星期)(?<!礼拜))"

# 2021-08-04, 2014/7/10, 2019.12.3; a time of day behind it is left alone.
_ISO = f"(?<![A-Za-z/.])(?<![A-Za-z]-)(?P<iso>(?P<iso_y>{YEAR})(?P<iso_s>[-/.．])(?P<iso_m>1[0-2]|0?[1-9])(?P=iso_s)(?P<iso_d>3[01]|[12][0-9]|0?[1-9])(?![0-9]|[.][0-9]))"
# 2021-08 and 2021.08: two digits, else 2019.3 would be a number.
_ISO_MONTH = f"(?<![A-Za-z/.])(?<![A-Za-z]-)(?P<iso_month>{YEAR}[-/.](?:0[1-9]|1[0-2]))(?![0-9./万亿元%％倍年月日号]|-(?!{YEAR})|赛季|财年|学年)"
# What is said of a day behind 8/15, as papers in Taiwan write; behind 1/3 it would be said of a third.
DAY_TOLD = "(?:登场|开幕|开跑|上路|施行|开卖|开售|开抢|上映|凌晨|上午|中午|下午|晚间|晚上|截止|前(?![后0-9一二三四五六七八九十几半]))"
SIMPLE_FRACTION = "[1-4]/[2-5](?![0-9])"  # 今年1/3的订单
# 8/5（周一）, 从7/15起, 至9/30止, 自7/1至7/15: a day by what stands around it, else a fraction (从1/2到3/4).
_SLASH_DAY = "(?:1[0-2]|0?[1-9])/(?:3[01]|[12][0-9]|0?[1-9])(?![0-9/.%％])"
_SLASH = (
    f"(?P<slash>{_SLASH_DAY}(?=[（(](?:周|星期|礼拜)?[一二三四五六日天][）)])|(?<=[从自由]){_SLASH_DAY}(?=起)|(?<=[至到]){_SLASH_DAY}(?=止)"
    f"|(?<=自){_SLASH_DAY}[至到~～-]{_SLASH_DAY}|{_SLASH_DAY}[至到~～-]{_SLASH_DAY}(?=止)"
    f"|(?<![^于在将，。、；：（(\n 」”“「])(?!{SIMPLE_FRACTION}){_SLASH_DAY}(?={DAY_TOLD}))"
)
# 今年7/8, 2020年9/3-9/5: behind a year a day, but 去年7/8的企业.
_SLASH_AFTER_YEAR = f"|(?P<slash>(?!{SIMPLE_FRACTION}){_SLASH_DAY}(?:[~～-]{_SLASH_DAY})?(?!的|以上|左右))"
# 2015年, 2019年度, 1368年.
_YEAR = f"(?P<year>(?P<y4>(?:1[0-9]|20|21)[0-9]{{2}}){S}年(?:度(?![假过]))?)(?![级薪龄])"
# 2015 of 2015、2018年 and of 2008-2009年; of 从2016到2018; and 2021 that stands alone where a time is expected.
# 2017上半年, 2016全年, 2020Q1.
_YEAR_SHORT = f"(?<![A-Za-z])(?P<year_short>{YEAR})(?={S}Q[1-4](?![0-9A-Za-z])|全年|[上下]半年|第?[一二三四]季度|前[一二三四]季度)"
_YEAR_BARE = (
    f"(?<![A-Za-z])(?P<year_bare>{YEAR})(?:"
    f"(?=(?:(?:{LIST}|[,，]){YEAR}){{0,6}}(?:{DASH}|{LIST}|[,，])(?:{YEAR}|[0-9]{{2}})(?:{S}年(?!前|来)|[两三四五六]年))"
    f"|(?={DASH}{YEAR}(?![0-9A-Za-z.万亿元%％家个人名件米吨号-]|财年|赛季|学年))"
    "|(?<=[0-9]{4}[-－—–~～至到][0-9]{4})(?<![A-Za-z/][0-9]{4}.[0-9]{4})(?![0-9A-Za-z.万亿元%％家个人名件米吨号-]|财年|赛季|学年)"
    "|(?<=[、和及与][0-9]{4})(?=[两三四五六]年)"
    "|(?<![^从自由到至在于比较望接来别顾入向，。、：；！？“”（(\n ][0-9]{4})(?=[，。；、,;：]|[）)](?![）)]?第?[0-9])|以来|之后|之前|或许|将|会|是|看起来|的|[ \u00a0]的(?:年报|财报|业绩))"
    ")"
)
# 08年, 零八年, 九八年, 五八年 (七八年 may be a length); 98年4月, 19年底; 从92年.
_YEAR_TWO = (
    f"(?P<year_two>(?P<y2>0[0-9](?={S}年)|[零〇]{C}|九[〇零一二三四五六七八九]|[四五][〇零一二三四七八九]|六[〇零一二三五六八九]|七[〇零一二三五六七九]|八[〇零一二三四五六七八]|[一二]〇){S}年(?![来间内级会假])"
    f"|(?P<y2b>[1-9][0-9]|{C}[〇零{C[1:]}){S}年(?=年?[底初](?![层蕴部级])|末(?!期)|{S}(?:1[0-2]|[1-9])月(?!内|有余)|十?{C}月[0-9十一二三初]|第?[一二三四1-4]季|前[二三2-3]个?季度|[上下]半年)"
    "|(?P<y2d>1[1-46-9]|2[1-46-9])年(?=全年|年报|中报|同期|的?(?:营业收入|营收|收入|净利|归母|扣非|业绩|利润|销售|毛利|销量|产量))"
    "|(?P<y2c>[89][0-9])年(?![来前后历的内间期以代]))"
)
# 民国109年; in Taiwanese text 109年3月.
_YEAR_ROC = f"(?P<year_roc>(?:民国{S}(?P<roc>[0-9]{{1,3}}|[零〇一二三四五六七八九十百]{{1,5}}|元)|(?P<roc3>1[0-3][0-9]|一[〇○零一二三][〇○零一二三四五六七八九])){S}年(?:度(?![假过]))?)"
# 二〇二〇年, 二零零四年, 两千零四年.
_YEAR_HAN = f"(?P<year_han>(?:(?P<yh>[一二][〇零○OＯ0o一二三四五六七八九]{{3}}){S}年|[两二]千零(?P<yh1>{C})年|[两二]千(?P<yh2>[一二]?十{C}?)年|(?P<yh3>[两二]千)年(?={MONTH}月))(?:度(?![假过]))?)"
# 5月, 5月份, 1-4月, 7月至9月, 七八月份; 3月期 (a maturity), 6月龄 are none.
_MONTH = (
    f"(?P<month>(?:(?P<m1>{MONTH})(?P<m1_unit>{S}月份?)?{DASH})?(?P<m2>{MONTH}){S}月份?|(?P<m_pair>一二|二三|三四|四五|五六|六七|七八|八九)月(?:份|间|(?<=年{C}{C}月)))"
    "(?!龄|嫂|期(?![间货])|天(?!气)|革命|有余|大的)"
)
# 元月 is January; 五十元月租 is none.
_MONTH_NEW = "(?<![0-9零〇一二三四五六七八九十百千万亿几多])(?P<month_new>元月份?)(?!租|供|费|薪)"
_MONTH_BARE = f"(?P<month_bare>{MONTH})(?=(?:{LIST}{MONTH}){{0,5}}{LIST}{MONTH}{S}月)"
# 27日, 27号, 29-30日, 十二日; 5日均线, 7日游, 10日内, 12日达 are none.
_DAY = f"(?P<day>(?:(?P<d1>{DAY})(?:{S}[日号])?{DASH})?(?P<d2>{DAY}){S}[日号])(?![内游均线年化间行程元楼店站房院馆]|码|达(?:[”」、，。的]|服务|时效|专线))"
_DAY_BARE = f"(?P<day_bare>{DAY})(?=(?:{LIST}{DAY}){{0,5}}{LIST}{DAY}{S}[日号])"
# 十月二十三, 八月十五, 10月22, 4月28至5月3日: a day without its unit, only behind a month.
_DAY_UNITLESS = f"(?P<day_unitless>[二三]?十{C}|二十|三十|十|初[{C[1:-1]}十]|廿{C}?|(?:3[01]|[12][0-9]|[1-9])(?={DASH}{MONTH}月{DAY}[日号])|(?:[12][0-9]|3[01])(?=[，。,；、\\s出]|$))(?![0-9个余多几万千百年月家名位人种大分家项两,.]|日|号)"
# 一季度, 第一季度, 二季度, 一、二季度 (first one bare), 首季, 第三季 behind a year.
_QUARTER = (
    f"(?P<quarter>(?:第?(?P<q1>[一二三四1-4])(?:{DASH}|{LIST}))?第?(?P<q2>[一二三四1-4])季度"  # 第一季度, 一至三季度
    f"|(?P<q_pair>一二|二三|三四)季度|(?P<q_first>首季)度?"  # 一二季度, 首季
    f"|(?P<q3>[一二三四])季(?=报|末|GDP)"  # 三季报
    f"|第(?P<q4>[一二三四1-4])季(?=末|的?(?:合并|税[前后])?(?:收入|营收|净利|业绩|财报|财测|利润|毛利|获利|每股|盈余|销售|出货|营运|升值|贬值|GDP|经济|产值)|[，。,；、\n]|[及与和][0-9]{{1,2}}月))"  # 第三季营收
)
_QUARTER_AFTER_YEAR = r"|(?P<quarter_short>第[一二三四1-4](?:季(?!度)|个季度)|首个季度|最后一个季度|Q[1-4](?:-Q?[1-4])?(?![0-9A-Za-z]))"
# Q2净营收, Q1-Q3营收: behind it a word of results, else it may be a question or a car.
_QUARTER_ALONE = "(?<![A-Za-z0-9])(?P<quarter_alone>Q[1-4](?:-Q?[1-4])?)(?=的?(?:总|净|主营)?(?:营收|营业收入|收入|利润|净利|毛利|业绩|财报|亏损|GMV|GDP))"
# 公元789年, 在789年; 789年 alone is a length of time.
_YEAR_OLD = "(?P<year_old>(?:公元(?P<ad>[0-9]{1,4})|(?<=[在于])(?P<old>[2-9][0-9][1-9]))年)"
# 2011年下半, as papers in Taiwan write, but 2011年下半场.
_HALF = "(?P<half>(?P<h>[上下])半(?:年(?:度)?|(?<=[0-9今去明]年[上下]半)(?![年场身部辈截区赛程段夜天月])))"
# 前10个月, 前三季度, 前四个月, 首两个月, 前7月; 今年首月 and 今年前三季 only behind a year.
_FIRST = f"(?P<first>(?:前|头|首)(?P<f_n>{COUNT})(?:个(?P<f_m>月)|个?(?P<f_q>季度|季(?=累计|合并|营收|的?(?:合并|税[前后])?(?:收入|净利|业绩|利润|毛利|获利|盈余|每股|销售|出货|营运)))|(?P<f_short>月)(?![0-9一二三四五六七八九十份初底末]))(?!前|后|内))"
_FIRST_AFTER_YEAR = rf"|(?P<first_months>(?:前(?P<fm_n>{COUNT})|首)月)|(?P<first_quarters>前(?P<fq_n>[二三2-3])季(?!度))|(?P<last_months>后(?P<lm_n>{COUNT})(?:个)?月)"
# 17年前, 三天后, 两个月前, 半年前, 一年半前, 两日前 (3日前 is before the third).
_AGO = (
    f"(?P<ago>(?P<ago_n>[1-9][0-9]{{0,2}}|[二三四五六七八九]?十{C}?|[两半{C[1:]})(?P<ago_g>个)?(?P<ago_mid>(?<=个)半(?=月))?(?P<ago_u>年|月|星期|礼拜|周|天|(?<=两)日)(?P<ago_half>(?<=年)半)?"
    "(?P<ago_way>之前|以前|前|之后|以后|后))(?![一二三四五六七八九十两几0-9任夕往列半期续来卫台后])"
)
_DECADE = (
    f"(?P<decade>(?:(?P<dc>上个?|本|(?<![0-9])[0-9]{{2}}|(?<![一二三四五六七八九十])(?:二十一?|十{C}))世纪的?)?"
    f"(?:(?<![0-9])(?P<dy>(?:1[5-9]|20)[0-9])0|(?<![0-9])(?P<dn>[0-9])0|(?P<dh>{C}{{1,2}})十){S}年代(?P<d_part>初期|末期|中期|中后期|后期|前期|晚期|初|末)?)"
    f"|(?P<decade_bare>(?<![0-9.])(?:[2-9]0|{C}十)(?=(?:{LIST}|{DASH})(?:[0-9]0|{C}十)年代))"
)
# “十二五”期间, 十三五末: the five years of a plan.
_PLAN = "(?P<plan>(?<![第一二三四五六七八九十百0-9])十(?P<pl_n>[一二三四五])五[”」’\"]?(?:规划)?(?P<pl_part>期间|时期|期?末))"
_CENTURY = (
    f"(?P<century>(?:(?P<ce_last>上个?)|(?P<ce>(?<![0-9])(?:1[0-9]|20)|(?<![一二三四五六七八九十])(?:二十|十{C}))"  # 上个世纪, 19世纪, 十九世纪
    f"|(?P<ce_now>本|(?<![0-9])21|(?<![一二三四五六七八九十])二十一)(?=世纪初))"  # 本世纪初
    f"世纪(?P<ce_part>初期|末期|中期|前期|后期|初|末|中叶|上半叶|下半叶)?)(?![之最]|经济|福克斯)"
)
# 上周三, 本周五, 周二, 星期一; 上周, 下个星期: 上周|三个项目, 本周|日本央行.
_WEEKDAY = (
    "(?P<weekday>(?P<wk>上上|上|本|这|下下|下)?(?:一?个)?(?:周|星期|礼拜)(?:的?(?:周|星期|礼拜))?(?P<wd>[一二三四五六日天末]))"
    "(?![福围岁六代]|野|个(?![股别人])|家(?![电居具装政长庭])|名(?!单)|场(?![内外上])|只(?![有是能])|位(?![于列居置])|(?<=日)本(?![报刊届轮次地市土]))"
)
_WEEK = "(?P<week>(?:上上|上|本|这|下下|下)(?:一?个|一)?(?:周|星期|礼拜))"
_SEASON = "(?<![脱春夏秋冬])(?P<season>(?P<s_year>[今去明])(?P<s_word>[春夏秋冬]))(?![来装至])"
# 2014年冬天, 2014年那个寒冷的冬天.
_SEASON_AFTER_YEAR = "|的?(?:[那这一]个(?:[一-鿿]{2}的)?(?=.[季天]))?(?P<season>(?P<s_word>[春夏秋冬])(?:[季天]|(?![节运晚雷令奥交招闱耕茶糖装粮收种播麦菜训储])))|(?P<summer>暑期|暑假)"
# 近五年, 最近10年, 过去三年, 未来10年.
_SPAN = f"(?P<span>(?P<sp_way>最近|过去|未来|今后|近)(?:的|这)?(?P<sp_n>[1-9][0-9]?|十{C}?|[二三四五六七八九]十|[两{C[1:]})(?P<sp_g>个)?(?P<sp_u>年|月|周|星期|天|日))(?![多余])"
# 农历正月十五, 腊月廿三, 闰四月, 三月初一.
_LUNAR = (
    f"(?P<lunar>(?=农历|阴历|旧历|闰{C}|闰[十0-9]|[正冬腊]月|十?{C}?月(?:初[{C[1:-1]}十]|廿))(?P<l_cal>农历|阴历|旧历)?"
    f"(?P<l_year>(?:[0-9]{{4}}|[一二][〇零一二三四五六七八九]{{3}})年)?(?P<l_leap>闰)?(?P<l_m>正|冬|腊|十[一二]?|{C}|1[0-2]|[1-9])月"
    f"(?P<l_d>初(?:[{C[1:-1]}十]|10|[1-9])|二?十{C}?|廿{C}?|三十|(?:30|[12][0-9]|[1-9])(?=[日号，。、；,\\s]|$))?(?:日|号)?)"
)
# 上旬, 中下旬, 月初, 底: a part of the month or year in front. 5月中 only where nothing follows it: 5月中国, 5月中标.
_MONTH_PART = "(?P<xun>上中|中[上下]|[上中下])旬|(?P<month_part>月?(?:[初底末]|[中尾](?=[，。、；,\\s]|$)))(?![一二三四五六七八九十级步衷始次恋蕴层代部尾])"
_YEAR_PART = "(?P<year_part>年[初底末尾头终]|年中(?![国央])|[初底末尾]|伊始|岁末)(?![一二三四五六七八九十级步中衷始次恋蕴层代部奖盘座线])"
# 去年同期, 去年同月, 2019年同日; but 去年同日本签约, 去年同月饼一起, 去年同日均销量: only before what cannot go on a word.
_SAME = "(?P<same>同期|同[月日](?![^，,。；;、：:！？!?）)”」\\s的为是比相持增减下上降升跌涨达仅只约有出进销投份]))"
_THIS_MONTH = "(?P<this_month>本月)|(?P<this_day>今[天日])"
# 八月份的第一个周二, 6月第3个星期日, 四月的最后一个周五; 10月第一周, 10月首周, 10月最后一周.
_NTH_WEEK = (
    "的?(?P<nth>(?:第(?P<nth_n>[一二三四五1-5])|最后一)个(?:周|星期|礼拜)(?P<nth_d>[一二三四五六日天])"
    "|(?:第(?P<nth_w>[一二三四五1-5])个?|首|最后一)(?:周|星期|礼拜)(?![一二三四五六日天期年岁转边末]))"
)
# 8月的最后一天, 2018年第一天; 今年首日行情 is none.
_EDGE = "的?(?P<edge>最后一天|第一天)"
# 今明两年, 今明两天, 明后两年.
_PAIR = "(?P<pair>(?P<pair_of>去今|昨今|今明后|今明|明后)[两二三23]?(?P<pair_u>年|天|日))"
# 去（114）年, 今（9）日, as papers in Taiwan write.
_NOTED = f"(?P<noted>(?P<nt_word>[今去昨]){S}[（(](?P<nt_n>[0-9]{{1,4}})[)）]{S}(?P<nt_unit>[年日]))"

# 市府昨宣布, 馆舍昨在港岛动工: papers in Hong Kong and Taiwan write 昨 alone; 今是昨非 is none.
AFTER_YESTERDAY = "在于宣公发表透披引指出说称召举签开动启恢重批获与和向对就会完正通已又再报"
_YESTERDAY = f"(?<![是而如畴])(?P<yesterday>昨)(?=[{AFTER_YESTERDAY}])"


def _words() -> str:
    return "|".join(sorted(offsets(), key=len, reverse=True))


def _reign() -> str:
    """光绪二十四年, 平成30年."""
    return f"(?P<reign>(?P<rg_name>{'|'.join(reigns())})(?P<rg_n>元|[二三四五六]?十{C}?|{C}|[1-9][0-9]?)年)"


def _festivals(first: str = "") -> str:
    """The festivals, or those that begin as the expressions of one of `_starts` do: with a digit, a Chinese numeral, a word."""
    kinds = {name: "digit" if name[0].isdecimal() else "numeral" if name[0] in HAN else "word" for name in festival_names()}
    return "(?P<festival>" + "|".join([_spaced(name) for name in festival_names() if not first or kinds[name] == first]) + ")"


def _spaced(name: str) -> str:
    """双11 with its blank, 双 11; other names as they are."""
    return f"双(?:{name[1:]}|{_DOUBLE_BLANK.format(name[1:])})" if name[0] == "双" else name


@functools.cache
def start(first: str) -> re.Pattern[str]:
    """Where an expression begins whose first character is `first`; `lastgroup` names the rule."""
    return _starts()[0 if first <= "9" else 1 if first in HAN else 2]


@functools.cache
def _starts() -> tuple[re.Pattern[str], ...]:
    """Rules that begin with a digit, with a Chinese numeral, with a word."""
    both = [_YEAR_TWO, _AGO, _MONTH, _MONTH_BARE, _DAY, _DAY_BARE, _QUARTER]
    numerals = [_PLAN, _YEAR_HAN, _YEAR_TWO, _YEAR_ROC, _AGO, _LUNAR, *both[2:]]
    digits = [_ISO, _ISO_MONTH, _SLASH, _YEAR, _YEAR_SHORT, _YEAR_BARE, *both, _YEAR_ROC, _YEAR_OLD]
    words = [
        _YESTERDAY, _QUARTER, _QUARTER_ALONE, _MONTH_NEW, _SEASON, _WEEKDAY, _WEEK, _HALF, _FIRST, _SPAN, _PAIR, _NOTED,
        _festivals("word"), f"(?P<word>{_words()})(?:(?<=年)度)?", _LUNAR, _YEAR_ROC, _YEAR_OLD, _reign(),
    ]  # fmt: skip
    return tuple(
        re.compile("|".join(rules))
        for rules in (
            [_DECADE, f"{_NUMERAL}(?:{'|'.join(digits)})", _festivals("digit"), _CENTURY],
            [_DECADE, f"{_NUMERAL}(?:{'|'.join(numerals)})", _festivals("numeral"), _CENTURY],
            [_DECADE, *words, _CENTURY],
        )
    )


@functools.cache
def after_year() -> re.Pattern[str]:
    """What may stand behind a year: 2015年|5月, 去年|同期, 今年|前三季度, 2008年|末."""
    return re.compile(
        f"{S}的?(?:{_LUNAR}|{_MONTH_BARE}|{_MONTH}|{_MONTH_NEW}|{_QUARTER}{_QUARTER_AFTER_YEAR}|{_HALF}|{_FIRST}{_FIRST_AFTER_YEAR}"
        f"|(?P<quote>[“「‘])?{_festivals()}(?(quote)[”」’])|{_YEAR_PART}|{_SAME}|{_EDGE}|{_THIS_MONTH}{_SEASON_AFTER_YEAR}{_SLASH_AFTER_YEAR})"
    )


@functools.cache
def after_month() -> re.Pattern[str]:
    """What may stand behind a month: 5月|27日, 本月|中旬, 12月|末, 十月|二十三."""
    return re.compile(f"{S}(?:的?{_DAY}|{_DAY_BARE}|{_NTH_WEEK}|{_EDGE}|{_MONTH_PART}|{_DAY_UNITLESS})")


@functools.cache
def after_period() -> re.Pattern[str]:
    """What may stand behind a quarter or half a year: 一季度|末."""
    return re.compile("(?P<month_part>[初末底])(?![一二三四五六七八九十级步])")


@functools.cache
def suffix() -> re.Pattern[str]:
    """Words behind an expression that open or loosen it."""
    return re.compile(
        "(?P<about>前后|左右|前夕)|(?P<since>以来|(?<=[今去]年)来(?=全部|累计|收益|涨幅|跌幅|已|[，,]|首次|上涨|下跌|新增|共)|起?至今|起(?![草航诉火义飞步来点源码家初因伏到死居价降停底跑始名身伏]))"
        "|(?P<after>之后|以后|后(?![期半续来卫台年世面端勤备代方继一二三四五六七八九十两几0-9]))"
        "|(?P<before>之前|以前|前(?!提(?![交出供前升])|[一二三四五六七八九十两几0-9半期任所述往夕列景瞻沿方端台途来赴进去首总主董执美英日副妻夫队部秘院校线排锋身言后]))"
    )


@functools.cache
def dash() -> re.Pattern[str]:
    """至, 到 or a dash between two ends: 2013年6月|至|2014年3月, 8月1日|起至|8月5日, 8月1日|上午9时至|3日17时."""
    return re.compile(f"(?:{_CLOCK})?[起始]?{DASH}")
