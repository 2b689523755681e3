"""Curated roots of any size, in wording of our own: for benches of loading and of the page.

Every article is made of sentences whose dates, amounts, places and parties are drawn from lists by a seeded generator,
so the records beside it are known to be right.
"""

from __future__ import annotations

import random
from pathlib import Path

CITIES = (
    "上海市", "北京市", "广州市", "深圳市", "杭州市", "宁波市", "武汉市", "成都市", "重庆市", "西安市", "郑州市", "长沙市",
    "沈阳市", "哈尔滨市", "昆明市", "贵阳市", "南宁市", "海口市", "拉萨市", "乌鲁木齐市", "兰州市", "银川市", "西宁市", "台州市",
)  # fmt: skip
COMPANIES = ("云帆公司", "远山集团", "晨星科技", "海棠股份", "北辰银行", "青禾农业", "江岸物流", "百川能源")
DEEDS = {
    "签署": ("agreement", "与{other}签署合作协议"), "开通": ("launch", "开通服务平台"), "成立": ("founding", "成立研究院"),
    "收购": ("acquisition", "收购{other}的门店"), "发布": ("publication", "发布年度报告"), "考察": ("visit", "考察产业园"),
}  # fmt: skip
MEASURES = ("采购商", "注册商家", "门店", "研发人员", "合作医院", "签约农户")
QUALIFIERS = {"超过": "over", "约": "about", "不足": "under", "": "exact"}


def write_records(root: Path, records: int, per_article: int = 10, seed: int = 7) -> Path:
    """Write `records` records, half events and half figures, in articles of `per_article`; returns the root."""
    draw = random.Random(seed)
    for folder in ("seeds", "curated/articles"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "curated" / "story.yaml").write_text("title: 很多记录的故事\ntitle_en: A story of many records\n", encoding="utf-8")
    for number in range((records + per_article - 1) // per_article):
        name = f"a{number:05d}"
        text, yaml = article(name, min(per_article, records - number * per_article), draw)
        (root / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
        (root / "curated" / "articles" / f"{name}.yaml").write_text(yaml, encoding="utf-8")
    return root


def article(name: str, records: int, draw: random.Random) -> tuple[str, str]:
    """One article and its curated file."""
    year, month = draw.randint(2008, 2022), draw.randint(1, 12)
    title = f"第{int(name[1:]) + 1}期经济观察"
    text = f"{title}\n观察周刊 {year}-{month:02d}-28\n"
    parts: dict[str, list[str]] = {"events": [], "figures": []}
    for number in range(records):
        kind = "figures" if number % 2 else "events"
        make = _figure if kind == "figures" else _event
        sentence, mark, fields = make(year, month, draw)
        start = len(text)
        text += sentence + "。\n"
        spot = start + sentence.index(mark)
        fields |= {"quote": f'"{sentence}"', "at": f"{start}-{start + len(sentence)}", "mark": f"{spot}-{spot + len(mark)}"}
        fields["status"] = draw.choice(("draft", "reviewed"))
        lines = [f"  - id: {kind[0]}-{name}{number:02d}", *(f"    {key}: {value}" for key, value in fields.items())]
        parts[kind].append("\n".join(lines) + "\n")
    head = f"source:\n  title: {title}\n  publisher: 观察周刊\n  published: {year}-{month:02d}-28\n  file: seeds/{name}.txt\n"
    return text, head + "".join(f"{kind}:\n{''.join(rows)}" for kind, rows in parts.items() if rows)


def _event(year: int, month: int, draw: random.Random) -> tuple[str, str, dict[str, str]]:
    actor, other = draw.sample(COMPANIES, 2)
    city, verb, day = draw.choice(CITIES), draw.choice(sorted(DEEDS)), draw.randint(1, 27)
    type_, pattern = DEEDS[verb]
    deed = pattern.format(other=other)
    sentence = f"{year}年{month}月{day}日，{actor}在{city}{deed}"
    return sentence, verb, {
        "date": f"{year}-{month:02d}-{day:02d}", "date_from": f"{year}年{month}月{day}日", "title": f"{actor}在{city}{deed}",
        "type": type_, "actors": f"[{actor}]", "places": f"[{city}]",
    }  # fmt: skip


def _figure(year: int, month: int, draw: random.Random) -> tuple[str, str, dict[str, str]]:
    actor, city, measure = draw.choice(COMPANIES), draw.choice(CITIES), draw.choice(MEASURES)
    qualifier, amount = draw.choice(sorted(QUALIFIERS)), f"{draw.randint(2, 9999)}万家"
    sentence = f"截至{year}年{month}月，{actor}在{city}的{measure}数量为{qualifier}{amount}"
    return sentence, amount, {
        "measure": measure, "amount": qualifier + amount, "actors": f"[{actor}]", "places": f"[{city}]",
        "as_of": f"{year}-{month:02d}", "as_of_from": f"{year}年{month}月",
    }  # fmt: skip
