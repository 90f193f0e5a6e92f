"""The local Data Catalog, over Glue's own protocol, so boto3 is not needed."""

import json
import os
import urllib.error
import urllib.request

_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class CatalogError(Exception):
    """The catalog's error, with AWS's name."""

    def __init__(self, code, message):
        super().__init__(f"{code}: {message}")
        self.code = code


def call(operation, **request):
    endpoint = os.environ.get("AWS_ENDPOINT_URL")
    if not endpoint:
        raise CatalogError("NoEndpoint", "the catalog is served to jobs that Gluewright runs")
    key = os.environ.get("AWS_ACCESS_KEY_ID", "")
    headers = {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": f"AWSGlue.{operation}",
        "authorization": f"AWS4-HMAC-SHA256 Credential={key}/local/us-east-1/glue/aws4_request",
    }
    body = urllib.request.Request(endpoint, json.dumps(request).encode(), headers)
    try:
        with _direct.open(body, timeout=60) as response:
            return json.loads(response.read())
    except urllib.error.HTTPError as error:
        said = json.loads(error.read() or b"{}")
        raise CatalogError(said.get("__type", str(error.code)), said.get("message", "")) from None
    except urllib.error.URLError:
        raise CatalogError("NoEndpoint", f"nothing serves the catalog at {endpoint}") from None


def get_table(database, name):
    return call("GetTable", DatabaseName=database, Name=name)["Table"]


def get_partitions(database, name):
    return call("GetPartitions", DatabaseName=database, TableName=name)["Partitions"]


def save_table(database, name, location, schema, partition_keys, form, separator=",", header=True):
    """Makes the table, or gives it the schema as it is now.

    :param separator: of CSV files, as is `header`
    """
    columns = [{"Name": one.name, "Type": one.dataType.simpleString()} for one in schema.fields]
    descriptor = {
        "Columns": [one for one in columns if one["Name"] not in partition_keys],
        "Location": location,
        "SerdeInfo": {"Parameters": {"field.delim": separator} if form == "csv" else {}},
    }
    skipped = {"skip.header.line.count": "1"} if form == "csv" and header else {}
    table = {
        "Name": name,
        "TableType": "EXTERNAL_TABLE",
        "Parameters": {"classification": "parquet" if form == "glueparquet" else form, **skipped},
        "PartitionKeys": [one for one in columns if one["Name"] in partition_keys],
        "StorageDescriptor": descriptor,
    }
    try:
        call("GetTable", DatabaseName=database, Name=name)
    except CatalogError as error:
        if error.code != "EntityNotFoundException":
            raise
        call("CreateTable", DatabaseName=database, TableInput=table)
    else:
        call("UpdateTable", DatabaseName=database, TableInput=table)


def save_partitions(database, name, location, values):
    """Adds partitions, and keeps existing ones."""
    table = get_table(database, name)
    keys = [one["Name"] for one in table.get("PartitionKeys", [])]
    inputs = [
        {
            "Values": [str(value) for value in one],
            "StorageDescriptor": {
                "Location": "/".join([location.rstrip("/"), *(f"{k}={v}" for k, v in zip(keys, one))]) + "/"
            },
        }
        for one in values
    ]
    for at in range(0, len(inputs), 100):
        call("BatchCreatePartition", DatabaseName=database, TableName=name, PartitionInputList=inputs[at : at + 100])
