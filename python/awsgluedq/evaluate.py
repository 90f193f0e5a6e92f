"""Evaluates rules over a DataFrame: what they measure, and whether they pass."""

import operator

from awsglue._columns import column
from pyspark.sql import functions as F

_COMPARE = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip


def passes(data, rule):
    """Whether the rule passes, and what was measured."""
    if rule.type == "ColumnExists":
        return column(data, rule.columns[0]) is not None, {}
    if any(column(data, name) is None for name in rule.columns) and rule.type != "CustomSql":
        return False, {}
    if rule.type == "CustomSql":
        return _custom(data, rule)
    condition = row_condition(data, rule)
    if condition is not None:
        return _by_share(data, rule, condition)
    measured = _measure(data, rule)
    name = ".".join(["Column" if rule.columns else "Dataset", ",".join(rule.columns) or "*", rule.type])
    return measured is not None and _fits(measured, rule.test), {name: measured}


def row_condition(data, rule):
    """The rule's condition for a single row. None: the rule is about the whole frame."""
    found = [column(data, name) for name in rule.columns] if rule.type != "CustomSql" else []
    if any(one is None for one in found):
        return None
    if rule.type == "IsComplete":
        return found[0].isNotNull()
    if rule.type == "ColumnValues":
        return _condition(found[0], rule.test)
    if rule.type == "ColumnLength":
        return _condition(F.length(found[0]), rule.test)
    return None


def _by_share(data, rule, condition):
    counts = data.select(F.count(F.lit(1)).alias("all"), F.count(F.when(condition, 1)).alias("some")).first()
    share = counts["some"] / counts["all"] if counts["all"] else 1.0
    wanted = rule.threshold
    return (_fits(share, wanted) if wanted.operator else share == 1.0), {f"Column.{rule.columns[0]}.{rule.type}": share}


def _measure(data, rule):
    if rule.type == "RowCount":
        return float(data.count())
    if rule.type == "ColumnCount":
        return float(len(data.columns))
    found = [column(data, name) for name in rule.columns]
    if rule.type in ("Mean", "Sum", "StandardDeviation"):
        function = {"Mean": F.mean, "Sum": F.sum, "StandardDeviation": F.stddev_pop}[rule.type]
        return _number(data.select(function(found[0].cast("double"))).first()[0])
    if rule.type == "ColumnCorrelation":
        return _number(data.select(F.corr(*(one.cast("double") for one in found))).first()[0])
    counted = data.select(F.count(F.lit(1)), F.count(found[0]), F.count_distinct(*found)).first() if found else (0, 0, 0)
    rows, filled, distinct = counted
    if rule.type == "Completeness":
        return filled / rows if rows else 1.0
    if rule.type == "DistinctValuesCount":
        return float(distinct)
    once = data.groupBy(*found).count().where("count = 1").count()
    if rule.type == "UniqueValueRatio":
        return once / distinct if distinct else 1.0
    if rule.type == "IsPrimaryKey":
        complete = all(data.where(one.isNull()).isEmpty() for one in found)
        return 1.0 if once == rows and complete else 0.0
    return once / rows if rows else 1.0


def _custom(data, rule):
    data.createOrReplaceTempView("primary")
    rows = data.sparkSession.sql(rule.columns[0])
    if not rule.test.operator:
        # Passing rows are counted, as in Glue.
        share = rows.count() / max(1, data.count())
        return _fits(share, rule.threshold) if rule.threshold.operator else share == 1.0, {"Dataset.*.CustomSQL": share}
    value = _number(rows.first()[0])
    return value is not None and _fits(value, rule.test), {"Dataset.*.CustomSQL": value}


def _fits(value, test):
    if not test.operator:
        return value == 1.0
    if test.operator == "between":
        held = test.values[0] < value < test.values[1]
    elif test.operator == "in":
        held = value in test.values
    else:
        held = _COMPARE[test.operator](value, test.values[0])
    return held != test.negated


def _condition(found, test):
    if test.operator == "matches":
        held = found.cast("string").rlike(f"^(?:{test.values[0]})$")
    elif test.operator == "in":
        held = found.isin(*(one for one in test.values if one is not None))
        held = held | found.isNull() if None in test.values else held
    elif test.operator == "between":
        held = (found > test.values[0]) & (found < test.values[1])
    elif test.values[0] is None:
        held = found.isNull() if test.operator == "=" else found.isNotNull()
    else:
        held = _COMPARE[test.operator](found, test.values[0])
    return ~held if test.negated else held


def _number(value):
    return None if value is None else float(value)
