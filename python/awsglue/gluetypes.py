"""Types of a frame's schema. Locally they are Spark's own, so that `frame.schema()` is told apart by either."""

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
    """No schema has it locally: a column has one type."""


class UnknownType(NullType):
    """Glue's name for a type that no value tells."""


__all__ = [
    "ArrayType", "AtomicType", "BinaryType", "BooleanType", "ByteType", "ChoiceType", "DataType", "DateType", "DecimalType",
    "DoubleType", "Field", "FloatType", "IntegerType", "LongType", "MapType", "NullType", "ShortType", "StringType",
    "StructType", "TimestampType", "UnknownType",
]  # fmt: skip
