import type { IncomingMessage, ServerResponse } from "node:http";
import type { DocumentKey } from "@ecolocal/core/documents/store";
import { BATCH_CONTENT_TYPE, type BatchEntry, decodeBatch, encodeBatch } from "./batch-codec.ts";
import type { Hub } from "./hub.ts";
import type { Gatekeeper, Identity } from "./identity.ts";
import { findRoute, type JsonRoute } from "./json-routes.ts";
import { bearerToken } from "./upgrade.ts";

export interface HttpServices {
  readonly hub: Hub;
  readonly gatekeeper: Gatekeeper;
  readonly maxBodyBytes: number;
  /** Whether the process should get traffic, and why not. */
  ready(): Promise<{ readonly ok: boolean; readonly detail: string }>;
  /** Further routes, for example of the accounts. */
  readonly routes: readonly JsonRoute[];
  /** Protocol versions and limits for clients to read. */
  readonly advertisement: Readonly<Record<string, unknown>>;
}

const STATUS_OK = 200;
const NOT_FOUND = 404;
const BATCH_PATH = /^\/v1\/workspaces\/([a-z0-9-]{1,64})\/(pull|push)$/;

/** Answers everything but WebSocket upgrades. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  services: HttpServices,
): Promise<void> {
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  if (request.method === "GET" && path === "/healthz") return sendText(response, STATUS_OK, "ok");
  if (request.method === "GET" && path === "/readyz") {
    const state = await services.ready();
    return sendText(response, state.ok ? STATUS_OK : 503, state.detail);
  }
  if (request.method === "GET" && path === "/v1/limits") return sendJson(response, STATUS_OK, services.advertisement);
  const [, workspaceId, verb] = BATCH_PATH.exec(path) ?? [];
  if (request.method === "POST" && workspaceId !== undefined && verb !== undefined) {
    return await handleBatch(request, response, services, workspaceId, verb === "push");
  }
  return await answerJson(request, response, services.routes, path);
}

async function answerJson(
  request: IncomingMessage,
  response: ServerResponse,
  routes: readonly JsonRoute[],
  path: string,
): Promise<void> {
  const found = findRoute(routes, request.method ?? "GET", path);
  if (found === null) return sendJson(response, NOT_FOUND, { code: "SYNC_NOT_FOUND" });
  const body = request.method === "POST" ? await readJson(request) : { value: undefined };
  if (body === null) return sendJson(response, 400, { code: "SYNC_MALFORMED" });
  const answer = await found.route.handle(request, found.params, body.value);
  return sendJson(response, answer.status, answer.body);
}

const MAX_JSON_BYTES = 64 * 1024;

async function readJson(request: IncomingMessage): Promise<{ readonly value: unknown } | null> {
  const body = await readBody(request, MAX_JSON_BYTES);
  if (body === null) return null;
  if (body.byteLength === 0) return { value: {} };
  try {
    return { value: JSON.parse(new TextDecoder().decode(body)) };
  } catch {
    return null;
  }
}

async function handleBatch(
  request: IncomingMessage,
  response: ServerResponse,
  services: HttpServices,
  workspaceId: string,
  push: boolean,
): Promise<void> {
  const token = bearerToken(request);
  const identity = token === null ? null : await services.gatekeeper.authenticate(token);
  if (identity === null) return sendJson(response, 401, { code: "SYNC_TOKEN_REFUSED" });
  if (!identity.ok) return sendJson(response, 401, { code: identity.error.code });
  if (identity.value.workspaceId !== workspaceId) return sendJson(response, NOT_FOUND, { code: "SYNC_NOT_FOUND" });
  const body = await readBody(request, services.maxBodyBytes);
  if (body === null) return sendJson(response, 413, { code: "SYNC_TOO_LARGE" });
  const entries = decodeBatch(body);
  if (entries === null) return sendJson(response, 400, { code: "SYNC_MALFORMED" });
  const answers: BatchEntry[] = [];
  for (const entry of entries) answers.push(await answerEntry(services, identity.value, entry, push));
  const bytes = encodeBatch(answers);
  response.writeHead(STATUS_OK, { "content-type": BATCH_CONTENT_TYPE, "content-length": bytes.byteLength });
  response.end(bytes);
}

async function answerEntry(
  services: HttpServices,
  identity: Identity,
  entry: BatchEntry,
  push: boolean,
): Promise<BatchEntry> {
  const key: DocumentKey = { workspaceId: identity.workspaceId, documentId: entry.documentId };
  const nothing = new Uint8Array();
  const answer = (status: number, seq = 0, bytes: Uint8Array = nothing): BatchEntry => ({
    documentId: entry.documentId,
    status,
    seq,
    bytes,
  });
  const access = await services.gatekeeper.access(identity, key);
  if (access === "none") return answer(NOT_FOUND);
  if (push && access !== "write") return answer(403);
  const room = await services.hub.open(key);
  if (!room.ok) return answer(503);
  if (push) {
    const stored = await room.value.submit(identity, entry.bytes);
    return "rejected" in stored
      ? answer(stored.rejected === "document-full" || stored.rejected === "too-large" ? 413 : 400)
      : answer(STATUS_OK, stored.seq);
  }
  const diff = room.value.difference(entry.bytes);
  return diff === null ? answer(400) : answer(STATUS_OK, diff.seq, diff.update);
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.byteLength;
    if (size > maxBytes) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(`${text}\n`);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
