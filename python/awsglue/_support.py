"""Lists what works locally of Glue's library, and searches a script for the rest."""

import ast
import os
import re
import sys

from ._formats import LAKES, missing, requested

FORMATS = {"csv", "json", "parquet", "glueparquet", "orc", "xml", "avro"}

MODULES = {
    "awsglue": {"DynamicFrame", "DynamicFrameCollection", "GlueContext"},
    "awsglue.utils": {"getResolvedOptions", "GlueArgumentError"},
    "awsglue.context": {"GlueContext"},
    "awsglue.job": {"Job"},
    "awsglue.dynamicframe": {
        "DynamicFrame", "DynamicFrameCollection", "DynamicFrameReader", "DynamicFrameWriter",
    },
    "awsglue.transforms": {
        "ApplyMapping", "Coalesce", "DropFields", "DropNullFields", "ErrorsAsDynamicFrame", "Filter", "FlatMap",
        "GlueTransform", "Join", "Map", "MapToCollection", "Relationalize", "RenameField", "Repartition", "ResolveChoice",
        "SelectFields", "SelectFromCollection", "Spigot", "SplitFields", "SplitRows", "Unbox", "Union", "UnnestFrame",
    },
    "awsglue.gluetypes": {
        "ArrayType", "AtomicType", "BinaryType", "BooleanType", "ByteType", "ChoiceType", "DataType", "DateType",
        "DecimalType", "DoubleType", "Field", "FloatType", "IntegerType", "LongType", "MapType", "NullType", "ShortType",
        "StringType", "StructType", "TimestampType", "UnknownType",
    },
    "awsgluedq.transforms": {"EvaluateDataQuality", "SelectFromCollection"},
}  # fmt: skip

# Methods with only one meaning, wherever they are called.
METHODS = {
    "from_jdbc_conf", "write_dynamic_frame_from_jdbc_conf", "write_from_jdbc_conf", "extract_jdbc_conf",
    "forEachBatch", "start_transaction", "commit_transaction", "cancel_transaction", "readStream", "writeStream",
    "add_ingestion_time_columns", "transition_table", "transition_s3_path", "getSampleStreamingDynamicFrame",
}  # fmt: skip

READERS = {
    "from_options", "create_dynamic_frame_from_options", "write_dynamic_frame_from_options", "getSink", "getSource",
    "create_data_frame_from_options", "write_data_frame_from_options",
}  # fmt: skip

# Text in a script that shows which table format it uses.
_LAKE_NAMES = re.compile(
    r"\borg\.apache\.(iceberg|hudi)\b|\bio\.(delta)\.|\bcreate\s[^;]*\busing\s+(iceberg|hudi|delta)\b|\b(hoodie)\.table\.name\b",
    re.IGNORECASE | re.DOTALL,
)

SPARK_FORMATS = {"jdbc", "kafka", "kinesis", "dynamodb", "snowflake", "bigquery"}


def find_unsupported(text, file="script"):
    """Unsupported parts of a script: pairs of a line and a sentence. A script with a syntax error has none, since
    Python reports it better."""
    try:
        tree = ast.parse(text, file)
    except SyntaxError:
        return []
    found = []
    # A string that is a statement by itself is a comment.
    comments = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) not in comments or not isinstance(node, (ast.Constant, ast.JoinedStr)):
            found += [(node.lineno, message) for message in _unsupported_at(node)]
    return sorted(set(found))


def _unsupported_at(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from _text(node.value)
    elif isinstance(node, ast.JoinedStr):
        yield from _text("".join(one.value if isinstance(one, ast.Constant) else "x" for one in node.values))
    elif isinstance(node, ast.Import):
        for alias in node.names:
            yield from _module(alias.name)
    elif isinstance(node, ast.ImportFrom) and node.module is not None and node.level == 0:
        yield from _module(node.module)
        for alias in node.names:
            known = MODULES.get(node.module)
            submodule = f"{node.module}.{alias.name}" in MODULES
            if known is not None and alias.name != "*" and alias.name not in known and not submodule:
                yield f"{node.module}.{alias.name} is not supported locally"
    elif isinstance(node, ast.Attribute) and node.attr in METHODS:
        yield f"{node.attr} is not supported locally"
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from _call(node)


def _module(name):
    root = name.split(".")[0]
    if root == "delta":
        yield from _lacking("delta")
    if root == "awsglueml" or (root in ("awsglue", "awsgluedq") and name not in MODULES and "." in name):
        yield f"the module {name} is not supported locally"


def _text(value):
    lake = _LAKE_NAMES.search(value)
    if lake is not None:
        named = next(one for one in lake.groups() if one).lower()
        yield from _lacking("hudi" if named == "hoodie" else named)
    elif re.search(r"\bRules\s*=\s*\[", value):
        from awsgluedq.rules import RuleError, parse_rules

        try:
            parse_rules(value)
        except RuleError as error:
            yield str(error)


def _call(node):
    method = node.func.attr
    if method in READERS:
        kind = _argument(node, "connection_type", 1 if "write" in method else 0)
        if _receiver(node.func) == "write_dynamic_frame" and method == "from_options":
            kind = _argument(node, "connection_type", 1)
        if kind is not None and kind not in ("s3", "file", *FORMATS):
            yield f"the connection type {kind!r} is not supported locally: only s3 is"
        yield from _format(_argument(node, "format", None))
    elif method == "setFormat":
        yield from _format(_argument(node, "format", 0))
    elif method == "format" and not _is_text(node.func.value) and len(node.args) + len(node.keywords) == 1:
        yield from _spark_format(_argument(node, "source", 0))
    elif method == "using":
        yield from _spark_format(_argument(node, "provider", 0))
    elif method == "jdbc" and _receiver(node.func) in ("read", "write"):
        yield "JDBC is not supported locally"


def _format(form):
    if form in LAKES or form == "avro":
        yield from _lacking(form)
    elif form is not None and form not in FORMATS:
        yield f"the format {form!r} is not supported locally: only {', '.join(sorted(FORMATS))} are"


def _spark_format(form):
    if form in SPARK_FORMATS:
        yield f"Spark's format {form!r} is not supported locally"
    elif form in LAKES or form == "avro":
        yield from _lacking(form)


def _lacking(form):
    reason = missing(form)
    if reason is not None:
        yield reason


def _receiver(func):
    return func.value.attr if isinstance(func.value, ast.Attribute) else None


def _is_text(node):
    return isinstance(node, (ast.Constant, ast.JoinedStr))


def _argument(node, name, at):
    """A string literal in the call itself. None: there is none, or its value is known only at run time."""
    given = [keyword.value for keyword in node.keywords if keyword.arg == name]
    if not given and at is not None and len(node.args) > at:
        given = [node.args[at]]
    value = given[0] if given else None
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None


def refuse_unsupported_script():
    """Ends the process if its script uses something unsupported."""
    file = getattr(sys.modules.get("__main__"), "__file__", None)
    if file is None or not os.path.isfile(file) or os.environ.get("GLUEWRIGHT_BUCKETS") is None:
        return
    with open(file, encoding="utf-8", errors="replace") as script:
        found = [f"{file}:{line}: {message}" for line, message in find_unsupported(script.read(), file)]
    lacking = [missing(name) for name in requested(sys.argv)]
    found += [f"--datalake-formats: {reason}" for reason in lacking if reason is not None]
    if found:
        raise SystemExit("\n".join(found))


class Unsupported(NotImplementedError):
    """Something unsupported that is found while the script runs."""
