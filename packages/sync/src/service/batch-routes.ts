import type { IncomingMessage, ServerResponse } from "node:http";
import type { DocumentHead, DocumentKey } from "@ecolocal/core/documents/store";
import type { RoomRejection } from "../room/index.ts";
import { BATCH_CONTENT_TYPE, type BatchEntry, decodeBatch, encodeBatch } from "./batch-codec.ts";
import { readBody, sendJson } from "./http-body.ts";
import type { HttpServices } from "./http-services.ts";
import type { Identity } from "./identity.ts";
import { bearerToken } from "./upgrade.ts";

const OK = 200;
/** The answer is long enough already: ask for this document again. */
const ASK_AGAIN = 206;
const FORBIDDEN = 403;
const NOT_FOUND = 404;
const DIFFERS = 409;
/** The document was put back on purpose: what the sender holds of it is the past that was undone. */
const OTHER_EPOCH = 410;
const TOO_LARGE = 413;
const UNAVAILABLE = 503;

// A lost connection must not cost more than this; a single document that is larger travels alone.
const ANSWER_BYTES = 1024 * 1024;
const NOTHING = new Uint8Array();

export const BATCH_PATH: RegExp = /^\/v1\/workspaces\/([a-z0-9-]{1,64})\/(pull|push|compare)$/;
export const DOCUMENTS_PATH: RegExp = /^\/v1\/workspaces\/([a-z0-9-]{1,64})\/documents$/;

/** Answers `pull`, `push` and `compare`: many documents in one request, each with a status of its own. */
export async function handleBatch(
  request: IncomingMessage,
  response: ServerResponse,
  services: HttpServices,
  [workspaceId, verb]: readonly [string, string],
): Promise<void> {
  const identity = await admit(request, response, services, workspaceId);
  if (identity === null) return;
  const body = await readBody(request, services.maxBodyBytes);
  if (body === null) return sendJson(response, TOO_LARGE, { code: "SYNC_TOO_LARGE" });
  const entries = decodeBatch(body);
  if (entries === null) return sendJson(response, 400, { code: "SYNC_MALFORMED" });
  const answers: BatchEntry[] = [];
  let size = 0;
  for (const entry of entries) {
    const given = size > ANSWER_BYTES ? { status: ASK_AGAIN } : await answerEntry(services, identity, entry, verb);
    const answer: BatchEntry = { seq: 0, bytes: NOTHING, ...given, documentId: entry.documentId };
    size += answer.bytes.byteLength;
    answers.push(answer);
  }
  const bytes = encodeBatch(answers);
  response.writeHead(OK, { "content-type": BATCH_CONTENT_TYPE, "content-length": bytes.byteLength });
  response.end(bytes);
}

/** Lists the documents that the asking member may read, with how far each goes. */
export async function handleDocuments(
  request: IncomingMessage,
  response: ServerResponse,
  services: HttpServices,
  workspaceId: string,
): Promise<void> {
  const identity = await admit(request, response, services, workspaceId);
  if (identity === null) return;
  const heads = await services.heads(workspaceId);
  if (!heads.ok) return sendJson(response, UNAVAILABLE, { code: heads.error.code });
  const readable: DocumentHead[] = [];
  for (const head of heads.value) {
    const { documentId } = head;
    if ((await services.gatekeeper.access(identity, { workspaceId, documentId })) !== "none") readable.push(head);
  }
  return sendJson(response, OK, { documents: readable });
}

/** Who asks, or `null` after the refusal was sent. Another workspace looks like one that does not exist. */
export async function admit(
  request: IncomingMessage,
  response: ServerResponse,
  services: HttpServices,
  workspaceId: string,
): Promise<Identity | null> {
  const token = bearerToken(request);
  const identity = token === null ? null : await services.gatekeeper.authenticate(token);
  if (identity === null || !identity.ok) {
    sendJson(response, 401, { code: identity?.error.code ?? "SYNC_TOKEN_REFUSED" });
    return null;
  }
  if (identity.value.workspaceId !== workspaceId) {
    sendJson(response, NOT_FOUND, { code: "SYNC_NOT_FOUND" });
    return null;
  }
  return identity.value;
}

type EntryAnswer = Pick<BatchEntry, "status"> & Partial<BatchEntry>;

async function answerEntry(
  services: HttpServices,
  identity: Identity,
  entry: BatchEntry,
  verb: string,
): Promise<EntryAnswer> {
  const key: DocumentKey = { workspaceId: identity.workspaceId, documentId: entry.documentId };
  const access = await services.gatekeeper.access(identity, key);
  if (access === "none") return { status: NOT_FOUND };
  if (verb === "push" && access !== "write") return { status: FORBIDDEN };
  const room = await services.hub.open(key);
  if (!room.ok) return { status: UNAVAILABLE };
  // Asking is harmless; what is sent from the undone past would bring it back.
  if (verb !== "pull" && entry.seq !== room.value.epoch) return { status: OTHER_EPOCH };
  if (verb === "push") {
    const stored = await room.value.submit(identity, entry.bytes);
    return "rejected" in stored ? { status: refusalStatus(stored.rejected) } : { status: OK, seq: stored.seq };
  }
  if (verb === "compare") {
    const { same, seq, stateVector } = room.value.compare(entry.bytes);
    return same ? { status: OK, seq } : { status: DIFFERS, seq, bytes: stateVector };
  }
  const diff = room.value.difference(entry.bytes);
  return diff === null ? { status: 400 } : { status: OK, seq: diff.seq, bytes: diff.update };
}

function refusalStatus(reason: RoomRejection): number {
  return reason === "document-full" || reason === "too-large" ? TOO_LARGE : 400;
}
