"""The figures, read from the warehouse: read-only, values bound as parameters.

`metrics/<name>.sql` makes the view `metric_<name>` (numerator and denominator
apart, its definition as the view's comment); the functions here sum a view
over a `Scope` and divide last.
"""

from metrics.answers import MonthFigures, ResponseFigures, change, response, response_by_month
from metrics.backlog import (
    AccountWaiting,
    EqualTreatment,
    NegativeCounts,
    WaitingFigures,
    equal_treatment,
    unanswered_negative_counts,
    waiting,
    waiting_by_account,
)
from metrics.basis import (
    STALE_AFTER_DAYS,
    THIN_COVERAGE,
    CoverageFigures,
    CoverageRow,
    DataState,
    coverage,
    coverage_total,
    data_state,
)
from metrics.breakdown import (
    AccountFigures,
    State,
    UnitFigures,
    response_by_account,
    response_by_unit,
)
from metrics.definitions import definition, definitions
from metrics.figures import THIN, Change, Rate, wilson
from metrics.listing import ItemRow, Kind, item_count, items, unanswered_negative
from metrics.owners import (
    Mark,
    OwnershipFigures,
    OwnershipRow,
    OwnershipUnit,
    ToldFigures,
    agent_replies,
    official_accounts,
    ownership,
    ownership_accounts,
    ownership_by_unit,
    told,
)
from metrics.publishing import (
    Activity,
    ActivityAccount,
    ActivityMonth,
    ActivityState,
    ActivityUnit,
    activity,
    activity_accounts,
    activity_by_month,
)
from metrics.scope import Scope, add_months
from metrics.times import (
    BucketMonth,
    MonthTime,
    TimeFigures,
    response_time,
    response_time_by_month,
    time_buckets,
)

__all__ = [
    "STALE_AFTER_DAYS",
    "THIN",
    "THIN_COVERAGE",
    "AccountFigures",
    "AccountWaiting",
    "Activity",
    "ActivityAccount",
    "ActivityMonth",
    "ActivityState",
    "ActivityUnit",
    "BucketMonth",
    "Change",
    "CoverageFigures",
    "CoverageRow",
    "DataState",
    "EqualTreatment",
    "ItemRow",
    "Kind",
    "Mark",
    "MonthFigures",
    "MonthTime",
    "NegativeCounts",
    "OwnershipFigures",
    "OwnershipRow",
    "OwnershipUnit",
    "Rate",
    "ResponseFigures",
    "Scope",
    "State",
    "TimeFigures",
    "ToldFigures",
    "UnitFigures",
    "WaitingFigures",
    "activity",
    "activity_accounts",
    "activity_by_month",
    "add_months",
    "agent_replies",
    "change",
    "coverage",
    "coverage_total",
    "data_state",
    "definition",
    "definitions",
    "equal_treatment",
    "item_count",
    "items",
    "official_accounts",
    "ownership",
    "ownership_accounts",
    "ownership_by_unit",
    "response",
    "response_by_account",
    "response_by_month",
    "response_by_unit",
    "response_time",
    "response_time_by_month",
    "time_buckets",
    "told",
    "unanswered_negative",
    "unanswered_negative_counts",
    "waiting",
    "waiting_by_account",
    "wilson",
]
