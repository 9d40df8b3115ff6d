"""The figures, read from the warehouse: read-only, values bound as parameters.

`metrics/<name>.sql` makes the view `metric_<name>` (numerator and denominator
apart, its definition as the view's comment); the functions here sum a view
over a `Scope` and divide last.
"""

from svarvakt.metrics.account_activity import (
    Activity,
    ActivityAccount,
    ActivityMonth,
    ActivityState,
    ActivityUnit,
    activity,
    activity_accounts,
    activity_by_month,
)
from svarvakt.metrics.account_ownership import (
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
from svarvakt.metrics.backlog import (
    AccountWaiting,
    EqualTreatment,
    NegativeCounts,
    WaitingFigures,
    equal_treatment,
    unanswered_negative_counts,
    waiting,
    waiting_by_account,
)
from svarvakt.metrics.data_coverage import (
    STALE_AFTER_DAYS,
    THIN_COVERAGE,
    CommentsElsewhere,
    CoverageFigures,
    CoverageRow,
    DataState,
    accounts_state,
    comments_elsewhere,
    coverage,
    data_state,
    months_state,
)
from svarvakt.metrics.errors_and_cases import (
    CaseFigures,
    ErrorFigures,
    ErrorRow,
    case_handling,
    error_list,
    factual_errors,
)
from svarvakt.metrics.guideline_rules import (
    AccountRules,
    RuleState,
    UnitRules,
    rules,
    rules_by_account,
    rules_by_unit,
    rules_with_accounts,
    rules_with_units,
)
from svarvakt.metrics.item_list import ItemRow, item_count, items, unanswered_negative
from svarvakt.metrics.item_lookup import (
    OtherReply,
    OwnReply,
    Place,
    PostRow,
    WorkCounts,
    later_replies,
    newest_posts,
    places,
    posts_at,
    replies_by_others,
    work_counts,
)
from svarvakt.metrics.labelling_sample import (
    Picked,
    Said,
    ToRead,
    WordEffect,
    picked,
    to_read,
    word_effects,
)
from svarvakt.metrics.metric_definitions import definition, definitions
from svarvakt.metrics.misclassification_margin import ClassMargins, Margin, class_margins
from svarvakt.metrics.monitoring import (
    FollowUpFigures,
    ModerationFigures,
    MonitoredFigures,
    follow_up,
    moderation,
    monitored,
)
from svarvakt.metrics.monitoring_gaps import GapRow, longest_gaps
from svarvakt.metrics.populations import POPULATIONS, Kind, Population
from svarvakt.metrics.queue import Queue, QueueWeek, queue_at_end, queue_weeks
from svarvakt.metrics.rates import THIN, Change, Rate, wilson
from svarvakt.metrics.reference_data import Target
from svarvakt.metrics.response_breakdown import (
    AccountFigures,
    State,
    UnitFigures,
    response_by_account,
    response_by_unit,
)
from svarvakt.metrics.response_rate import (
    MonthFigures,
    ResponseFigures,
    change,
    like_for_like,
    response,
    response_by_month,
    same_time_earlier,
)
from svarvakt.metrics.response_times import (
    BucketMonth,
    MonthTime,
    TimeFigures,
    response_time,
    response_time_by_month,
    time_buckets,
    typical_wait_until,
)
from svarvakt.metrics.rule_counts import RuleCounts
from svarvakt.metrics.scope import Scope, add_months, newest_full_month
from svarvakt.metrics.target_status import (
    Judgement,
    Status,
    accounts_status,
    answered_status,
    enquiries_status,
    negative_status,
    official_status,
    within_status,
)
from svarvakt.metrics.unit_benchmark import Band, MunicipalityRange, municipality_range
from svarvakt.metrics.unit_choices import UnitThen, units, units_then
