"""An archive behind the page: a folder of Parquet (`extract.archive.layout`), read-only, asked in SQL through DuckDB.

The other way to answer `dashboard.facts.Facts`. Good reading order: `parts` (which files count, and what is wrong with
them), `index` (the small database made from them once), `where` (a view as a condition), `answers` (the questions),
`overlay` (hand-made records laid over it). Importing this package loads nothing; `open_archive` needs duckdb.
"""
