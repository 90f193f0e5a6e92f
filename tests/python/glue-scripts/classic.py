"""A script in the style of Glue's console before Studio: a table to Parquet, with a choice of types."""
import sys
from awsglue.transforms import *
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from awsglue.context import GlueContext
from awsglue.dynamicframe import DynamicFrame
from awsglue.job import Job

## @params: [JOB_NAME]
args = getResolvedOptions(sys.argv, ["JOB_NAME"])
glueContext = GlueContext(SparkContext.getOrCreate())
job = Job(glueContext)
job.init(args["JOB_NAME"], args)
payments = glueContext.create_dynamic_frame.from_catalog(database="shop", table_name="payments", transformation_ctx="payments")
columns = payments.resolveChoice(specs=[("provider id", "make_cols")])
print(sorted(columns.toDF().columns))
print([(row["provider id_long"], row["provider id_string"]) for row in columns.toDF().orderBy("charge").collect()])
structs = ResolveChoice.apply(frame=payments, choice="make_struct", transformation_ctx="structs").toDF().orderBy("charge")
print([row["provider id"].asDict() for row in structs.collect()][1:])
cast = payments.resolveChoice(specs=[("provider id", "cast:long")]).toDF().where("`provider id` is not null")
nested = DynamicFrame.fromDF(cast, glueContext, "nested").apply_mapping(
    [("provider id", "long", "provider.id", "long"), ("charge", "string", "provider.charge", "double"), ("none", "string", "n", "string")]
)
dropnullfields3 = DropNullFields.apply(frame=nested, transformation_ctx="dropnullfields3")
datasink4 = glueContext.write_dynamic_frame.from_options(
    frame=dropnullfields3, connection_type="s3", connection_options={"path": "s3://lake/payments"}, format="parquet", transformation_ctx="datasink4"
)
print(sorted(tuple(row.provider) for row in glueContext.read.parquet("s3://lake/payments").collect()))
mixed = glueContext.create_dynamic_frame.from_options("s3", {"paths": ["s3://landing/mixed/"]}, format="json")
print(sorted(mixed.resolveChoice(choice="make_cols").toDF().columns))
print([(row.id_int, row.id_string) for row in mixed.resolveChoice(choice="make_cols").toDF().orderBy("at").collect()])
print([row.id for row in mixed.resolveChoice(specs=[("id", "project:string")]).toDF().orderBy("at").collect()])
job.commit()
