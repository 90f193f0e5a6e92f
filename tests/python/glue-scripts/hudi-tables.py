"""Reads and writes Hudi tables, and syncs them with the Data Catalog."""
from awsglue.context import GlueContext
from pyspark.context import SparkContext

glueContext = GlueContext(SparkContext.getOrCreate())
spark = glueContext.spark_session
options = {
    "hoodie.table.name": "hudi_orders",
    "hoodie.datasource.write.recordkey.field": "id",
    "hoodie.datasource.write.partitionpath.field": "day",
    "hoodie.datasource.write.precombine.field": "at",
    "hoodie.datasource.write.operation": "upsert",
    "hoodie.datasource.hive_sync.enable": "true",
    "hoodie.datasource.hive_sync.mode": "hms",
    "hoodie.datasource.hive_sync.database": "shop",
    "hoodie.datasource.hive_sync.table": "hudi_orders",
    "hoodie.datasource.hive_sync.partition_fields": "day",
}
columns = ["id", "day", "at"]
first = spark.createDataFrame([(1, "d1", 5), (2, "d2", 5)], columns)
first.write.format("hudi").options(**options).mode("overwrite").save("s3://lake/hudi/orders/")
second = spark.createDataFrame([(1, "d1", 6), (3, "d1", 6)], columns)
second.write.format("hudi").options(**options).mode("append").save("s3://lake/hudi/orders/")
print(sorted((row.id, row.day, row.at) for row in spark.read.format("hudi").load("s3://lake/hudi/orders/").collect()))
print(glueContext.create_data_frame.from_catalog(database="shop", table_name="hudi_orders").count())
print(sorted(row.id for row in spark.sql("SELECT id FROM shop.hudi_orders").collect()))
