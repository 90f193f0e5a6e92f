"""boto3 beside Spark: objects, the catalog, the job's own runs."""
import sys
import boto3
from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from botocore.exceptions import ClientError

args = getResolvedOptions(sys.argv, ["JOB_NAME", "bucket"])
s3 = boto3.client("s3")
bucket = args["bucket"]
s3.put_object(Bucket=bucket, Key="in/part=1/a.json", Body=b'{"a": 1}\n{"a": 2}\n')
s3.put_object(Bucket=bucket, Key="in/part=02/b.json", Body=b'{"a": 3}\n')
boto3.resource("s3").Object(bucket, "folder/").put()
glueContext = GlueContext(SparkContext.getOrCreate())
job = Job(glueContext)
job.init(args["JOB_NAME"], args)
rows = glueContext.create_dynamic_frame.from_options("s3", {"paths": [f"s3://{bucket}/in/"], "recurse": True}, "json")
print(sorted((row.a, row.part) for row in rows.toDF().collect()))
glueContext.spark_session.read.json(f"s3://{bucket}/in/").coalesce(1).write.mode("overwrite").json(f"s3://{bucket}/out/")
keys = [one["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket) for one in page["Contents"]]
print(sorted(key.split("/part-")[0] for key in keys))
glue = boto3.client("glue", region_name="eu-west-1")
glue.create_table(
    DatabaseName="shop",
    TableInput={
        "Name": "made",
        "TableType": "EXTERNAL_TABLE",
        "PartitionKeys": [{"Name": "part", "Type": "string"}],
        "StorageDescriptor": {
            "Columns": [{"Name": "a", "Type": "int"}],
            "Location": f"s3://{bucket}/in/",
            "SerdeInfo": {"SerializationLibrary": "org.openx.data.jsonserde.JsonSerDe"},
        },
    },
)
glue.create_partition(
    DatabaseName="shop",
    TableName="made",
    PartitionInput={"Values": ["1"], "StorageDescriptor": {"Location": f"s3://{bucket}/in/part=1/"}},
)
print([row.a for row in glueContext.sql("select a from shop.made where part = '1' order by a").collect()])
try:
    glue.get_table(DatabaseName="shop", Name="none")
except ClientError as error:
    print(error.response["Error"]["Code"])
try:
    glue.list_registries()
except ClientError as error:
    print(error.response["Error"]["Code"])
print(boto3.client("sts").get_caller_identity()["Account"], len(glue.get_job_runs(JobName=args["JOB_NAME"])["JobRuns"]))
job.commit()
