"""A script in the style of Glue Studio: CSV, a change of schema, SQL, data quality, a sink with a table."""
import sys
from awsglue.transforms import *
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from awsglue.context import GlueContext
from awsglue.job import Job
from awsgluedq.transforms import EvaluateDataQuality
from awsglue import DynamicFrame


def sparkSqlQuery(glueContext, query, mapping, transformation_ctx) -> DynamicFrame:
    for alias, frame in mapping.items():
        frame.toDF().createOrReplaceTempView(alias)
    result = spark.sql(query)
    return DynamicFrame.fromDF(result, glueContext, transformation_ctx)


args = getResolvedOptions(sys.argv, ["JOB_NAME"])
sc = SparkContext()
glueContext = GlueContext(sc)
spark = glueContext.spark_session
job = Job(glueContext)
job.init(args["JOB_NAME"], args)

RULES = """
    Rules = [
        ColumnCount > 0, RowCount between 1 and 10,
        IsComplete "id", IsUnique "id",
        ColumnValues "city" in ["Bonn", "Kiel"] with threshold > 0.5,
        ColumnValues "amount" >= 5
    ]
"""

orders = glueContext.create_dynamic_frame.from_options(
    format_options={"quoteChar": '"', "withHeader": True, "separator": ",", "optimizePerformance": False},
    connection_type="s3",
    format="csv",
    connection_options={"paths": ["s3://landing/orders/"], "recurse": True},
    transformation_ctx="orders",
)
mapped = ApplyMapping.apply(
    frame=orders,
    mappings=[
        ("id", "string", "id", "int"),
        ("amount", "string", "amount", "double"),
        ("city", "string", "city", "string"),
        ("day", "string", "day", "date"),
    ],
    transformation_ctx="mapped",
)
query = sparkSqlQuery(
    glueContext, query="select id, amount, city, day from myDataSource where id is not null", mapping={"myDataSource": mapped}, transformation_ctx="q"
)
found = EvaluateDataQuality().process_rows(
    frame=query,
    ruleset=RULES,
    publishing_options={"dataQualityEvaluationContext": "ctx", "enableDataQualityResultsPublishing": True},
    additional_options={"dataQualityResultsPublishing.strategy": "BEST_EFFORT", "observations.scope": "ALL"},
)
outcomes = SelectFromCollection.apply(dfc=found, key="ruleOutcomes", transformation_ctx="outcomes")
print([row.Outcome for row in outcomes.toDF().collect()])
rows = SelectFromCollection.apply(dfc=found, key="rowLevelOutcomes", transformation_ctx="rows").toDF()
print(sorted((row.id, row.DataQualityEvaluationResult, row.DataQualityRulesFail) for row in rows.collect()))
sink = glueContext.getSink(
    path="s3://lake/orders/",
    connection_type="s3",
    updateBehavior="UPDATE_IN_DATABASE",
    partitionKeys=["city"],
    compression="snappy",
    enableUpdateCatalog=True,
    transformation_ctx="sink",
)
sink.setCatalogInfo(catalogDatabase="shop", catalogTableName="orders")
sink.setFormat("glueparquet", compression="snappy")
sink.writeFrame(query)
table = glueContext.create_dynamic_frame.from_catalog(database="shop", table_name="orders", push_down_predicate="city == 'Kiel'")
print(sorted((row.id, row.amount, row.city, str(row.day)) for row in table.toDF().collect()))
job.commit()
