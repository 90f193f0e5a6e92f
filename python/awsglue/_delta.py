"""Replaces Delta tables, because Spark 3.5.6 refuses to."""


def replace_table(writer, name, options):
    """Does `mode("overwrite").saveAsTable`: writes the table's files, then its entry in Spark's catalog."""
    spark = writer._spark
    location = _location(spark, name)
    named = getattr(writer, "_path", None)
    path = named or options.get("path") or location or _managed(spark, name)
    # A path from an option is already set on the writer.
    writer.option("overwriteSchema", "true").format("delta").save(*([] if named else [path]))
    if location is None:
        spark.sql(f"CREATE TABLE {name} USING delta LOCATION '{path}'")


def _location(spark, name):
    if not spark.catalog.tableExists(name):
        return None
    rows = spark.sql(f"DESCRIBE DETAIL {name}").collect()
    return rows[0]["location"]


def _managed(spark, name):
    *database, table = [part.strip("`") for part in name.split(".")]
    about = spark.catalog.getDatabase(database[-1] if database else spark.catalog.currentDatabase())
    return f"{about.locationUri.rstrip('/')}/{table.lower()}"
