import type * as Y from "yjs";
import type { Failure } from "../shared/index.ts";
import type { DocumentKind } from "./document-id.ts";

/** Shape of each kind of document that this program writes, and the newest that it can read and write. */
export const DOCUMENT_SCHEMAS: Readonly<Record<DocumentKind, number>> = { ws: 1, project: 1 };

export interface DocumentMeta {
  readonly schema: number;
  /** Oldest program schema that may read the document. */
  readonly minReader: number;
  /** Oldest program schema that may change it. */
  readonly minWriter: number;
}

export type DocumentNewer = Failure<"DOCUMENT_NEWER">;

/** Reads what a document says about its shape; whatever is missing or unreadable counts as the first shape. */
export function readDocumentMeta(doc: Y.Doc): DocumentMeta {
  const meta = doc.getMap("meta");
  const number = (key: string): number => {
    const value = meta.get(key);
    return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : 1;
  };
  return { schema: number("schema"), minReader: number("minReader"), minWriter: number("minWriter") };
}

/** What this program may do with a document that others may have brought to a newer shape. */
export function documentAccess(doc: Y.Doc, kind: DocumentKind): "write" | "read" | "none" {
  const { minReader, minWriter } = readDocumentMeta(doc);
  const known = DOCUMENT_SCHEMAS[kind];
  if (minReader > known) return "none";
  return minWriter > known ? "read" : "write";
}

export function documentNewer(documentId: string): DocumentNewer {
  return {
    code: "DOCUMENT_NEWER",
    op: "document.change",
    subject: documentId,
    detail: "A newer EcoLocal changed the shape of this document; here it can only be read.",
    hint: "Update EcoLocal to change it.",
    retry: "after-change",
  };
}
