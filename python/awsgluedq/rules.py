"""DQDL, the language of Glue's data quality rules, as far as it is evaluated locally. Needs no Spark."""

import re
from dataclasses import dataclass

# Rule types with their number of columns.
TYPES = {
    "RowCount": 0, "ColumnCount": 0, "ColumnExists": 1, "IsComplete": 1, "Completeness": 1, "IsUnique": 1, "Uniqueness": 1,
    "UniqueValueRatio": 1, "DistinctValuesCount": 1, "IsPrimaryKey": None, "ColumnValues": 1, "ColumnLength": 1, "Mean": 1,
    "Sum": 1, "StandardDeviation": 1, "ColumnCorrelation": 2, "CustomSql": 1,
}  # fmt: skip

_TOKEN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|(>=|<=|!=|=|>|<)|([\[\](),])|([^\s\[\](),"<>=!]+))')
_OPERATORS = (">=", "<=", "!=", "=", ">", "<")


class RuleError(ValueError):
    """A rule that is not DQDL, or not evaluated locally."""


@dataclass(frozen=True)
class Test:
    """`> 5`, `between 1 and 9`, `in ["a", "b"]`, `matches "x.*"`. No operator: the rule's own meaning."""

    operator: str = ""
    values: tuple = ()
    negated: bool = False


@dataclass(frozen=True)
class Rule:
    text: str
    type: str
    columns: tuple
    test: Test
    threshold: Test


def parse_rules(ruleset):
    """The rules of `Rules = [ … ]`. Analyzers only measure and are skipped.

    :raises RuleError: names the rule
    """
    ruleset = re.sub(r"^\s*#.*$", "", ruleset, flags=re.MULTILINE)
    found = re.search(r"\bRules\s*=\s*\[", ruleset, re.IGNORECASE)
    if found is None:
        raise RuleError("a ruleset begins with `Rules = [`")
    return [_rule(text) for text in _parts(ruleset, found.end())]


def _parts(text, start):
    """The rules between the brackets, separated by commas outside inner brackets and quotes."""
    parts, depth, quoted, begin, at = [], 0, False, start, start
    while at < len(text):
        sign = text[at]
        if sign == "\\" and quoted:
            at += 1
        elif sign == '"':
            quoted = not quoted
        elif not quoted and sign in "[(":
            depth += 1
        elif not quoted and sign in "])" and depth > 0:
            depth -= 1
        elif not quoted and sign in ",]" and depth == 0:
            parts.append(text[begin:at].strip())
            if sign == "]":
                return [one for one in parts if one]
            begin = at + 1
        at += 1
    raise RuleError("the ruleset has no closing `]`")


def _rule(text):
    words = _words(text)
    kind = next((one for one in TYPES if words and words[0] == ("word", one)), None)
    if kind is None or any(word == ("word", "where") for word in words):
        raise RuleError(f"the data quality rule {text!r} is not evaluated locally")
    at = 1
    columns = []
    while at < len(words) and words[at][0] == "text" and (TYPES[kind] is None or len(columns) < TYPES[kind]):
        columns.append(words[at][1])
        at += 1
    main, threshold = words[at:], []
    if ("word", "with") in main:
        cut = main.index(("word", "with"))
        main, threshold = main[:cut], main[cut + 2 :]
    return Rule(text, kind, tuple(columns), _test(main, text), _test(threshold, text))


def _words(text):
    words, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise RuleError(f"the data quality rule {text!r} cannot be read")
        quoted, operator, sign, word = match.groups()
        words.append(("text", re.sub(r"\\(.)", r"\1", quoted)) if quoted is not None else ("word", operator or sign or word))
        at = match.end()
    return words


def _test(words, text):
    if not words:
        return Test()
    negated = words[0] == ("word", "not")
    words = words[1:] if negated else words
    operator = words[0][1] if words and words[0][0] == "word" else ""
    rest = words[1:]
    if operator in _OPERATORS and len(rest) == 1:
        return Test(operator, (_value(rest[0]),), negated)
    if operator == "between" and len(rest) == 3 and rest[1] == ("word", "and"):
        return Test("between", (_value(rest[0]), _value(rest[2])), negated)
    if operator == "in" and rest[:1] == [("word", "[")]:
        return Test("in", tuple(_value(one) for one in rest if one[1] not in ("[", "]", ",") or one[0] == "text"), negated)
    if operator == "matches" and len(rest) == 1 and rest[0][0] == "text":
        return Test("matches", (rest[0][1],), negated)
    raise RuleError(f"the data quality rule {text!r} is not evaluated locally")


def _value(word):
    kind, text = word
    if kind == "text":
        return text
    if text.upper() == "NULL":
        return None
    try:
        return float(text)
    except ValueError:
        raise RuleError(f"{text} is no value that data quality rules have locally") from None
