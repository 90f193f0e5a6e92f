"""Tables of the catalog as DataFrames."""

from pyspark.sql.types import StructType

from ._addresses import is_true
from ._partitions import has_own_names, read_partitions
from ._sources import TABLES, read_at, read_s3, write_s3
from ._support import Unsupported

_SERDES = {
    "parquet": "parquet",
    "lazysimple": "csv",
    "opencsv": "csv",
    "orc": "orc",
    "json": "json",
}


def format_of(table):
    parameters = table.get("Parameters", {})
    if is_iceberg(table):
        return "iceberg"
    named = parameters.get("spark.sql.sources.provider", parameters.get("classification", "")).lower()
    if named:
        return named
    descriptor = table["StorageDescriptor"]
    serde = (descriptor.get("SerdeInfo", {}).get("SerializationLibrary", "") + descriptor.get("InputFormat", "")).lower()
    for part, form in _SERDES.items():
        if part in serde:
            return form
    raise Unsupported(f"the table {table['Name']} does not say its format: give it the parameter `classification`")


def is_iceberg(table):
    return table.get("Parameters", {}).get("table_type", "").upper() == "ICEBERG"


def csv_settings(table):
    """The format of a CSV table's files, as `format_options`."""
    serde = table["StorageDescriptor"].get("SerdeInfo", {}).get("Parameters", {})
    parameters = table.get("Parameters", {})
    skip = parameters.get("skip.header.line.count", serde.get("skip.header.line.count", "0"))
    return {
        "separator": serde.get("separatorChar") or serde.get("field.delim") or parameters.get("delimiter") or ",",
        "withHeader": skip != "0",
        "quoteChar": serde.get("quoteChar", '"'),
    }


def read_table(spark, table, options, bookmark, partitions=(), predicate=""):
    """The rows of a table, and for CSV a function that returns them with every column as text.

    :param predicate: leaves out partitions, as far as it saves reading their files
    """
    descriptor = table["StorageDescriptor"]
    columns = [*descriptor.get("Columns", []), *table.get("PartitionKeys", [])]
    form = format_of(table)
    if form == "iceberg":
        # The metadata file describes the table's newest version, so Spark needs no catalog.
        return read_at(spark, table["Parameters"]["metadata_location"], form, options), None
    if form in TABLES:
        return read_at(spark, descriptor["Location"], form, options), None
    schema = _schema(spark, columns) if columns else None
    options = {"recurse": True, **options}

    keys = [one["Name"] for one in table.get("PartitionKeys", [])]
    settings = csv_settings(table) if form == "csv" else table.get("Parameters", {})

    def read(given):
        if not has_own_names(keys, partitions):
            return read_s3(spark, _paths(table, partitions), form, settings, options, bookmark, given)
        own = given and StructType([field for field in given.fields if field.name not in keys])
        at = lambda address: read_s3(spark, [address], form, settings, options, bookmark, own)
        rows = read_partitions(spark, keys, partitions, predicate, at)
        return spark.createDataFrame([], StructType([])) if rows is None else rows

    frame = read(schema if form == "csv" else None)
    if not frame.columns and schema is not None:
        return spark.createDataFrame([], schema), None
    texts = [{**one, "Type": "string"} for one in columns]
    return _typed(frame, table), (lambda: read(_schema(spark, texts))) if form == "csv" else None


def _paths(table, partitions):
    """The table's folder, and the folders of partitions elsewhere."""
    location = table["StorageDescriptor"]["Location"]
    inside = location.rstrip("/") + "/"
    others = [one.get("StorageDescriptor", {}).get("Location", "") for one in partitions]
    return [location, *(one for one in others if one and not one.startswith(inside) and one.rstrip("/") + "/" != inside)]


def _schema(spark, columns):
    return spark.createDataFrame([], ", ".join(f"`{one['Name']}` {one['Type']}" for one in columns)).schema


def _typed(frame, table):
    """The partition keys with their types in the catalog."""
    from pyspark.sql import functions as F

    from ._columns import cast

    names = {name.lower(): name for name in frame.columns}
    for key in table.get("PartitionKeys", []):
        name = names.get(key["Name"].lower())
        if name is not None:
            frame = frame.withColumn(name, cast(F.col(f"`{name}`"), key["Type"]))
    return frame


def write_table(data, database, name, table, options):
    from .sink import update_catalog

    form = format_of(table)
    if form == "iceberg":
        data.writeTo(f"{_iceberg_catalog(data.sparkSession)}.`{database}`.`{name}`").append()
        return
    keys = options.get("partitionKeys") or [one["Name"] for one in table.get("PartitionKeys", [])]
    path = table["StorageDescriptor"]["Location"]
    form_options = {}
    if form == "csv":
        settings = csv_settings(table)
        form_options = {**settings, "writeHeader": settings["withHeader"]}
    write_s3(data, path, form, form_options, {**options, "partitionKeys": keys})
    if is_true(options.get("enableUpdateCatalog", False)):
        update_catalog(data, (database, name), path, form, {**options, "partitionKeys": keys})


def _iceberg_catalog(spark):
    """The name of the Iceberg catalog that the job's `--conf` or the script configures."""
    settings = dict(spark.sparkContext.getConf().getAll())
    named = [key.split(".")[3] for key, value in settings.items() if key.startswith("spark.sql.catalog.")
             and value.startswith("org.apache.iceberg.spark.")]  # fmt: skip
    if not named:
        raise ValueError("no Iceberg catalog is configured: set --conf spark.sql.catalog.glue_catalog=org.apache.iceberg.spark.SparkCatalog")
    return sorted(named)[0]
