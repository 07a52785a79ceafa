import type { DocumentNewer, UpdateRefused } from "@ecolocal/core/documents";
import type { Failure } from "@ecolocal/core/shared";
import type { StorageFailure } from "../sqlite/index.ts";

export type DocumentFailure =
  | Failure<"DOCUMENT_NOT_FOUND" | "DOCUMENT_EXISTS" | "DOCUMENT_DAMAGED">
  | DocumentNewer
  | UpdateRefused
  | StorageFailure;

export function documentNotFound(documentId: string): DocumentFailure {
  return {
    code: "DOCUMENT_NOT_FOUND",
    op: "document.open",
    subject: documentId,
    detail: "The workspace has no such document.",
    retry: "never",
  };
}

export function documentExists(documentId: string): DocumentFailure {
  return {
    code: "DOCUMENT_EXISTS",
    op: "document.create",
    subject: documentId,
    detail: "A document of this name is there already; it was left as it is.",
    retry: "never",
  };
}

export function documentDamaged(documentId: string, finding: string): DocumentFailure {
  return {
    code: "DOCUMENT_DAMAGED",
    op: "document.open",
    subject: documentId,
    detail: `The stored changes of this document cannot be put together (${finding}).`,
    hint: "Restore the latest backup into a new workspace; the other documents are not affected.",
    retry: "never",
  };
}
