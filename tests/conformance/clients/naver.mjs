// The signer of the npm package ncloud-mcp-server as it is published, with what it signs sent by fetch. Standard
// input: {"url", "key": {"id", "secret"}, "calls": [{"method", "whole", "body"}]}. Standard output: a list with the
// status and the body of each answer.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { generateSignature } = await import(pathToFileURL(process.env.NAVER_SIGNER_JS));

const { url, key, calls } = JSON.parse(readFileSync(0, "utf8"));
const outcomes = [];
for (const { method, whole, body } of calls) {
  const timestamp = String(Date.now());
  const signed = { method, url: whole, timestamp, accessKey: key.id, secretKey: key.secret };
  const response = await fetch(url + whole, {
    method,
    headers: {
      "content-type": "application/json",
      "x-ncp-apigw-timestamp": timestamp,
      "x-ncp-iam-access-key": key.id,
      "x-ncp-apigw-signature-v2": generateSignature(signed),
    },
    body: method === "GET" ? undefined : JSON.stringify(body),
  });
  outcomes.push({ status: response.status, body: await response.json() });
}
process.stdout.write(JSON.stringify(outcomes));
