"""An archive: what `python -m extract batch` found in a corpus, as a folder of Parquet files.

Good reading order: `layout` (tables, columns, names, the commit rule), `inputs` (a corpus -> rows), `work` (one row ->
an article with its facts, in a worker), `writer` (rows -> files), `duplicates` (one telling, many copies), `run` (all
of it, on one machine or a cluster). Importing this package loads nothing.
"""
