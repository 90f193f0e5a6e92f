"""Without awsglue: Spark alone, with the catalog's tables as on Glue with its Data Catalog."""
import sys
from pyspark.sql import SparkSession
from pyspark.sql.functions import col

spark = SparkSession.builder.appName("tables").enableHiveSupport().getOrCreate()
bucket = "-".join(["made", "here"])
orders = spark.sql("SELECT region, sum(amount) AS total FROM shop.sales WHERE year = '2026' GROUP BY region ORDER BY region")
print([(row.region, row.total) for row in orders.collect()])
spark.sql("CREATE DATABASE IF NOT EXISTS marts")
orders.write.mode("overwrite").format("parquet").option("path", f"s3://{bucket}/totals/").saveAsTable("marts.totals")
print(spark.table("marts.totals").count(), spark.catalog.tableExists("marts.totals"))
spark.sql("INSERT INTO marts.totals VALUES ('west', 7.0)")
spark.sql(f"CREATE TABLE marts.big USING parquet LOCATION 's3://{bucket}/big/' AS SELECT * FROM marts.totals WHERE total > 5")
print(sorted(row.region for row in spark.read.table("marts.big").collect()))
df = spark.read.option("header", True).csv(f"s3a://landing/orders/")
df.filter(col("city") == "Bonn").repartition(1).write.mode("overwrite").partitionBy("city").csv(f"s3://{bucket}/bonn", header=True)
print(spark.read.csv(f"s3://{bucket}/bonn/", header=True).columns)
spark.sparkContext.parallelize(["a", "b"]).saveAsTextFile(f"s3://{bucket}/text")
print(sorted(spark.sparkContext.textFile(f"s3://{bucket}/text").collect()))
spark.sql("DROP TABLE marts.big")
spark.stop()
