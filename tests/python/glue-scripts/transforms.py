"""Every other transform once, on records whose fields differ."""
from awsglue.context import GlueContext
from awsglue.dynamicframe import DynamicFrame, DynamicFrameCollection
from awsglue.gluetypes import *
from awsglue.transforms import *
from pyspark.context import SparkContext

glueContext = GlueContext(SparkContext.getOrCreate())
spark = glueContext.spark_session
logger = glueContext.get_logger()
logger.info("begun")


def frame(rows, name="frame"):
    return DynamicFrame.fromDF(spark.read.json(spark.sparkContext.parallelize(rows)), glueContext, name)


def show(frame, *by):
    data = frame.toDF() if isinstance(frame, DynamicFrame) else frame
    print([tuple(row) for row in data.orderBy(*(f"`{one}`" for one in by or data.columns[:1])).collect()])


people = frame(['{"id":1,"name":"ann","tags":["a","b"],"at":{"city":"Bonn"}}', '{"id":2,"name":null,"tags":[],"at":{"city":"Kiel"}}',
                '{"id":3,"name":"cy","tags":["c"],"at":{"city":"Ulm"}}'], "people")


def change(record):
    record["size"] = len(record["tags"]) or 0.5
    record["kind"] = record["id"] if record["id"] > 1 else "first"
    record["more"] = {"city": record["at"]["city"].upper(), "none": None}
    del record["at"]
    return record


changed = Map.apply(frame=people, f=change)
print(changed.toDF().dtypes)
show(changed.select_fields(["id", "size", "kind", "more.city"]), "id")
parts = SplitRows.apply(people, {"id": {">": 1, "<": 3}}, "middle", "others")
print(sorted(parts.keys()), [parts[name].count() for name in ("middle", "others")])
fields = SplitFields.apply(people, ["id", "at.city"], "left", "right")
print(fields["left"].toDF().columns, fields["right"].toDF().columns)
show(RenameField.apply(people, "at.city", "at.town").unnest().select_fields(["id", "at.town"]), "id")
tables = people.relationalize("root", "s3://lake/tmp/")
print({name: sorted(one.toDF().columns) for name, one in tables.items()})
lists = tables.select("root_tags").toDF().join(tables.select("root").toDF().withColumnRenamed("id", "who").withColumnRenamed("tags", "id"), "id")
print(sorted((row.who, row["index"], row["tags.val"]) for row in lists.collect()))
texts = DynamicFrame.fromDF(spark.createDataFrame([("x", '{"a": 1, "b": [true]}')], ["k", "json"]), glueContext, "texts")
show(Unbox.apply(frame=texts, path="json", format="json"), "k")
show(Union.apply(frame1=people.select_fields(["id"]), frame2=frame(['{"id":9}'])))
show(people.mergeDynamicFrame(frame(['{"id":3,"name":"new"}', '{"id":4,"name":"d"}']), ["id"]).select_fields(["id", "name"]), "id")
people.spigot("s3://lake/sample", {"topk": 2, "prob": 1.0})
print(spark.read.json("s3://lake/sample").count())


def both(glueContext, dfc) -> DynamicFrameCollection:
    data = dfc.select(list(dfc.keys())[0]).toDF().filter("id > 1")
    return DynamicFrameCollection({"both": DynamicFrame.fromDF(data, glueContext, "both")}, glueContext)


show(SelectFromCollection.apply(dfc=both(glueContext, DynamicFrameCollection({"p": people}, glueContext)), key="both").select_fields(["id"]))
schema = people.schema()
print([field.name for field in schema if isinstance(field.dataType, ArrayType)], isinstance(schema, StructType))
print(people.repartition(1).getNumPartitions(), people.errorsCount(), Repartition.apply(people, 2).getNumPartitions())
show(people.mapPartitions(lambda rows: [{"n": sum(1 for _ in rows)}] if rows else []).toDF().groupBy().sum("n"))
people.select_fields(["id", "name"]).write("s3", {"path": "s3://lake/csv"}, "csv", {"writeHeader": False, "separator": "|"})
show(glueContext.create_dynamic_frame.from_options("s3", {"paths": ["s3://lake/csv"]}, "csv", {"separator": "|"}))
items = glueContext.create_dynamic_frame.from_options("s3", {"paths": ["s3://landing/xml/"]}, format="xml", format_options={"rowTag": "item"})
show(items.select_fields(["_id", "price"]))
glueContext.purge_s3_path("s3://lake/csv", {"retentionPeriod": 0})
print(glueContext.create_dynamic_frame.from_options("s3", {"paths": ["s3://lake/csv"]}, "csv").count())
