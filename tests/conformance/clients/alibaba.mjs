// Alibaba's generic TypeScript client as it is published. Standard input: {"url", "region", "key": {"id", "secret",
// "token"}, "calls": [{"call", "arguments", "nonce"}]}. Standard output: a list with an answer or a refusal for
// each call. A nonce is given through the headers that every request of the client takes.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(process.env.ALIBABA_CLIENT_JS);
const { default: Client, $OpenApiUtil } = require("@alicloud/openapi-core");
const { RuntimeOptions } = require("@darabonba/typescript");

const asked = JSON.parse(readFileSync(0, "utf8"));
const [protocol, endpoint] = asked.url.split("://");
const client = new Client(
  new $OpenApiUtil.Config({
    accessKeyId: asked.key.id,
    accessKeySecret: asked.key.secret,
    securityToken: asked.key.token ?? undefined,
    endpoint,
    protocol: protocol.toUpperCase(),
    regionId: asked.region,
  }),
);

const ROUTES = {
  GetUpgradeStatus: ["GET", ({ instance }) => `/api/v1/instances/${instance}/upgrade/status`],
  GetInstance: ["GET", ({ instance }) => `/api/v1/instances/${instance}`],
  ListInstances: ["POST", () => "/api/v1/instances"],
};

async function outcome({ call, arguments: given, nonce }) {
  const [method, path] = ROUTES[call];
  const params = new $OpenApiUtil.Params({
    action: call, version: "2022-06-01", protocol: protocol.toUpperCase(), pathname: path(given), method,
    authType: "AK", style: "ROA", reqBodyType: "json", bodyType: "json",
  });
  const request = new $OpenApiUtil.OpenApiRequest({
    query: given.region ? { RegionId: given.region } : {},
    headers: nonce ? { "x-acs-signature-nonce": nonce } : {},
    ...(method === "POST" ? { body: {} } : {}),
  });
  try {
    return { answer: (await client.callApi(params, request, new RuntimeOptions())).body };
  } catch (error) {
    if (!error.code) throw error;
    const { name: kind, statusCode: status, code, message } = error;
    return { refusal: { kind, status, code, message } };
  }
}

const outcomes = [];
for (const call of asked.calls) outcomes.push(await outcome(call));
process.stdout.write(JSON.stringify(outcomes));
