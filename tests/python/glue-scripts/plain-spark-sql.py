"""Spark without awsglue, with the catalog's tables, as on Glue with its Data Catalog."""
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
spark.catalog.setCurrentDatabase("marts")
spark.sql(f"""
    CREATE EXTERNAL TABLE IF NOT EXISTS visits (page STRING, n INT) PARTITIONED BY (day STRING)
    ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' STORED AS TEXTFILE LOCATION 's3://{bucket}/visits/'
""")
spark.sql("INSERT INTO visits PARTITION (day = '2026-11-22') VALUES ('home', 3), ('about', 1)")
print([row.page for row in spark.sql("SELECT page FROM visits WHERE day = '2026-11-22' ORDER BY n").collect()])
orders.write.saveAsTable("marts.kept")
fresh = spark.newSession()
print(fresh.table("marts.kept").count(), spark.table("marts.kept").count())
print(fresh.table("marts.visits").count(), fresh.sql("SELECT n FROM marts.visits WHERE page = 'home'").first().n)
print(sorted(one.name for one in spark.catalog.listTables("marts")))
spark.stop()
