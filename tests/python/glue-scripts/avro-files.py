"""Reads and writes Avro files with DynamicFrames and with Spark."""
from awsglue.context import GlueContext
from awsglue.dynamicframe import DynamicFrame
from pyspark.context import SparkContext

glueContext = GlueContext(SparkContext.getOrCreate())
spark = glueContext.spark_session
rows = spark.createDataFrame([(1, "d1"), (2, "d2")], ["id", "day"])
glueContext.write_dynamic_frame.from_options(
    frame=DynamicFrame.fromDF(rows, glueContext, "rows"),
    connection_type="s3",
    connection_options={"path": "s3://lake/avro/frames/", "partitionKeys": ["day"]},
    format="avro",
)
frames = glueContext.create_dynamic_frame.from_options("s3", {"paths": ["s3://lake/avro/frames/"]}, format="avro")
print(sorted((row.id, row.day) for row in frames.toDF().collect()))
rows.write.format("avro").mode("overwrite").save("s3://lake/avro/spark/")
print(spark.read.format("avro").load("s3://lake/avro/spark/").count())
