import type * as Y from "yjs";
import type { DocumentKind } from "./document-id.ts";
import { readDocumentMeta } from "./document-meta.ts";

/**
 * Brings documents of a kind from one shape to the next, as normal edits of the first writer that opens them.
 *
 * `fill` only adds (expand); it must give the same result when two devices run it unknown to each other. Taking the
 * old fields away is a step of a later release that also raises `minReader` and `minWriter`.
 */
export interface DocumentMigration {
  readonly kind: DocumentKind;
  /** The shape it produces. */
  readonly to: number;
  readonly minReader: number;
  readonly minWriter: number;
  fill(doc: Y.Doc): void;
}

/** Every shape change so far, in order; the first shape needs none. */
export const DOCUMENT_MIGRATIONS: readonly DocumentMigration[] = [];

/** Runs the missing steps inside the caller's transaction; tells whether there were any. */
export function migrateDocument(
  doc: Y.Doc,
  kind: DocumentKind,
  migrations: readonly DocumentMigration[] = DOCUMENT_MIGRATIONS,
): boolean {
  const from = readDocumentMeta(doc).schema;
  const steps = migrations.filter((step) => step.kind === kind && step.to > from).sort((a, b) => a.to - b.to);
  for (const step of steps) {
    step.fill(doc);
    const meta = doc.getMap("meta");
    const before = readDocumentMeta(doc);
    meta.set("schema", step.to);
    if (step.minReader > before.minReader) meta.set("minReader", step.minReader);
    if (step.minWriter > before.minWriter) meta.set("minWriter", step.minWriter);
  }
  return steps.length > 0;
}
