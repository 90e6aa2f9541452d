"""Alibaba's Python SDK for Hologres as it is published. Standard input: {"url", "region", "key": {"id", "secret",
"token"}, "calls": [{"call", "arguments", "nonce"}]}. Standard output: a list with an answer or a refusal for each
call. A nonce is given through the headers that every call of the SDK takes."""

import json
import sys

from alibabacloud_hologram20220601 import models
from alibabacloud_hologram20220601.client import Client
from alibabacloud_tea_openapi.utils_models import Config
from darabonba.runtime import RuntimeOptions


def client(asked):
    key = asked["key"]
    scheme, address = asked["url"].split("://")
    config = Config(
        access_key_id=key["id"], access_key_secret=key["secret"], security_token=key["token"],
        endpoint=address, protocol=scheme.upper(), region_id=asked["region"],
    )
    return Client(config)


def outcome(hologres, call, arguments, headers):
    runtime = RuntimeOptions()
    if call == "get_upgrade_status":
        request = models.GetUpgradeStatusRequest(region_id=arguments["region"])
        answer = hologres.get_upgrade_status_with_options(arguments["instance"], request, headers, runtime)
    elif call == "get_instance":
        answer = hologres.get_instance_with_options(arguments["instance"], headers, runtime)
    elif call == "list_instances":
        answer = hologres.list_instances_with_options(models.ListInstancesRequest(), headers, runtime)
    else:
        raise ValueError(call)
    return {"answer": answer.body.to_map()}


def main():
    asked = json.load(sys.stdin)
    hologres = client(asked)
    outcomes = []
    for call in asked["calls"]:
        headers = {"x-acs-signature-nonce": call["nonce"]} if call.get("nonce") else {}
        try:
            outcomes.append(outcome(hologres, call["call"], call["arguments"], headers))
        except Exception as error:
            code = getattr(error, "code", None)
            if code is None:
                raise
            status = getattr(error, "status_code", None) or getattr(error, "statusCode", None)
            outcomes.append({"refusal": {
                "kind": type(error).__name__, "status": status, "code": code, "message": str(error),
            }})
    json.dump(outcomes, sys.stdout)


main()
