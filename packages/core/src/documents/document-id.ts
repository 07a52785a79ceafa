import { isUlid, type Ulid } from "../shared/index.ts";

/** Name of a document: `ws`, `project~01j…`; letters a–z, digits, `~` and `-` only, so that it fits in a URL. */
export type DocumentId = string;

export type DocumentKind = "ws" | "project";

export const WORKSPACE_DOCUMENT_ID: DocumentId = "ws";

export function projectDocumentId(projectId: Ulid): DocumentId {
  return `project~${projectId}`;
}

export interface ParsedDocumentId {
  readonly kind: DocumentKind;
  /** What follows the kind; empty where there is one document of the kind. */
  readonly key: string;
}

/** Reads a document id; null for kinds and shapes that this program does not know. */
export function parseDocumentId(id: string): ParsedDocumentId | null {
  if (id === WORKSPACE_DOCUMENT_ID) return { kind: "ws", key: "" };
  const [kind, key = "", ...rest] = id.split("~");
  return kind === "project" && rest.length === 0 && isUlid(key) ? { kind, key } : null;
}

/** Tells whether a string may name a document at all, of a kind known here or not. */
export function isDocumentId(id: string): id is DocumentId {
  return id.length <= 120 && /^[a-z0-9]+(?:[~-][a-z0-9]+)*$/.test(id);
}
