"""Cross-tables over years of a network: facts in columns, one file a unit and month, asked with DuckDB.

Knows neither the web nor the operational tables. A *fact* is one thing that was counted, in its own unit, without anything that
could name somebody and no time finer than the hour. A *question* chooses a unit, up to three dimensions, filters and a period; the
*answer* holds true counts, which only :mod:`parvis.statistics.protection` turns into what may leave.
"""
