"""Reads and writes Delta tables by address and by name."""
from awsglue.context import GlueContext
from delta.tables import DeltaTable
from pyspark.context import SparkContext

glueContext = GlueContext(SparkContext.getOrCreate())
spark = glueContext.spark_session
rows = spark.createDataFrame([(1, "d1"), (2, "d2")], ["id", "day"])
rows.write.format("delta").mode("overwrite").partitionBy("day").save("s3://lake/delta/orders/")
table = DeltaTable.forPath(spark, "s3://lake/delta/orders/")
changes = spark.createDataFrame([(2, "x"), (3, "d3")], ["id", "day"])
merge = table.alias("t").merge(changes.alias("s"), "t.id = s.id")
merge.whenMatchedUpdateAll().whenNotMatchedInsertAll().execute()
print(sorted(tuple(row) for row in spark.read.format("delta").load("s3://lake/delta/orders/").collect()))
spark.sql("CREATE TABLE IF NOT EXISTS shop.delta_orders USING delta LOCATION 's3://lake/delta/orders/'")
print(glueContext.create_data_frame.from_catalog(database="shop", table_name="delta_orders").count())
glueContext.write_data_frame.from_catalog(frame=rows, database="shop", table_name="delta_orders")
print(spark.sql("SELECT id FROM shop.delta_orders").count())
for _ in range(2):
    rows.write.format("delta").mode("overwrite").option("path", "s3://lake/delta/copies/").saveAsTable("shop.copies")
spark.sql("UPDATE shop.copies SET day = 'z' WHERE id = 1")
print(sorted(tuple(row) for row in spark.table("shop.copies").collect()))
