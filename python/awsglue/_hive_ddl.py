"""Translates `CREATE TABLE` of Hive and Athena for Spark's own catalog. Needs no Spark."""

import re

_CREATE = re.compile(
    r"^\s*create\s+(?:external\s+)?table\s+((?:if\s+not\s+exists\s+)?(?:`[^`]+`|[\w$]+)(?:\.(?:`[^`]+`|[\w$]+))*)",
    re.IGNORECASE,
)
_SERDES = {"parquet": "parquet", "orc": "orc", "json": "json", "opencsv": "csv", "lazysimple": "csv", "avro": "avro"}
_STORED = re.compile(
    r"\bstored\s+as\s+(?:inputformat\s+'([^']*)'\s+outputformat\s+'[^']*'|(\w+))", re.IGNORECASE
)
_SERDE = re.compile(
    r"\brow\s+format\s+serde\s+'([^']*)'(?:\s+with\s+serdeproperties\s*\(((?:[^)']|'[^']*')*)\))?", re.IGNORECASE
)
_DELIMITED = re.compile(
    r"\brow\s+format\s+delimited((?:\s+(?:(?:fields|collection\s+items|map\s+keys|lines)\s+terminated|escaped|null\s+defined"
    r")\s+(?:by|as)\s+'[^']*')*)",
    re.IGNORECASE,
)


def as_spark(statement):
    """The statement for Spark's catalog; any other statement is unchanged."""
    create = _CREATE.match(statement)
    stored, serde, delimited = _STORED.search(statement), _SERDE.search(statement), _DELIMITED.search(statement)
    if create is None or not (stored or serde or delimited):
        return statement
    named = " ".join([*(one for one in (serde and serde.group(1), stored and (stored.group(1) or stored.group(2))) if one)])
    form = next((kind for part, kind in _SERDES.items() if part in named.lower()), "csv")
    options = {}
    if form == "csv":
        options = {"sep": _separator(serde, delimited), "header": "true" if _has_header(statement) else "false"}
    rest = statement[create.end() :]
    for clause in (_STORED, _SERDE, _DELIMITED):
        rest = clause.sub("", rest)
    columns, rest = _columns(rest)
    given = ", ".join(f"'{name}' '{value}'" for name, value in options.items())
    return f"CREATE TABLE {create.group(1)} {columns} USING {form}{f' OPTIONS ({given})' if given else ''} {rest}"


def _separator(serde, delimited):
    properties = (serde.group(2) or "") if serde else ""
    found = re.search(r"'(?:separatorChar|field\.delim)'\s*=\s*'([^']*)'", properties)
    if found is None and delimited:
        found = re.search(r"fields\s+terminated\s+by\s+'([^']*)'", delimited.group(1), re.IGNORECASE)
    return found.group(1) if found else "," if serde else "\\u0001"


def _has_header(statement):
    return re.search(r"'skip\.header\.line\.count'\s*=\s*'[1-9]", statement) is not None


def _columns(text):
    """The list of columns at the beginning, if any, and the rest."""
    begin = len(text) - len(text.lstrip())
    if not text[begin:].startswith("("):
        return "", text
    depth = 0
    for at, sign in enumerate(text):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == ")" and depth == 0:
            return text[begin : at + 1], text[at + 1 :]
    return "", text
