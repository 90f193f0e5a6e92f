"""Tables of the catalog as DataFrames."""

from ._sources import read_s3, write_s3
from ._support import Unsupported

_SERDES = {
    "parquet": "parquet",
    "lazysimple": "csv",
    "opencsv": "csv",
    "orc": "orc",
    "json": "json",
}


def format_of(table):
    named = table.get("Parameters", {}).get("classification", "").lower()
    if named:
        return named
    descriptor = table["StorageDescriptor"]
    serde = (descriptor.get("SerdeInfo", {}).get("SerializationLibrary", "") + descriptor.get("InputFormat", "")).lower()
    for part, form in _SERDES.items():
        if part in serde:
            return form
    raise Unsupported(f"the table {table['Name']} does not say its format: give it the parameter `classification`")


def read_table(spark, table, options, bookmark):
    descriptor = table["StorageDescriptor"]
    columns = [*descriptor.get("Columns", []), *table.get("PartitionKeys", [])]
    form = format_of(table)
    form_options, schema = {}, None
    if form == "csv":
        serde = descriptor.get("SerdeInfo", {}).get("Parameters", {})
        skip = table.get("Parameters", {}).get("skip.header.line.count", serde.get("skip.header.line.count", "0"))
        form_options = {
            "separator": serde.get("separatorChar") or serde.get("field.delim") or ",",
            "withHeader": skip != "0",
            "quoteChar": serde.get("quoteChar", '"'),
        }
    if columns:
        schema = spark.createDataFrame([], ", ".join(f"`{one['Name']}` {one['Type']}" for one in columns)).schema
    path = descriptor["Location"]
    frame = read_s3(
        spark, [path], form, form_options, {"recurse": True, **options}, bookmark, schema if form in ("csv", "json") else None
    )
    return frame if frame.columns or schema is None else spark.createDataFrame([], schema)


def write_table(data, database, name, table, options):
    from .sink import update_catalog

    form = format_of(table)
    keys = options.get("partitionKeys") or [one["Name"] for one in table.get("PartitionKeys", [])]
    path = table["StorageDescriptor"]["Location"]
    form_options = {}
    if form == "csv":
        header = table.get("Parameters", {}).get("skip.header.line.count", "0") != "0"
        form_options = {"writeHeader": header}
    write_s3(data, path, form, form_options, {**options, "partitionKeys": keys})
    if str(options.get("enableUpdateCatalog", False)).lower() == "true":
        update_catalog(data, (database, name), path, form, {**options, "partitionKeys": keys})
