"""Reads crawled partitions whose folders are not named `key=value`, and whose columns differ."""
import sys
import boto3
from awsglue.context import GlueContext
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

bucket = getResolvedOptions(sys.argv, ["JOB_NAME", "bucket"])["bucket"]
s3, glue = boto3.client("s3"), boto3.client("glue")
s3.put_object(Bucket=bucket, Key="crawled/people/a.json", Body=b'{"name": "ann", "place": 1}\n{"name": "bob", "place": 2}\n')
s3.put_object(Bucket=bucket, Key="crawled/places/b.json", Body=b'{"place": 1, "city": "Bonn"}\n')
columns = [{"Name": "name", "Type": "string"}, {"Name": "place", "Type": "bigint"}, {"Name": "city", "Type": "string"}]
glue.create_table(
    DatabaseName="shop",
    TableInput={
        "Name": "crawled",
        "Parameters": {"classification": "json"},
        "PartitionKeys": [{"Name": "partition_0", "Type": "string"}],
        "StorageDescriptor": {"Location": f"s3://{bucket}/crawled/", "Columns": columns},
    },
)
for value in ("people", "places"):
    where = {"Values": [value], "StorageDescriptor": {"Location": f"s3://{bucket}/crawled/{value}/"}}
    glue.create_partition(DatabaseName="shop", TableName="crawled", PartitionInput=where)
glueContext = GlueContext(SparkContext.getOrCreate())
read = lambda **more: glueContext.create_dynamic_frame.from_catalog(database="shop", table_name="crawled", **more).toDF()
people, places = read(push_down_predicate="partition_0 = 'people'"), read(push_down_predicate="partition_0 = 'places'")
print(sorted(people.columns), sorted(places.columns))
print([tuple(row) for row in people.join(places, people.place == places.place).select("name", "city").collect()])
print(sorted((row.partition_0, row.place) for row in read().collect()))
glue.create_database(DatabaseInput={"Name": "with-hyphen"})
print(glueContext.sql("SELECT 1").count(), any("with-hyphen" in row[0] for row in glueContext.sql("SHOW DATABASES").collect()))
