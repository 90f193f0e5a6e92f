"""Structs and lists as flat columns and tables."""

from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, StructType


def flatten(data):
    """Structs as separate columns, with names joined by dots."""
    while any(isinstance(field.dataType, StructType) for field in data.schema.fields):
        flat = []
        for field in data.schema.fields:
            outer = F.col(f"`{field.name}`")
            if isinstance(field.dataType, StructType):
                flat += [outer.getField(one.name).alias(f"{field.name}.{one.name}") for one in field.dataType.fields]
            else:
                flat.append(outer)
        data = data.select(*flat)
    return data


def relationalize(data, root):
    """The flat root table, and one for each list: `ROOT_list` with `id`, `index` and `list.val…`."""
    frames, waiting = {}, [(root, data)]
    while waiting:
        name, frame = waiting.pop(0)
        frame = flatten(frame)
        for field in frame.schema.fields:
            if not isinstance(field.dataType, ArrayType):
                continue
            one = field.name
            # The ids must be the same in both tables.
            keyed = frame.withColumn("__id", F.monotonically_increasing_id()).cache()
            exploded = keyed.select(F.col("__id").alias("id"), F.posexplode(F.col(f"`{one}`")).alias("index", f"{one}.val"))
            # Glue names the table of a nested list by its whole path.
            waiting.append((f"{root}_{one}", exploded))
            frame = keyed.select(*(_id_for(each) if each == one else F.col(f"`{each}`") for each in frame.columns))
        frames[name] = frame
    return frames


def _id_for(name):
    return F.when(F.col(f"`{name}`").isNotNull(), F.col("__id")).alias(name)
