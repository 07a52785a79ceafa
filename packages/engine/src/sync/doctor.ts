import type { DoctorReport } from "@ecolocal/core/api";
import { type Failure, ok, type Result } from "@ecolocal/core/shared";
import { compareDocuments, exchange } from "./exchange.ts";
import type { Replica } from "./replica.ts";
import type { ServerDocuments } from "./server-documents.ts";

export type DoctorFinding = DoctorReport["documents"][number];

export interface DoctorContext {
  readonly replica: Replica;
  readonly server: ServerDocuments;
  readonly titleOf: (documentId: string) => string;
  /** Makes a backup before anything is repaired; its path. */
  readonly backUp: () => Promise<Result<string, Failure>>;
  readonly signal: AbortSignal;
}

const COMPARED_AT_ONCE = 100;

/**
 * Compares every document here with the server's, deletions included, and names those that differ. With `repair`, a
 * backup is made and the differing ones are exchanged in full, in both directions: nothing is reset or thrown away.
 */
export async function examine(
  context: DoctorContext,
  repair: boolean,
): Promise<Result<Pick<DoctorReport, "documents" | "backup">, Failure>> {
  const found = await findDifferences(context);
  if (!found.ok) return found;
  const sick = found.value.filter(({ finding }) => finding !== "same");
  if (!repair || sick.length === 0) return ok({ documents: found.value, backup: null });
  const backup = await context.backUp();
  if (!backup.ok) return backup;
  const { replica } = context;
  for (const { documentId, finding } of sick) if (finding === "only-here") replica.progress.forget(documentId);
  const exchanged = await exchange(replica, context.server, {
    compareAll: true,
    retryRefused: true,
    isCarried: () => false,
    onProgress: () => undefined,
    onRestored: () => Promise.resolve(ok(undefined)),
    signal: context.signal,
  });
  if (!exchanged.ok) return exchanged;
  const after = await findDifferences(context);
  if (!after.ok) return after;
  const wasSick = new Set(sick.map(({ documentId }) => documentId));
  const failures = new Map(exchanged.value.failures.map(({ subject, code }) => [subject, code]));
  const documents = after.value.map((document) => {
    if (document.finding === "same") return wasSick.has(document.documentId) ? repaired(document) : document;
    return { ...document, code: document.code ?? failures.get(document.documentId) ?? null };
  });
  return ok({ documents, backup: backup.value });
}

function repaired(document: DoctorFinding): DoctorFinding {
  return { ...document, finding: "repaired" };
}

async function findDifferences({ replica, server, titleOf }: DoctorContext): Promise<Result<DoctorFinding[], Failure>> {
  const heads = await server.heads();
  if (!heads.ok) return heads;
  const here = replica.documents.list();
  const findings = new Map<string, DoctorFinding>();
  const note = (documentId: string, finding: DoctorFinding["finding"], code: string | null = null): void => {
    findings.set(documentId, { documentId, title: titleOf(documentId), finding, code });
  };
  for (const documentId of heads.value.keys()) note(documentId, "only-there");
  const shared = here.filter((documentId) => heads.value.has(documentId));
  for (const documentId of here) note(documentId, heads.value.has(documentId) ? "same" : "only-here");
  for (const documentId of shared) {
    const digest = replica.digest(documentId);
    if (!digest.ok) note(documentId, "unreadable", digest.error.code);
  }
  for (let start = 0; start < shared.length; start += COMPARED_AT_ONCE) {
    const differing = await compareDocuments(replica, server, shared.slice(start, start + COMPARED_AT_ONCE));
    if (!differing.ok) return differing;
    for (const { documentId } of differing.value) note(documentId, "differs");
  }
  return ok([...findings.values()].sort((a, b) => (a.documentId < b.documentId ? -1 : 1)));
}
