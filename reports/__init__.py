"""The monthly report: one set of figures, one record in words, three thin renderers."""

from reports.document import Document, document
from reports.figures import Figures, NoData
from reports.making import FORMATS, Report, lock_month, make, newest_month, render, report, units

__all__ = [
    "FORMATS",
    "Document",
    "Figures",
    "NoData",
    "Report",
    "document",
    "lock_month",
    "make",
    "newest_month",
    "render",
    "report",
    "units",
]
