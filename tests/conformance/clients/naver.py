"""The signer of NAVER's own Python SDK (PyPI ncloud-vserver) as it is published, with what it signs sent by urllib.
Standard input: {"url", "key": {"id", "secret"}, "calls": [{"method", "prefix", "path", "query", "body"}]}. Standard
output: a list with the status and the body of each answer."""

import json
import sys
import time
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from ncloud_vserver.api_client import ApiClient
from ncloud_vserver.configuration import Configuration


def outcome(url, key, call):
    configuration = Configuration()
    configuration.access_key, configuration.secret_key = key["id"], key["secret"]
    # The signer takes the path of the service from the address of the host.
    configuration.host = url + call["prefix"]
    query = sorted(call["query"].items())
    timestamp = str(int(time.time() * 1000))
    signature = ApiClient(configuration).make_signature(call["method"], call["path"], query, timestamp)
    request = Request(
        configuration.host + call["path"] + ("?" + urlencode(query) if query else ""),
        method=call["method"],
        data=None if call["method"] == "GET" else json.dumps(call["body"]).encode(),
        headers={
            "content-type": "application/json",
            "x-ncp-apigw-timestamp": timestamp,
            "x-ncp-iam-access-key": key["id"],
            "x-ncp-apigw-signature-v2": signature.decode(),
        },
    )
    try:
        with urlopen(request, timeout=20) as response:
            return {"status": response.status, "body": json.load(response)}
    except HTTPError as error:
        return {"status": error.code, "body": json.load(error)}


def main():
    asked = json.load(sys.stdin)
    json.dump([outcome(asked["url"], asked["key"], call) for call in asked["calls"]], sys.stdout)


main()
