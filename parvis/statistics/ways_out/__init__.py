"""The ways out of a table: text, workbook, data, paper and pictures. Each renders :class:`parvis.statistics.shown.CrossTable`
as it stands and computes no figure, so that all of them agree to the digit.

Each takes one table or several that belong together: the small multiples of a third dimension, the two steps of a flow.
"""

from parvis.statistics.ways_out.data import as_json
from parvis.statistics.ways_out.drawn import png, svg
from parvis.statistics.ways_out.pdf import pdf
from parvis.statistics.ways_out.pictures import Kind, fitting, pictures
from parvis.statistics.ways_out.text import as_csv, as_xlsx
from parvis.statistics.ways_out.words import explained, said

__all__ = [
    "Kind",
    "as_csv",
    "as_json",
    "as_xlsx",
    "explained",
    "fitting",
    "pdf",
    "pictures",
    "png",
    "said",
    "svg",
]
