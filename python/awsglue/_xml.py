"""XML files as DataFrames: one record for each element of the row's tag, as in Glue's reader."""

import json
import xml.etree.ElementTree as ElementTree


def read_xml(spark, addresses, options):
    tag = options.get("rowTag")
    if not tag:
        raise ValueError("format_options has no rowTag, which XML needs")
    prefix = options.get("attributePrefix", "_")
    value = options.get("contentField", "_VALUE")
    texts = spark.sparkContext.wholeTextFiles(",".join(addresses)).values()
    return spark.read.json(texts.flatMap(lambda text: [json.dumps(one) for one in records(text, tag, prefix, value)]))


def records(text, tag, prefix="_", value="_VALUE"):
    """The elements of that tag as dicts. Never reads anything outside the file."""
    root = ElementTree.fromstring(text)
    return [_value(one, prefix, value) for one in root.iter() if _name(one.tag) == tag]


def _value(element, prefix, value):
    found = {f"{prefix}{_name(name)}": _typed(text) for name, text in element.attrib.items()}
    for child in element:
        name, inner = _name(child.tag), _value(child, prefix, value)
        if name not in found:
            found[name] = inner
        elif isinstance(found[name], list):
            found[name].append(inner)
        else:
            found[name] = [found[name], inner]
    text = (element.text or "").strip()
    if not found:
        return _typed(text)
    return {**found, value: _typed(text)} if text else found


def _name(tag):
    return tag.rsplit("}", 1)[-1]


def _typed(text):
    if text == "":
        return None
    for kind in (int, float):
        try:
            number = kind(text)
            return number if str(number) == text or kind is float and "." in text and "_" not in text else text
        except ValueError:
            continue
    return {"true": True, "false": False}.get(text.lower(), text)
