"""Huawei's Python SDK as it is published. Standard input: {"url", "project", "region", "key": {"id", "secret",
"token"}, "calls": [{"call", "arguments"}]}. Standard output: a list with an answer or a refusal for each call.
Without a project, the SDK asks the identity service for it."""

import json
import sys

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import SdkException, ServiceResponseException
from huaweicloudsdkcore.http.http_config import HttpConfig
from huaweicloudsdkcore.region.region import Region
from huaweicloudsdkcss.v1 import (
    CssClient,
    ListClustersDetailsRequest,
    ShowClusterDetailRequest,
    UpgradeDetailRequest,
)

REQUESTS = {
    "upgrade_detail": UpgradeDetailRequest,
    "list_clusters_details": ListClustersDetailsRequest,
    "show_cluster_detail": ShowClusterDetailRequest,
}


def client(asked):
    key = asked["key"]
    credential = BasicCredentials(key["id"], key["secret"], asked["project"] or None).with_iam_endpoint(asked["url"])
    if key["token"]:
        credential = credential.with_security_token(key["token"])
    config = HttpConfig.get_default_config()
    config.timeout = (3, 20)
    # Without a name of its own the SDK leaves a file in the home folder.
    config.user_agent = "conformance/1"
    builder = CssClient.new_builder().with_http_config(config).with_credentials(credential)
    return builder.with_region(Region(asked["region"], asked["url"])).build()


def outcome(css, call, arguments):
    answer = getattr(css, call)(REQUESTS[call](**arguments))
    return {"answer": answer.to_json_object()}


def refusal(error):
    return {"refusal": {
        "kind": type(error).__name__, "status": error.status_code,
        "code": error.error_code, "message": error.error_msg,
    }}


def main():
    asked = json.load(sys.stdin)
    outcomes = []
    css = None
    for call in asked["calls"]:
        try:
            css = css or client(asked)
            outcomes.append(outcome(css, call["call"], call["arguments"]))
        except ServiceResponseException as error:
            outcomes.append(refusal(error))
        except SdkException as error:
            outcomes.append({"refusal": {"kind": type(error).__name__, "message": error.error_msg}})
    json.dump(outcomes, sys.stdout)


main()
