"""The monthly report: one set of figures, one record in words, three thin renderers."""

from reports.archive import LockedReport, archive, rates, total
from reports.document import Document, document
from reports.figures import Figures, NoData, Unfinished
from reports.monthly_report import (
    FORMATS,
    Report,
    definitions,
    lock_month,
    make,
    newest_month,
    render,
    report,
    units,
)

__all__ = [
    "FORMATS",
    "Document",
    "Figures",
    "LockedReport",
    "NoData",
    "Report",
    "Unfinished",
    "archive",
    "definitions",
    "document",
    "lock_month",
    "make",
    "newest_month",
    "rates",
    "render",
    "report",
    "total",
    "units",
]
