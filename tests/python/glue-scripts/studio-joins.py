"""Two JSON sources, one of them a table whose columns the catalog has in lower case; joins; a sink in JSON."""
import sys
from awsglue.transforms import *
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from awsglue.context import GlueContext
from awsglue.job import Job
import re

args = getResolvedOptions(sys.argv, ["JOB_NAME"])
sc = SparkContext()
glueContext = GlueContext(sc)
job = Job(glueContext)
job.init(args["JOB_NAME"], args)
customers = glueContext.create_dynamic_frame.from_catalog(
    database="shop", table_name="customers", transformation_ctx="customers"
)
steps = glueContext.create_dynamic_frame.from_options(
    format_options={"multiline": False},
    connection_type="s3",
    format="json",
    connection_options={"paths": ["s3://landing/steps/"], "recurse": True},
    transformation_ctx="steps",
)
willing = Filter.apply(frame=customers, f=lambda row: (not (row["sharewithresearch"] == 0)), transformation_ctx="willing")
joined = Join.apply(frame1=steps, frame2=willing, keys1=["user"], keys2=["email"], transformation_ctx="joined")
print(sorted(joined.toDF().columns))
kept = DropFields.apply(frame=joined, paths=["email", ".timeStamp", "phone"], transformation_ctx="kept")
sink = glueContext.getSink(
    path="s3://lake/trusted/",
    connection_type="s3",
    updateBehavior="UPDATE_IN_DATABASE",
    partitionKeys=[],
    enableUpdateCatalog=True,
    transformation_ctx="sink",
)
sink.setCatalogInfo(catalogDatabase="shop", catalogTableName="trusted")
sink.setFormat("json")
sink.writeFrame(kept)
again = glueContext.spark_session.sql("select user, count(*) as n from shop.trusted group by user order by user")
print([(row.user, row.n) for row in again.collect()])
self_joined = Join.apply(kept, SelectFields.apply(kept, ["user", "x"]), "user", "user")
print(self_joined.count(), sorted(self_joined.toDF().columns)[:2])
job.commit()
