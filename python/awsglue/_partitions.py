"""Partitions in folders that are not named `key=value`. A crawler names their keys `partition_0`, `partition_1` …"""

from functools import reduce

from pyspark.sql import functions as F
from pyspark.sql.utils import AnalysisException


def has_own_names(keys, partitions):
    """Whether only the catalog has the partitions' values, because the folders' names do not contain them."""
    return bool(keys) and any(not _is_named(one, len(keys)) for one in partitions)


def _is_named(partition, count):
    location = _location(partition)
    return not location or all("=" in part for part in location.rstrip("/").split("/")[-count:])


def _location(partition):
    return partition.get("StorageDescriptor", {}).get("Location", "")


def read_partitions(spark, keys, partitions, predicate, read):
    """The rows of the selected partitions, with the partitions' values as columns. None if there are no files.

    :param read: reads the files at an address
    """
    frames = []
    for one in _selected(spark, keys, partitions, predicate):
        frame = read(_location(one))
        if frame.columns:
            values = zip(keys, one["Values"])
            frames.append(reduce(lambda data, pair: data.withColumn(pair[0], F.lit(pair[1])), values, frame))
    return reduce(lambda left, right: left.unionByName(right, allowMissingColumns=True), frames) if frames else None


def _selected(spark, keys, partitions, predicate):
    if not predicate:
        return partitions
    rows = [(at, *one["Values"]) for at, one in enumerate(partitions)]
    values = spark.createDataFrame(rows, ", ".join(["`_at` int", *(f"`{key}` string" for key in keys)]))
    try:
        return [partitions[row["_at"]] for row in values.where(predicate).collect()]
    except AnalysisException:
        # The predicate also uses columns that are not partition keys.
        return partitions
