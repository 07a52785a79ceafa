import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { hasToken, isOwnHost } from "./access.ts";
import { type PushedMessage, readAirrohrPost, readSenseMapPost } from "./push-body.ts";
import type { PushHub } from "./push-hub.ts";
import { createRateLimit, type RateLimit } from "./rate-limit.ts";

export interface PushEndpointOptions {
  readonly hub: PushHub;
  readonly clock: Clock;
  /** At least 16 characters; devices have to send it. */
  readonly token: string;
  /** Address to listen on; `127.0.0.1` by default, `0.0.0.0` lets devices of the network in. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Names of this computer beside its addresses and `*.local`. */
  readonly ownNames?: readonly string[];
  /** Posts of one address per minute; default 60. */
  readonly perMinute?: number;
}

export interface PushEndpoint {
  readonly port: number;
  /** How many posts were taken and refused, by answer. */
  readonly counts: Readonly<Record<string, number>>;
  close(): Promise<void>;
}

export type PushFailure = Failure<"SENSING_PUSH_TOKEN_WEAK" | "SENSING_PUSH_PORT_TAKEN">;

/** A node with every sensor posts about 2 kB. */
const MAX_BODY_BYTES = 32_768;
const MAX_CONNECTIONS = 64;
const REQUEST_TIMEOUT_MS = 10_000;
const MIN_TOKEN_LENGTH = 16;
const DEFAULT_PER_MINUTE = 60;

/**
 * Opens the endpoint to which devices on the local network post their readings. Nothing opens it by itself.
 *
 * `POST /push` and `POST /push/{token}` take airRohr and sensor.community posts, `POST /boxes/{id}/data` openSenseMap's.
 * Answers: 200 or 201 taken, 202 taken but no sensor of ours reads that device yet, 400 not understood, 401 no token,
 * 404, 405, 413 too long, 421 meant for another computer, 429 too often. Bodies are JSON `{code, message}`.
 */
export async function openPushEndpoint(options: PushEndpointOptions): Promise<Result<PushEndpoint, PushFailure>> {
  if (options.token.length < MIN_TOKEN_LENGTH) return err(weakToken());
  const counts: Record<string, number> = {};
  const limit = createRateLimit(options.clock, options.perMinute ?? DEFAULT_PER_MINUTE);
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS },
    (request, response) => {
      answer(request, options, limit).then(
        (reply) => send(response, reply, counts),
        () => send(response, refuse(400, "SENSING_PUSH_UNREADABLE", "The post broke off."), counts),
      );
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  const problem = await listen(server, options.port, options.host ?? "127.0.0.1");
  if (problem !== null) return err(portTaken(options.port, problem));
  return ok({
    port: (server.address() as AddressInfo).port,
    counts,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function answer(request: IncomingMessage, options: PushEndpointOptions, limit: RateLimit): Promise<Reply> {
  if (!isOwnHost(request.headers.host, options.ownNames ?? [])) {
    return refuse(421, "SENSING_PUSH_HOST", "This is not the computer that was asked for.");
  }
  if (!limit.take(request.socket.remoteAddress ?? ""))
    return refuse(429, "SENSING_PUSH_RATE", "Too many posts a minute.");
  const target = readTarget(request.url ?? "");
  if (target === null) return refuse(404, "SENSING_PUSH_PATH", "Post to /push or /boxes/{id}/data.");
  if (request.method !== "POST") return refuse(405, "SENSING_PUSH_METHOD", "Only posts are taken.");
  if (!hasToken(request, options.token, target.pathToken)) {
    return refuse(401, "SENSING_PUSH_TOKEN", "The token is missing or wrong.");
  }
  const text = await readBody(request);
  if (text === null) return refuse(413, "SENSING_PUSH_LARGE", `A post is at most ${MAX_BODY_BYTES} bytes long.`);
  const message = readMessage(text, target.boxId, request.headers["x-sensor"]);
  if (message === null) return refuse(400, "SENSING_PUSH_UNREADABLE", "The post holds no values in a form we know.");
  const isRead = options.hub.deliver(message);
  if (!isRead)
    return { status: 202, body: { device: message.deviceId, message: "Taken; no sensor reads this device yet." } };
  return { status: message.kind === "opensensemap" ? 201 : 200, body: { device: message.deviceId } };
}

function readTarget(url: string): { readonly boxId: string | null; readonly pathToken: string | null } | null {
  const path = url.split("?")[0] ?? "";
  const [box, boxId = ""] = /^\/boxes\/([\w.:-]{1,80})\/data\/?$/.exec(path) ?? [];
  if (box !== undefined) return { boxId, pathToken: null };
  const [push, token] = /^\/push(?:\/([\w.~-]{1,200}))?\/?$/.exec(path) ?? [];
  return push === undefined ? null : { boxId: null, pathToken: token ?? null };
}

/** The body as text; `null` when it is too long, in which case the rest is not read. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function readMessage(text: string, boxId: string | null, sensor: string | string[] | undefined): PushedMessage | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  return boxId === null
    ? readAirrohrPost(body, typeof sensor === "string" ? sensor : null)
    : readSenseMapPost(body, boxId);
}

function refuse(status: number, code: string, message: string): Reply {
  return { status, body: { code, message } };
}

function send(response: ServerResponse, { status, body }: Reply, counts: Record<string, number>): void {
  counts[status] = (counts[status] ?? 0) + 1;
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(status === 413 ? { connection: "close" } : {}),
  });
  response.end(JSON.stringify(body));
}

async function listen(server: Server, port: number, host: string): Promise<string | null> {
  server.listen(port, host);
  try {
    await once(server, "listening");
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function weakToken(): PushFailure {
  return {
    code: "SENSING_PUSH_TOKEN_WEAK",
    op: "open endpoint",
    subject: "token",
    detail: `A token has at least ${MIN_TOKEN_LENGTH} characters.`,
    hint: "Let EcoLocal make one.",
    retry: "after-change",
  };
}

function portTaken(port: number, message: string): PushFailure {
  return {
    code: "SENSING_PUSH_PORT_TAKEN",
    op: "open endpoint",
    subject: String(port),
    detail: `Port ${port} cannot be listened on: ${message}.`,
    hint: "Choose another port, or end the program that uses it.",
    retry: "after-change",
  };
}
