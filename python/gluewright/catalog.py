"""Tables of the Data Catalog. Locally this needs no boto3, which only Glue always has."""

import json
import os
import urllib.error
import urllib.request

_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get_table(database, name):
    """The table as Glue's API describes it, such as `["StorageDescriptor"]["Location"]`.

    :raises LookupError: there is none
    """
    endpoint = os.environ.get("AWS_ENDPOINT_URL")
    if endpoint:
        return _ask(endpoint, DatabaseName=database, Name=name)["Table"]
    import boto3

    glue = boto3.client("glue")
    try:
        return glue.get_table(DatabaseName=database, Name=name)["Table"]
    except glue.exceptions.EntityNotFoundException:
        raise LookupError(f"there is no table {database}.{name}") from None


def _ask(endpoint, **request):
    key = os.environ.get("AWS_ACCESS_KEY_ID", "")
    headers = {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSGlue.GetTable",
        "authorization": f"AWS4-HMAC-SHA256 Credential={key}/local/us-east-1/glue/aws4_request",
    }
    try:
        with _direct.open(urllib.request.Request(endpoint, json.dumps(request).encode(), headers), timeout=60) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as error:
        said = json.loads(error.read() or b"{}")
        if said.get("__type") == "EntityNotFoundException":
            raise LookupError(f"there is no table {request['DatabaseName']}.{request['Name']}") from None
        raise
