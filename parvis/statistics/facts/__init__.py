"""Facts out of the operational tables, and the snapshots of them that every cross-table is asked of.

:mod:`extract` reads days and shapes them; :mod:`snapshots` writes a month's files and says which are in force; :mod:`triggers`
and :mod:`refresh` keep them in step; :mod:`late` remembers what changed after its day was settled.
"""
