import type { IncomingMessage } from "node:http";
import type { DocumentKey } from "@ecolocal/core/documents/store";

export const PROTOCOL_BASIC = "ecolocal.v1";
export const PROTOCOL_EXTENDED = "ecolocal.ext.v1";
const TOKEN_PREFIX = "auth.";

/** What an upgrade request asks for. */
export interface UpgradeRequest {
  readonly key: DocumentKey;
  readonly token: string | null;
  readonly extended: boolean;
  readonly protocol: string | null;
  /** In which epoch the client knows the document (`?epoch=2`); 0 for one that says nothing. */
  readonly epoch: number;
}

const ROOM_PATH = /^\/v1\/ws\/([a-z0-9-]{1,64})\/([a-z0-9~-]{1,128})$/;

/**
 * Reads room and token of a WebSocket upgrade. The token comes in the subprotocol list (`auth.<token>`) or the
 * Authorization header, never in the URL, which proxies write to their logs.
 */
export function readUpgradeRequest(request: IncomingMessage): UpgradeRequest | null {
  const [path = "", query = ""] = (request.url ?? "").split("?", 2);
  const match = ROOM_PATH.exec(safeDecode(path));
  const [, workspaceId, documentId] = match ?? [];
  if (workspaceId === undefined || documentId === undefined) return null;
  const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
  const extended = offered.includes(PROTOCOL_EXTENDED);
  const protocol = extended ? PROTOCOL_EXTENDED : offered.includes(PROTOCOL_BASIC) ? PROTOCOL_BASIC : null;
  const token = offered.find((name) => name.startsWith(TOKEN_PREFIX))?.slice(TOKEN_PREFIX.length);
  return {
    key: { workspaceId, documentId },
    token: token ?? bearerToken(request),
    extended,
    protocol,
    epoch: epochOf(query),
  };
}

function epochOf(query: string): number {
  const text = new URLSearchParams(query).get("epoch") ?? "0";
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

/** The token of an `Authorization: Bearer …` header. */
export function bearerToken(request: IncomingMessage): string | null {
  const [scheme, token] = (request.headers.authorization ?? "").split(" ", 2);
  return scheme?.toLowerCase() === "bearer" && token !== undefined && token !== "" ? token : null;
}

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}
