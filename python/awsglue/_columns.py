"""Transforms of columns. A path is a column's name, which may contain dots, or leads into structs with dots."""

import re
from functools import reduce

from pyspark.sql import Column
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

from ._support import Unsupported

_TYPES = {"long": "bigint", "short": "smallint", "byte": "tinyint", "integer": "int", "bool": "boolean", "str": "string"}
_OPERATORS = {
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def _quoted(name):
    return f"`{name}`"


def bare(path):
    return path.replace("`", "")


def paths_of(paths):
    """Glue also takes one path as a string."""
    return [paths] if isinstance(paths, str) else list(paths)


def cast(found, kind):
    """Null if a value does not fit. Spark 4 would raise an error."""
    return found.try_cast(kind) if hasattr(Column, "try_cast") else found.cast(kind)


def column(data, path):
    """The column at a path. None: there is none."""
    path = bare(path)
    names = {name.lower(): name for name in data.columns}
    if path.lower() in names:
        return F.col(_quoted(names[path.lower()]))
    first, *rest = path.split(".")
    if first.lower() not in names:
        return None
    kind, found = data.schema[names[first.lower()]].dataType, F.col(_quoted(names[first.lower()]))
    for part in rest:
        if not isinstance(kind, StructType):
            return None
        inner = next((one for one in kind.fields if one.name.lower() == part.lower()), None)
        if inner is None:
            return None
        kind, found = inner.dataType, found.getField(inner.name)
    return found


def spark_type(text):
    text = text.strip()
    return _TYPES.get(text.lower(), re.sub(r"\b(long|short|byte)\b", lambda m: _TYPES[m.group()], text))


def apply_mapping(data, mappings):
    tree = {}
    for mapping in mappings:
        source, target = (mapping[0], mapping[2]) if len(mapping) == 4 else (mapping[0], mapping[1])
        found = column(data, source)
        # Glue leaves out fields that no record has.
        if found is None:
            continue
        if len(mapping) == 4 and not re.match(r"(struct|array|map|choice|null)", mapping[3].strip().lower()):
            found = cast(found, spark_type(mapping[3]))
        _place(tree, [bare(target)] if target.startswith("`") else target.split("."), found)
    return data.select(*(_built(one).alias(name) for name, one in tree.items()))


def _built(node):
    if not isinstance(node, dict):
        return node
    return F.struct(*(_built(one).alias(name) for name, one in node.items()))


def select(data, paths):
    """A path into a struct keeps the struct around it."""
    tree = {}
    for path in paths_of(paths):
        found = column(data, path)
        if found is not None:
            name = bare(path)
            _place(tree, [name] if name in data.columns else name.split("."), found)
    return data.select(*(_built(one).alias(name) for name, one in tree.items()))


def _place(tree, path, found):
    for part in path[:-1]:
        tree = tree.setdefault(part, {})
    tree[path[-1]] = found


def drop(data, paths):
    for path in map(bare, paths_of(paths)):
        if path in data.columns:
            data = data.select(*(F.col(_quoted(name)) for name in data.columns if name != path))
        elif "." in path and column(data, path) is not None:
            first, inner = path.split(".", 1)
            # Spark keeps no struct without fields.
            only = len(data.select(column(data, path.rsplit(".", 1)[0]).alias("s")).schema["s"].dataType.fields) == 1
            if only:
                data = drop(data, [path.rsplit(".", 1)[0]])
            else:
                data = data.withColumn(first, F.col(_quoted(first)).dropFields(inner))
    return data


def rename(data, old, new):
    found = column(data, old)
    if found is None:
        return data
    old, new = bare(old), bare(new)
    if old in data.columns:
        return data.select(*(F.col(_quoted(name)).alias(new if name == old else name) for name in data.columns))
    if "." in new and new.rsplit(".", 1)[0] == old.rsplit(".", 1)[0]:
        first, inner = old.split(".", 1)
        target = new.split(".", 1)[1]
        return data.withColumn(first, F.col(_quoted(first)).withField(target, found).dropFields(inner))
    return drop(data.withColumn(new, found), [old])


def resolve(data, specs, choice, types):
    casts = dict(types)
    for path, action in specs:
        kind, _, target = action.partition(":")
        if kind in ("cast", "project"):
            casts[path] = target
    if choice.startswith(("cast:", "project:")):
        casts = {name: choice.split(":", 1)[1] for name in data.columns}
    for path, target in casts.items():
        found = column(data, path)
        if found is None:
            continue
        path = bare(path)
        if path in data.columns:
            data = data.withColumn(path, cast(found, spark_type(target)))
        else:
            first, inner = path.split(".", 1)
            data = data.withColumn(first, F.col(_quoted(first)).withField(inner, cast(found, spark_type(target))))
    return data


def drop_empty(data):
    """The frame without columns that have no value in any row."""
    if not data.columns:
        return data
    counts = data.select(*(F.count(F.col(_quoted(name))).alias(str(at)) for at, name in enumerate(data.columns))).first()
    return data.select(*(F.col(_quoted(name)) for at, name in enumerate(data.columns) if counts[at] > 0))


def join(left, right, left_paths, right_paths):
    """An inner join. A right column with the name of a left one gets a leading dot, as in Glue."""
    taken = {name.lower() for name in left.columns}
    names = {name: f".{name}" if name.lower() in taken else name for name in right.columns}
    keys = [f"__key{at}" for at, _ in enumerate(paths_of(right_paths))]
    keyed = [_known(right, path).alias(key) for path, key in zip(paths_of(right_paths), keys)]
    renamed = right.select(*(F.col(_quoted(name)).alias(new) for name, new in names.items()), *keyed)
    # A frame may be joined with one made from it, so equal columns are distinguished by the keys' names.
    others = [f"__left{at}" for at, _ in enumerate(keys)]
    first = left.select("*", *(_known(left, path).alias(name) for path, name in zip(paths_of(left_paths), others)))
    pairs = [F.col(one) == F.col(other) for one, other in zip(others, keys)]
    return first.join(renamed, reduce(lambda a, b: a & b, pairs), "inner").drop(*others, *keys)


def _known(data, path):
    found = column(data, path)
    if found is None:
        raise ValueError(f"there is no field {path!r}: the fields are {', '.join(data.columns)}")
    return found


def comparison(data, tests):
    each = [
        _OPERATORS[sign](column(data, path), value) for path, signs in tests.items() for sign, value in signs.items()
    ]
    return reduce(lambda a, b: a & b, each)


def unbox(data, path, form):
    """A column of JSON text as a struct."""
    if form != "json":
        raise Unsupported(f"unbox of the format {form!r} is not supported locally: only json is")
    found = column(data, path)
    texts = data.select(found.alias("text")).where("text is not null")
    schema = data.sparkSession.read.json(texts.rdd.map(lambda row: row.text)).schema
    return data.withColumn(bare(path), F.from_json(found, schema))
