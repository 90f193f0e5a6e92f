"""Transforms of columns. A path is a column's own name, dots and all, or leads into structs by dots."""

import re
from functools import reduce

from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, StructType

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


def _bare(path):
    return path.replace("`", "")


def column(data, path):
    """The column at a path; None: there is none."""
    path = _bare(path)
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


def _spark_type(text):
    text = text.strip()
    return _TYPES.get(text.lower(), re.sub(r"\b(long|short|byte)\b", lambda m: _TYPES[m.group()], text))


def apply_mapping(data, mappings):
    tree = {}
    for mapping in mappings:
        source, target = (mapping[0], mapping[2]) if len(mapping) == 4 else (mapping[0], mapping[1])
        found = column(data, source)
        # Glue leaves out what no record has.
        if found is None:
            continue
        if len(mapping) == 4 and not re.match(r"(struct|array|map|choice|null)", mapping[3].strip().lower()):
            found = found.cast(_spark_type(mapping[3]))
        quoted = target.startswith("`")
        place = [_bare(target)] if quoted else target.split(".")
        node = tree
        for part in place[:-1]:
            node = node.setdefault(part, {})
        node[place[-1]] = found
    return data.select(*(_built(one).alias(name) for name, one in tree.items()))


def _built(node):
    if not isinstance(node, dict):
        return node
    return F.struct(*(_built(one).alias(name) for name, one in node.items()))


def select(data, paths):
    chosen = [(path, column(data, path)) for path in paths]
    return data.select(*(found.alias(_bare(path).split(".")[-1] if "." in path and _bare(path) not in data.columns else _bare(path))
                         for path, found in chosen if found is not None))  # fmt: skip


def drop(data, paths):
    for path in map(_bare, paths):
        if path in data.columns:
            data = data.select(*(F.col(_quoted(name)) for name in data.columns if name != path))
        elif "." in path and column(data, path) is not None:
            first, inner = path.split(".", 1)
            data = data.withColumn(first, F.col(_quoted(first)).dropFields(inner))
    return data


def rename(data, old, new):
    found = column(data, old)
    if found is None:
        return data
    old, new = _bare(old), _bare(new)
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
        path = _bare(path)
        if path in data.columns:
            data = data.withColumn(path, found.cast(_spark_type(target)))
        else:
            first, inner = path.split(".", 1)
            data = data.withColumn(first, F.col(_quoted(first)).withField(inner, found.cast(_spark_type(target))))
    return data


def drop_empty(data):
    """Without the columns that have no value in any row."""
    if not data.columns:
        return data
    counts = data.select(*(F.count(F.col(_quoted(name))).alias(str(at)) for at, name in enumerate(data.columns))).first()
    return data.select(*(F.col(_quoted(name)) for at, name in enumerate(data.columns) if counts[at] > 0))


def flatten(data):
    while any(isinstance(field.dataType, StructType) for field in data.schema.fields):
        flat = []
        for field in data.schema.fields:
            outer = F.col(_quoted(field.name))
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
        lists = [field.name for field in frame.schema.fields if isinstance(field.dataType, ArrayType)]
        for one in lists:
            # The ids have to be the same in both tables.
            keyed = frame.withColumn("__id", F.monotonically_increasing_id()).cache()
            exploded = keyed.select(F.col("__id").alias("id"), F.posexplode(F.col(_quoted(one))).alias("index", f"{one}.val"))
            waiting.append((f"{name}_{one}", exploded))
            frame = keyed.select(*(F.when(F.col(_quoted(each)).isNotNull(), F.col("__id")).alias(each) if each == one
                                   else F.col(_quoted(each)) for each in frame.columns))  # fmt: skip
        frames[name] = frame
    return frames


def join(left, right, left_paths, right_paths):
    """An inner join; a column of the right with a name of the left gets a dot in front, as in Glue."""
    renamed = right.select(
        *(F.col(_quoted(name)).alias(f".{name}" if name in left.columns else name) for name in right.columns)
    )
    pairs = []
    for one, other in zip(left_paths, right_paths):
        other = f".{other}" if other in left.columns else other
        pairs.append(left[_quoted(one)] == renamed[_quoted(other)])
    return left.join(renamed, reduce(lambda a, b: a & b, pairs), "inner")


def comparison(data, tests):
    each = [
        _OPERATORS[sign](column(data, path), value) for path, signs in tests.items() for sign, value in signs.items()
    ]
    return reduce(lambda a, b: a & b, each)
