"""Runs a script's functions over records: dicts in, dicts out."""

import datetime
import decimal
from functools import reduce

from pyspark.sql import Row
from pyspark.sql import types as T


class Record(dict):
    """Allows `record["field"]` and `record.field`, ignoring case."""

    def __missing__(self, name):
        known = {one.lower(): one for one in self}
        if not isinstance(name, str) or name.lower() not in known:
            raise KeyError(name)
        return self[known[name.lower()]]

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def filtered(data, test):
    kept = data.rdd.filter(lambda row: bool(test(_record(row))))
    return data.sparkSession.createDataFrame(kept, data.schema)


def mapped(data, change):
    return _framed(data, data.rdd.map(lambda row: change(_record(row))))


def mapped_partitions(data, change):
    return _framed(data, data.rdd.mapPartitions(lambda rows: change(map(_record, rows))))


def _framed(data, changed):
    changed = changed.filter(lambda one: one is not None).cache()
    if changed.isEmpty():
        return data.sparkSession.createDataFrame([], data.schema)
    before = {field.name: field.dataType for field in data.schema.fields}
    kind = reduce(_merged, changed.map(_kind).distinct().collect())
    schema = T.StructType([T.StructField(one.name, _settled(one.dataType, before.get(one.name))) for one in kind.fields])
    return data.sparkSession.createDataFrame(changed.map(lambda one: _fitted(one, schema)), schema)


def _record(row):
    return Record({name: _plain(row[name]) for name in row.__fields__})


def _plain(value):
    if isinstance(value, Row):
        return _record(value)
    return [_plain(one) for one in value] if isinstance(value, list) else value


_KINDS = [
    (bool, T.BooleanType()),
    (int, T.LongType()),
    (float, T.DoubleType()),
    (str, T.StringType()),
    (datetime.datetime, T.TimestampType()),
    (datetime.date, T.DateType()),
    ((bytes, bytearray), T.BinaryType()),
]


def _kind(value):
    """Spark's type of a value. The fields of records keep their order."""
    if value is None:
        return T.NullType()
    if isinstance(value, dict):
        return T.StructType([T.StructField(str(name), _kind(one)) for name, one in value.items()])
    if isinstance(value, (list, tuple, set)):
        return T.ArrayType(reduce(_merged, map(_kind, value), T.NullType()))
    if isinstance(value, decimal.Decimal):
        return T.DecimalType(38, max(0, -value.as_tuple().exponent))
    known = next((kind for one, kind in _KINDS if isinstance(value, one)), None)
    if known is not None:
        return known
    # numpy's numbers can return their Python value.
    return _kind(value.item()) if hasattr(value, "item") else T.StringType()


def _merged(one, other):
    """The type for both values: numbers widen, anything else becomes text."""
    if one == other or isinstance(other, T.NullType):
        return one
    if isinstance(one, T.NullType):
        return other
    if isinstance(one, T.StructType) and isinstance(other, T.StructType):
        fields = {field.name: field.dataType for field in one.fields}
        for field in other.fields:
            fields[field.name] = _merged(fields.get(field.name, T.NullType()), field.dataType)
        return T.StructType([T.StructField(name, kind) for name, kind in fields.items()])
    if isinstance(one, T.ArrayType) and isinstance(other, T.ArrayType):
        return T.ArrayType(_merged(one.elementType, other.elementType))
    if isinstance(one, T.DecimalType) and isinstance(other, T.DecimalType):
        return T.DecimalType(38, max(one.scale, other.scale))
    numbers = (T.LongType, T.DoubleType, T.DecimalType)
    return T.DoubleType() if isinstance(one, numbers) and isinstance(other, numbers) else T.StringType()


def _settled(kind, before):
    """A field that a function passes on keeps its type. A field without any value has its old type, or text."""
    if isinstance(kind, T.NullType):
        return before or T.StringType()
    if isinstance(kind, T.StructType):
        return T.StructType([T.StructField(one.name, _settled(one.dataType, None)) for one in kind.fields])
    if isinstance(kind, T.ArrayType):
        return T.ArrayType(_settled(kind.elementType, None))
    whole = (T.ByteType, T.ShortType, T.IntegerType)
    return T.LongType() if isinstance(before, whole) and isinstance(kind, T.LongType) else kind


def _fitted(value, kind):
    if value is None:
        return None
    if isinstance(kind, T.StructType):
        return tuple(_fitted(value.get(one.name), one.dataType) for one in kind.fields)
    if isinstance(kind, T.ArrayType):
        return [_fitted(one, kind.elementType) for one in value]
    value = value.item() if hasattr(value, "item") else value
    if isinstance(kind, T.DoubleType):
        return float(value)
    return str(value) if isinstance(kind, T.StringType) and not isinstance(value, str) else value
