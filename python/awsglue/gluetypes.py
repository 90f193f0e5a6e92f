"""Types of a frame's schema. Locally they are Spark's own, so scripts may compare `frame.schema()` with either."""

from pyspark.sql.types import (
    ArrayType,
    AtomicType,
    BinaryType,
    BooleanType,
    ByteType,
    DataType,
    DateType,
    DecimalType,
    DoubleType,
    FloatType,
    IntegerType,
    LongType,
    MapType,
    NullType,
    ShortType,
    StringType,
    StructField,
    StructType,
    TimestampType,
)

Field = StructField


class ChoiceType(DataType):
    """Never in a local schema, since a column has one type."""


class UnknownType(NullType):
    """Glue's name for the type of a column without values."""


__all__ = [
    "ArrayType", "AtomicType", "BinaryType", "BooleanType", "ByteType", "ChoiceType", "DataType", "DateType", "DecimalType",
    "DoubleType", "Field", "FloatType", "IntegerType", "LongType", "MapType", "NullType", "ShortType", "StringType",
    "StructType", "TimestampType", "UnknownType",
]  # fmt: skip
