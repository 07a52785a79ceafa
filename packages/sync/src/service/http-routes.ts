import type { IncomingMessage, ServerResponse } from "node:http";
import { handleSegments, SEGMENTS_PATH } from "../segments/index.ts";
import { admit, BATCH_PATH, DOCUMENTS_PATH, handleBatch, handleDocuments } from "./batch-routes.ts";
import { readBody, sendJson, sendText } from "./http-body.ts";
import type { HttpServices } from "./http-services.ts";
import { findRoute, type JsonRoute } from "./json-routes.ts";

const STATUS_OK = 200;
const NOT_FOUND = 404;

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
  const segments = SEGMENTS_PATH.exec(path);
  if (segments !== null) return await answerSegments(request, response, services, segments);
  const documents = documentRoute(request.method, path);
  if (documents !== null) return await documents(request, response, services);
  return await answerJson(request, response, services.routes, path);
}

async function answerSegments(
  request: IncomingMessage,
  response: ServerResponse,
  services: HttpServices,
  [, road, workspaceId = "", sha256]: readonly (string | undefined)[],
): Promise<void> {
  const { segments, announce } = services;
  if (segments === undefined) return sendJson(response, NOT_FOUND, { code: "SYNC_NOT_FOUND" });
  const isPublic = road === "public";
  if (isPublic && !services.mayAskPublicly(request)) return sendJson(response, 429, { code: "SYNC_RATE_LIMITED" });
  const identity = isPublic ? null : await admit(request, response, services, workspaceId);
  // The refusal was sent.
  if (!isPublic && identity === null) return;
  const call = { request, response, services: segments, workspaceId, identity };
  return await handleSegments(call, sha256, () => announce(workspaceId));
}

type Route = (request: IncomingMessage, response: ServerResponse, services: HttpServices) => Promise<void>;

function documentRoute(method: string | undefined, path: string): Route | null {
  const [, workspaceId, verb] = BATCH_PATH.exec(path) ?? [];
  if (method === "POST" && workspaceId !== undefined && verb !== undefined) {
    return (request, response, services) => handleBatch(request, response, services, [workspaceId, verb]);
  }
  const [, listed] = DOCUMENTS_PATH.exec(path) ?? [];
  if (method !== "GET" || listed === undefined) return null;
  return (request, response, services) => handleDocuments(request, response, services, listed);
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
