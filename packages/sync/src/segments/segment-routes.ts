import type { IncomingMessage, ServerResponse } from "node:http";
import { roleAtLeast } from "@ecolocal/core/community";
import { isUlid } from "@ecolocal/core/shared";
import { readBody, sendJson } from "../service/http-body.ts";
import type { Identity } from "../service/identity.ts";
import { type Acceptance, acceptSegment, type SegmentServices } from "./accept-segment.ts";

/** Routes of shared readings: with a token those of the group, without one what its members made public. */
export const SEGMENTS_PATH: RegExp = /^\/v1\/(workspaces|public)\/([a-z0-9-]{1,64})\/segments(?:\/([0-9a-f]{64}))?$/;

const LIST_LIMIT = 500;
const SEGMENT_TYPE = "application/vnd.ecolocal.segment";

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly services: SegmentServices;
  readonly workspaceId: string;
  /** Null for somebody without a token. */
  readonly identity: Identity | null;
  readonly query: URLSearchParams;
}

/** Answers one request about shared readings; `onStored` hears that there is something new for the others. */
export async function handleSegments(
  call: Omit<Call, "query">,
  sha256: string | undefined,
  onStored: () => void,
): Promise<void> {
  const { request, response, identity } = call;
  const query = new URLSearchParams((request.url ?? "").split("?")[1] ?? "");
  const full: Call = { ...call, query };
  if (request.method === "GET") return await (sha256 === undefined ? answerList(full) : answerPiece(full, sha256));
  if (identity === null || !roleAtLeast(identity.role, "member")) {
    return sendJson(response, 403, { code: "SYNC_ROLE_INSUFFICIENT" });
  }
  if (request.method === "PUT" && sha256 !== undefined) return await takePiece(full, identity, sha256, onStored);
  if (request.method === "DELETE" && sha256 === undefined) return await withdraw(full, identity, onStored);
  return sendJson(response, 404, { code: "SYNC_NOT_FOUND" });
}

/** Guests and strangers see what is public. */
function maySee({ identity }: Call, audience: "group" | "public"): boolean {
  return audience === "public" || (identity !== null && roleAtLeast(identity.role, "member"));
}

async function answerList(call: Call): Promise<void> {
  const { response, services, workspaceId, query } = call;
  const heads = await services.store.heads(workspaceId);
  if (!heads.ok) return sendJson(response, 503, { code: heads.error.code });
  const visible = heads.value.filter(({ audience }) => maySee(call, audience));
  const channelId = query.get("channel");
  if (channelId === null) return sendJson(response, 200, { channels: visible });
  const after = { epoch: wholeNumber(query, "epoch"), seq: wholeNumber(query, "after") };
  if (after.epoch === null || after.seq === null) return sendJson(response, 400, { code: "SYNC_MALFORMED" });
  if (!visible.some((head) => head.channelId === channelId)) return sendJson(response, 404, { code: "SYNC_NOT_FOUND" });
  const { epoch, seq } = after;
  const found = await services.store.list(workspaceId, channelId, { epoch, seq }, LIST_LIMIT);
  if (!found.ok) return sendJson(response, 503, { code: found.error.code });
  return sendJson(response, 200, { segments: found.value, more: found.value.length === LIST_LIMIT });
}

async function answerPiece(call: Call, sha256: string): Promise<void> {
  const { response, services, workspaceId, query } = call;
  const at = wholeNumber(query, "at");
  if (at === null) return sendJson(response, 400, { code: "SYNC_MALFORMED" });
  const found = await services.store.read(workspaceId, sha256, at, services.limits.pieceBytes);
  if (!found.ok) return sendJson(response, 503, { code: found.error.code });
  if (found.value === null || !maySee(call, found.value.audience)) {
    return sendJson(response, 404, { code: "SYNC_NOT_FOUND" });
  }
  const { bytes } = found.value;
  response.writeHead(200, {
    "content-type": SEGMENT_TYPE,
    "content-length": bytes.byteLength,
    "cache-control": "no-store",
  });
  response.end(bytes);
}

async function takePiece(call: Call, identity: Identity, sha256: string, onStored: () => void): Promise<void> {
  const { request, response, services, workspaceId, query } = call;
  const { store, limits, clock } = services;
  const [at, total] = [wholeNumber(query, "at"), wholeNumber(query, "of")];
  if (at === null || total === null || total === 0) return sendJson(response, 400, { code: "SYNC_MALFORMED" });
  const piece = total > limits.segmentBytes ? null : await readBody(request, limits.pieceBytes);
  if (piece === null || at + piece.byteLength > total) return sendJson(response, 413, { code: "SYNC_TOO_LARGE" });
  const upload = { workspaceId, userId: identity.userId, sha256 };
  if (at === 0 && piece.byteLength === total) {
    return answerAcceptance(response, await acceptSegment(services, identity, sha256, piece), onStored);
  }
  const context = { now: clock.now(), openUploads: limits.openUploads };
  const received = await store.receive(upload, at, piece, context);
  if (!received.ok) return sendJson(response, 503, { code: received.error.code });
  if (received.value === null) return sendJson(response, 429, { code: "SYNC_RATE_LIMITED" });
  if (received.value < total) return sendJson(response, 200, { state: "partial", received: received.value });
  const whole = await store.received(upload);
  if (!whole.ok || whole.value === null) return sendJson(response, 503, { code: "SYNC_STORE_FAILED" });
  const acceptance = await acceptSegment(services, identity, sha256, whole.value);
  // Neither what was kept nor what never will be needs its pieces any more.
  if (acceptance.kind !== "stored" && acceptance.kind !== "failed") await store.discard(upload);
  return answerAcceptance(response, acceptance, onStored);
}

function answerAcceptance(response: ServerResponse, acceptance: Acceptance, onStored: () => void): void {
  if (acceptance.kind === "stored") onStored();
  const [status, body] = toAnswer(acceptance);
  sendJson(response, status, body);
}

function toAnswer(acceptance: Acceptance): readonly [status: number, body: unknown] {
  switch (acceptance.kind) {
    case "stored":
    case "known":
      return [200, { state: "stored" }];
    case "stale":
      return [200, { state: "stale", epoch: acceptance.epoch, seq: acceptance.seq }];
    case "invalid":
      return [422, { code: "SYNC_SEGMENT_INVALID", detail: acceptance.detail }];
    case "foreign":
      return [403, { code: "SYNC_SEGMENT_FOREIGN" }];
    case "quota":
      return [507, { code: "SYNC_SEGMENT_QUOTA" }];
    case "failed":
      return [503, { code: acceptance.code }];
  }
}

/** Owners take back what is theirs; stewards anything of the group. */
async function withdraw(call: Call, identity: Identity, onStored: () => void): Promise<void> {
  const { response, services, workspaceId, query } = call;
  const channelId = query.get("channel") ?? "";
  if (!isUlid(channelId)) return sendJson(response, 400, { code: "SYNC_MALFORMED" });
  const heads = await services.store.heads(workspaceId);
  if (!heads.ok) return sendJson(response, 503, { code: heads.error.code });
  const head = heads.value.find((one) => one.channelId === channelId);
  if (head === undefined || head.withdrawn) return sendJson(response, 200, { withdrawn: false });
  if (head.userId !== identity.userId && !roleAtLeast(identity.role, "steward")) {
    return sendJson(response, 403, { code: "SYNC_ROLE_INSUFFICIENT" });
  }
  const done = await services.store.withdraw(workspaceId, channelId, services.clock.now());
  if (!done.ok) return sendJson(response, 503, { code: done.error.code });
  onStored();
  return sendJson(response, 200, { withdrawn: done.value });
}

/** A parameter that must be a whole number; 0 when it is left out, null when it is something else. */
function wholeNumber(query: URLSearchParams, name: string): number | null {
  const text = query.get(name) ?? "0";
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}
