"""Columns with values of several types. Spark's readers turn them into text; Glue leaves the choice to `resolveChoice`.
Only a frame that was just read has them."""

from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructType

from ._columns import cast, spark_type

_NUMBERS = ("int", "long", "double")


class JsonChoices:
    """
    :param lines: gives the files' lines as `value`, with the columns of their partitions
    """

    def __init__(self, lines):
        self._lines = lines

    def split(self, data, names):
        """The frame with a column `NAME_TYPE` for each type of an ambiguous column, and these types."""
        lines = self._lines()
        outside = set(lines.columns)
        schema = StructType([one for one in data.schema.fields if one.name not in outside])
        names = [one.name for one in schema.fields if one.name in names and isinstance(one.dataType, StringType)]
        rows = lines.withColumn("__record", F.from_json("value", schema))
        for name in names:
            for kind in (*_NUMBERS, "boolean"):
                # As a number, text reads as null, and so does a number as text.
                typed = F.from_json("value", f"`{name}` {spark_type(kind)}").getField(name)
                rows = rows.withColumn(f"{name}_{kind}", typed)
        whole = {one.name: F.col("__record").getField(one.name) for one in schema.fields}
        return _laid_out(rows, data, names, whole)


class CsvChoices:
    """A table of the catalog whose files hold other values than its types say.

    :param texts: gives the same rows with every column as text
    """

    def __init__(self, texts):
        self._texts = texts

    def split(self, data, names):
        kinds = {one.name: one.dataType for one in data.schema.fields if one.name in names}
        names = [name for name, kind in kinds.items() if not isinstance(kind, StringType)]
        rows = self._texts()
        for name in names:
            kind = {"bigint": "long"}.get(kinds[name].simpleString(), kinds[name].simpleString())
            for one in (*_NUMBERS, "boolean"):
                value = cast(F.col(f"`{name}`"), kinds[name]) if one == kind else F.lit(None)
                rows = rows.withColumn(f"{name}_{one}", value)
        others = {one.name: cast(F.col(f"`{one.name}`"), one.dataType) for one in data.schema.fields if one.name not in names}
        return _laid_out(rows, data, names, {**others, **{name: F.col(f"`{name}`") for name in names}})


def _laid_out(rows, data, names, whole):
    kinds = _kinds(rows, names, whole)
    columns = []
    for name in data.columns:
        if name not in kinds:
            columns.append(whole.get(name, F.col(f"`{name}`")).cast(data.schema[name].dataType).alias(name))
            continue
        typed = [(kind, F.col(f"`{name}_{kind}`")) for kind in kinds[name][:-1]]
        columns += [value.alias(f"{name}_{kind}") for kind, value in typed]
        rest = F.when(F.coalesce(*(value.cast("string") for _, value in typed)).isNull(), whole[name])
        columns.append(rest.alias(f"{name}_string"))
    return rows.select(*columns), kinds


def _kinds(rows, names, whole):
    """The types of each column that has both text and other values."""
    found = {}
    for name in names:
        typed = (*_NUMBERS, "boolean")
        counted = [F.count(F.col(f"`{name}_{kind}`")).alias(kind) for kind in typed]
        counts = rows.select(*counted, F.count(whole[name]).alias("all")).first()
        number = next((kind for kind in _NUMBERS if counts[kind] == max(counts[one] for one in _NUMBERS)), "double")
        some = [kind for kind in (number, "boolean") if counts[kind] > 0]
        if some and counts["all"] > sum(counts[kind] for kind in some):
            found[name] = [*some, "string"]
    return found


def as_structs(rows, data, kinds):
    """The columns of all types as one column with a field for each type."""
    columns = []
    for name in data.columns:
        if name in kinds:
            fields = [F.col(f"`{name}_{kind}`").alias(kind) for kind in kinds[name]]
            columns.append(F.struct(*fields).alias(name))
        else:
            columns.append(F.col(f"`{name}`"))
    return rows.select(*columns)
