"""Reads and writes Iceberg tables in the Data Catalog."""
import sys
from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

args = getResolvedOptions(sys.argv, ["JOB_NAME", "bucket"])
glueContext = GlueContext(SparkContext.getOrCreate())
spark = glueContext.spark_session
job = Job(glueContext)
job.init(args["JOB_NAME"], args)
bucket = args["bucket"]
spark.sql("CREATE DATABASE IF NOT EXISTS glue_catalog.ice")
spark.sql(
    f"""CREATE TABLE IF NOT EXISTS glue_catalog.ice.orders (id bigint, day string)
    USING iceberg PARTITIONED BY (day) LOCATION 's3://{bucket}/ice/orders'"""
)
rows = spark.createDataFrame([(1, "d1"), (2, "d2")], ["id", "day"])
rows.writeTo("glue_catalog.ice.orders").append()
rows.createOrReplaceTempView("rows")
spark.sql(
    """MERGE INTO glue_catalog.ice.orders t USING (SELECT id + 1 AS id, day FROM rows) s ON t.id = s.id
    WHEN MATCHED THEN UPDATE SET day = 'm' WHEN NOT MATCHED THEN INSERT *"""
)
print(sorted(tuple(row) for row in spark.table("glue_catalog.ice.orders").collect()))
print(spark.table("glue_catalog.ice.orders.snapshots").count())
glueContext.write_data_frame.from_catalog(frame=rows, database="ice", table_name="orders")
print(glueContext.create_data_frame.from_catalog(database="ice", table_name="orders").count())
rows.writeTo("glue_catalog.ice.copies").createOrReplace()
print(sorted(row.tableName for row in spark.sql("SHOW TABLES IN glue_catalog.ice").collect()))
job.commit()
