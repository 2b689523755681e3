"""Why a file, a row or an article gives nothing: each reason in Chinese and in English.

The table of failures is read by whoever opens the archive, so it holds both; a command says one of them.
"""

from __future__ import annotations

from typing import NamedTuple

REASONS = {
    # a file of the corpus
    "no_articles": (
        "文件夹里没有文章,也没有 .jsonl、.jsonl.gz、.parquet、.warc、.warc.gz 文件",
        "the folder holds no articles and no .jsonl, .jsonl.gz, .parquet, .warc, .warc.gz files",
    ),
    "empty": ("文件是空的", "the file is empty"),
    "unreadable": ("读不了:{why}", "cannot be read: {why}"),
    "no_gzip": ("不是 gzip 文件;没有压缩的请用 .jsonl 结尾", "not a gzip file; name an uncompressed one .jsonl"),
    "no_parquet": ("不是完整的 Parquet 文件(可能被截断);请重新取得这个文件", "not a whole Parquet file (it may be cut off); fetch it again"),
    "columns": ("缺少列 {missing};现有的列是 {there}", "lacks the columns {missing}; it has {there}"),
    "text_column": ("列 text 应是文字,现在是 {kind}", "the column text has to hold text, it holds {kind}"),
    "no_rows": ("文件里一行也没有", "the file has no rows"),
    "no_warc": ("不是 WARC 文件", "not a WARC file"),
    "cut_file": ("文件不完整(可能被截断);断开之前的文章已经处理", "the file is not whole (it may be cut off); the articles before the break were read"),
    "broke_off": ("读到一半出错({kind}):{why};出错之前的文章已经处理", "reading broke off ({kind}): {why}; the articles before were read"),
    # a row of it
    "long_line": ("一行超过 {most} MB", "a line of more than {most} MB"),
    "no_text": ("没有 text;每篇要有正文", "no text; every article needs a body"),
    "no_id": ("没有 id;每篇要有自己的编号", "no id; every article needs one of its own"),
    "cut_record": ("记录不完整(文件可能被截断)", "the record is not whole (the file may be cut off)"),
    "not_utf8": ("这一行不是 UTF-8", "this line is not UTF-8"),
    "not_json": ("这一行不是 JSON", "this line is not JSON"),
    "deep_json": ("这一行的 JSON 嵌套太深", "the JSON of this line is nested too deeply"),
    "no_object": ('这一行应是一个 JSON 对象,例如 {{"id": "1", "text": "…"}}', 'this line has to be a JSON object, such as {{"id": "1", "text": "…"}}'),
    "not_words": ("{key} 应是文字", "{key} has to be text"),
    # an article
    "too_long": ("有 {count:,} 个字,超过一篇 {most:,} 个字的上限", "{count:,} characters, more than the {most:,} an article may have"),
    "too_slow": ("超过 {seconds:g} 秒还没有读完", "not read to its end within {seconds:g} seconds"),
    "memory": ("内存不够", "not enough memory"),
    "failed": ("读这一篇时出错({kind}):{why}", "reading this article failed ({kind}): {why}"),
    "superseded": ("同一个 id 有不止一篇内容不同的文章;保留了后来的一篇", "several articles with other words share this id; the later one was kept"),
}  # fmt: skip


class Reason(NamedTuple):
    """One reason in both languages; as text, Chinese first with English beside it."""

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"


def reason(code: str, **values: object) -> Reason:
    """
    >>> str(reason("not_words", key="id"))
    'id 应是文字 / id has to be text'
    """
    chinese, english = REASONS[code]
    return Reason(chinese.format(**values), english.format(**values))
