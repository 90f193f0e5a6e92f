"""Walks a schema like Glue Studio's node "drop null fields"."""
from awsglue import DynamicFrame
from awsglue.context import GlueContext
from awsglue.gluetypes import *
from awsglue.transforms import *
from pyspark.context import SparkContext
from pyspark.sql import functions as SqlFuncs

glueContext = GlueContext(SparkContext())
spark = glueContext.spark_session


def empty_fields(schema, path, frame):
    if isinstance(schema, StructType):
        return [one for field in schema for one in empty_fields(field.dataType, f"{path}.{field.name}" if path else field.name, frame)]
    if isinstance(schema, NullType):
        return [path]
    values = {row[path.split(".")[-1]] for row in frame.toDF().select(path).distinct().collect()}
    return [path] if all(value is None or str(value).strip() in ("", "null") for value in values) else []


data = spark.createDataFrame([(1, "", "x"), (2, "null", None)], ["id", "gone", "kept"])
frame = DynamicFrame.fromDF(data, glueContext, "frame")
dropped = DropFields.apply(frame=frame, paths=empty_fields(frame.schema(), "", frame))
print(dropped.toDF().columns)
counts = dropped.toDF().groupBy("kept").agg(SqlFuncs.count("id").alias("n")).orderBy("kept")
DynamicFrame.fromDF(counts, glueContext, "counts").show()
