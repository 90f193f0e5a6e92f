"""Functions of scripts over records: dicts in, dicts out."""

from pyspark.sql import Row
from pyspark.sql.types import NullType, StringType, StructField, StructType


class Record(dict):
    """`record["field"]` and `record.field`."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def filtered(data, test):
    kept = data.rdd.filter(lambda row: bool(test(_record(row))))
    return data.sparkSession.createDataFrame(kept, data.schema)


def mapped(data, change):
    changed = data.rdd.map(lambda row: change(_record(row))).filter(lambda one: one is not None).cache()
    names = _names(changed)
    if not names:
        return data.sparkSession.createDataFrame([], data.schema)
    rows = changed.map(lambda one: Row(**{name: _row(one.get(name)) for name in names}))
    frame_schema = data.sparkSession.createDataFrame(rows, samplingRatio=1.0).schema
    before = {field.name: field.dataType for field in data.schema.fields}
    # A field without a single value says nothing of its type.
    fields = [
        StructField(one.name, before.get(one.name, StringType())) if isinstance(one.dataType, NullType) else one
        for one in frame_schema.fields
    ]
    return data.sparkSession.createDataFrame(rows, StructType(fields))


def _record(row):
    return Record({name: _plain(row[name]) for name in row.__fields__})


def _plain(value):
    if isinstance(value, Row):
        return _record(value)
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _row(value):
    if isinstance(value, Record) or (isinstance(value, dict) and all(isinstance(key, str) for key in value)):
        return Row(**{name: _row(one) for name, one in value.items()})
    return [_row(one) for one in value] if isinstance(value, (list, tuple)) and not isinstance(value, Row) else value


def _names(records):
    """All names, in the order in which they first come."""
    seen = records.map(lambda one: tuple(one)).distinct().collect()
    return list(dict.fromkeys(name for names in sorted(seen, key=len, reverse=True) for name in names))
