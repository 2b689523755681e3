"""An archive: what `python -m extract batch` found in a corpus, as a folder of Parquet files.

Good reading order: `layout` (tables, columns, names, the commit rule), `inputs` (a corpus -> rows), `work` (one row ->
an article with its facts, in a worker), `duplicates` (one telling, many copies), `files` and `writer` (whole parts or
none), `engine` (the cores of a machine or a cluster), `run` (all of it), `choose` (records picked out again).
Importing this package loads nothing.
"""
