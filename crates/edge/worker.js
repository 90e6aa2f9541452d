// The proxy at Cloudflare's edge. This script moves the bytes: it reads requests, asks vendors and writes answers.
// What may be called, with which headers, by whom and how often, and what a browser is told, is decided by the
// policy of Rollwatch, which policy_bg.wasm is. Both share the log's line with the program that runs elsewhere.

import { env } from "cloudflare:workers";
import module from "./policy_bg.wasm";
import { __wbg_reset_state, Edge, initSync } from "./policy.js";
import { Reading, reason, rest } from "./reading.js";

initSync({ module });

// The policy of this isolate, with what it says at its beginning.
let current = begin();

function begin() {
  const { ALLOW_ORIGIN, HOSTS, REGIONS } = env;
  const edge = new Edge(JSON.stringify({ ALLOW_ORIGIN, HOSTS, REGIONS }));
  return { edge, bounds: JSON.parse(edge.bounds()), broken: JSON.parse(edge.broken()) };
}

export default {
  async fetch(request, _, ctx) {
    const began = Date.now();
    try {
      return await answer(request, ctx);
    } catch {
      // The policy failed, and cannot write its line. Nothing of the error is told: it may hold a piece of the request.
      const line = { service: null, region: null, method: null, route: null, status: 500, reason: "broken", limit: null };
      console.log(JSON.stringify({ ...line, milliseconds: Date.now() - began }));
      return broken(request);
    }
  },
};

// Asks the policy. Where that fails, the instance is of no use any more, and a new one begins. Requests that were
// under way with the old one fail as well: the glue of wasm-bindgen knows an object of an instance that is gone.
function ask({ edge }, name, ...values) {
  try {
    return edge[name](...values);
  } catch (error) {
    if (current.edge === edge) {
      __wbg_reset_state();
      current = begin();
    }
    throw error;
  }
}

function broken(request) {
  const { status, headers, body } = current.broken;
  const shared = new Headers(headers);
  const origin = request.headers.get("origin");
  if (origin !== null) {
    shared.set("access-control-allow-origin", origin);
    shared.set("access-control-expose-headers", "x-rollwatch-proxy-error");
  }
  return new Response(body, { status, headers: shared });
}

async function answer(request, ctx) {
  const own = current;
  const target = request.url.slice(request.url.indexOf("/", request.url.indexOf("://") + 3));
  const given = [...request.headers];
  if (!request.headers.has("host")) given.push(["host", new URL(request.url).host]);
  const judged = JSON.parse(ask(own, "judge", request.method, target, JSON.stringify(given), Date.now()));
  const call = new Call(own, judged.ticket);
  // A runtime drops what a request does once its client has gone, unless it is told to wait for it.
  ctx.waitUntil(call.over);
  try {
    if (judged.answer) return call.answered(judged.answer);
    if (judged.elsewhere) return await page(request, judged.elsewhere, call);
    return await forward(request, call);
  } catch {
    call.end(500, "broken");
    return broken(request);
  }
}

// A request from its judgement to its end. Its end is told once: then its place is free, and its line is written.
class Call {
  constructor(own, ticket) {
    this.own = own;
    this.ticket = ticket;
    this.over = new Promise((done) => (this.done = done));
  }

  ask(name, ...values) {
    return ask(this.own, name, this.ticket, ...values);
  }

  end(status, reason) {
    if (!this.done) return;
    this.done();
    this.done = undefined;
    const line = this.ask("end", status, reason, Date.now());
    if (line) console.log(line);
  }

  answered({ status, headers, body }) {
    const named = headers.find(([name]) => name === "x-rollwatch-proxy-error");
    this.end(status, named?.[1]);
    return new Response(status === 204 ? null : body, { status, headers });
  }

  refused(reason) {
    return this.answered(JSON.parse(this.ask("refuse", reason)));
  }

  // The client did not wait. The answer is for nobody; other proxies write the same status down.
  gone() {
    this.end(499, "client-gone");
    return new Response(null, { status: 499 });
  }
}

async function page(request, secured, call) {
  const found = env.ASSETS && (await env.ASSETS.fetch(request));
  const missing = "This proxy serves no page: deploy it with the built page as its assets, or open the page elsewhere.\n";
  const answer = found ? new Response(found.body, found) : new Response(missing, { status: 404 });
  secured.forEach(([name, value]) => answer.headers.set(name, value));
  // What is not there now may be there with the next page.
  if (!answer.ok && answer.status !== 304) answer.headers.set("cache-control", "no-cache");
  call.end(answer.status);
  return answer;
}

async function forward(request, call) {
  const { bounds } = call.own;
  const asked = new Reading(request.body, bounds.request_bytes, bounds.body_for, request.signal);
  let body;
  try {
    body = await asked.hold(bounds.request_bytes);
  } catch {
    return request.signal.aborted ? call.gone() : call.refused("bad-request");
  } finally {
    asked.stop();
  }
  const { call: sent, answer } = JSON.parse(call.ask("call", Date.now()));
  if (answer) return call.answered(answer);
  // What was judged is what is sent, or nothing is.
  if (new URL(sent.url).href !== sent.url) return call.refused("bad-request");
  const reading = new Reading(null, bounds.answer_bytes, bounds.answer_for, request.signal);
  try {
    const { method, headers } = sent;
    // No cache keeps an answer. The option `cache` would say so to the vendor as well, in headers of its own.
    const init = { method, headers, redirect: "manual", signal: reading.signal, cf: { cacheTtl: -1 } };
    if (method === "POST") init.body = body;
    const found = await reading.within(fetch(sent.url, init));
    reading.begin(found.body);
    if (Number(found.headers.get("content-length")) > bounds.answer_bytes) throw "answer-too-large";
    const held = await reading.hold(bounds.held_bytes);
    const down = { status: found.status, headers: JSON.parse(call.ask("hand_down", JSON.stringify([...found.headers]))) };
    if (reading.done) {
      reading.stop();
      const whole = new Response(held.length ? held : null, down);
      call.end(down.status);
      return whole;
    }
    return new Response(rest(held, reading, call, down.status), down);
  } catch (error) {
    reading.stop();
    if (error instanceof WebAssembly.RuntimeError) throw error;
    return request.signal.aborted ? call.gone() : call.refused(reason(error));
  }
}
