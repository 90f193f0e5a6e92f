"""`EvaluateDataQuality`: a frame's rules with their outcomes, and its rows with theirs."""

from functools import reduce

from awsglue.dynamicframe import DynamicFrame, DynamicFrameCollection
from awsglue.transforms import GlueTransform, SelectFromCollection
from pyspark.sql import functions as F

from .evaluate import passes, row_condition
from .rules import parse_rules

_OUTCOMES = "Rule string, Outcome string, FailureReason string, EvaluatedMetrics map<string,double>"


class EvaluateDataQuality(GlueTransform):
    def __call__(self, frame, ruleset, publishing_options=None, additional_options=None, **more):
        return self.process_rows(frame, ruleset, publishing_options, additional_options)["ruleOutcomes"]

    def process_rows(
        self, frame, ruleset, publishing_options=None, additional_options=None, additional_data_sources=None, **more
    ):
        """Outcomes are printed, where Glue publishes them."""
        data = frame.toDF() if isinstance(frame, DynamicFrame) else frame
        rules = parse_rules(ruleset)
        rows = []
        for rule in rules:
            passed, metrics = passes(data, rule)
            reason = None if passed else f"{rule.text} does not hold: {metrics}"
            rows.append((rule.text, "Passed" if passed else "Failed", reason, metrics))
            print(f"data quality: {'passed' if passed else 'FAILED'}  {rule.text}", flush=True)
        context = frame.glue_ctx if isinstance(frame, DynamicFrame) else None
        outcomes = data.sparkSession.createDataFrame(rows, _OUTCOMES)
        frames = {"ruleOutcomes": outcomes, "rowLevelOutcomes": _by_row(data, rules), "originalData": data}
        return DynamicFrameCollection({name: DynamicFrame(one, context, name) for name, one in frames.items()}, context)


def _by_row(data, rules):
    """Each row with the rules that it passes and fails. Rules about the whole frame are skipped."""
    each = [(rule.text, row_condition(data, rule)) for rule in rules]
    skipped = [text for text, condition in each if condition is None]
    known = [(text, F.coalesce(condition, F.lit(False))) for text, condition in each if condition is not None]
    return (
        data.withColumn("DataQualityRulesPass", _names(known))
        .withColumn("DataQualityRulesFail", _names([(text, ~condition) for text, condition in known]))
        .withColumn("DataQualityRulesSkip", F.array(*map(F.lit, skipped)).cast("array<string>"))
        .withColumn("DataQualityEvaluationResult", _result(known))
    )


def _names(conditions):
    texts = F.array(*(F.when(condition, F.lit(text)) for text, condition in conditions)).cast("array<string>")
    return F.filter(texts, lambda one: one.isNotNull())


def _result(conditions):
    if not conditions:
        return F.lit("Passed")
    return F.when(reduce(lambda a, b: a & b, (one for _, one in conditions)), "Passed").otherwise("Failed")


__all__ = ["EvaluateDataQuality", "SelectFromCollection"]
