import type { Failure, Instant } from "@ecolocal/core/shared";
import { createServerUpdateStore, openScratchDatabase, restoreArchive, summariseDatabase } from "@ecolocal/db/server";
import * as Y from "yjs";

/** What a restore on trial found out. */
export interface DrillReport {
  readonly ok: boolean;
  readonly file: string;
  /** Everything acknowledged before `now − rpo` would be back, in seconds. */
  readonly rpoSeconds: number;
  /** How long the restore took, start to checked, in seconds. */
  readonly rtoSeconds: number;
  readonly rows: number;
  readonly documents: number;
  readonly problems: readonly string[];
}

/**
 * Restores an archive into an empty database in memory and looks at what came back: counts and hashes of every table,
 * every sequence without a gap, every document decoded.
 */
export async function verifyByRestore(file: string, key: Uint8Array | null, now: Instant): Promise<DrillReport> {
  const startedAt = performance.now();
  const scratch = await openScratchDatabase();
  const report = (problems: readonly string[], madeAt = now, rows = 0, documents = 0): DrillReport => ({
    ok: problems.length === 0,
    file,
    rpoSeconds: Math.round((now - madeAt) / 1000),
    rtoSeconds: Math.round(performance.now() - startedAt) / 1000,
    rows,
    documents,
    problems,
  });
  try {
    const restored = await restoreArchive(scratch, file, { key, replace: false, mode: "recover" });
    if (!restored.ok) return report([describe(restored.error)]);
    const { manifest, summary } = restored.value;
    const found = await summariseDatabase(scratch);
    const problems = Object.entries(summary)
      .filter(([table, { sha256 }]) => found[table as keyof typeof found].sha256 !== sha256)
      .map(([table]) => `${table} came back different`);
    const documents = await checkDocuments(createServerUpdateStore(scratch), await listDocuments(scratch));
    const rows = Object.values(found).reduce((sum, table) => sum + table.rows, 0);
    return report([...problems, ...documents.problems], manifest.madeAt, rows, documents.count);
  } finally {
    await scratch.destroy();
  }
}

function describe(failure: Failure<string>): string {
  return `${failure.code}: ${failure.detail}`;
}

type Scratch = Awaited<ReturnType<typeof openScratchDatabase>>;

async function listDocuments(db: Scratch) {
  return await db.selectFrom("sync_documents").select(["workspace_id", "document_id", "head_seq"]).execute();
}

async function checkDocuments(
  store: ReturnType<typeof createServerUpdateStore>,
  rows: Awaited<ReturnType<typeof listDocuments>>,
): Promise<{ readonly count: number; readonly problems: readonly string[] }> {
  const problems: string[] = [];
  for (const row of rows) {
    const loaded = await store.load({ workspaceId: row.workspace_id, documentId: row.document_id });
    const name = `document ${row.workspace_id}/${row.document_id}`;
    if (!loaded.ok) problems.push(`${name}: ${loaded.error.detail}`);
    else problems.push(...checkDocument(name, Number(row.head_seq), loaded.value));
  }
  return { count: rows.length, problems };
}

function checkDocument(
  name: string,
  headSeq: number,
  stored: {
    readonly snapshot: Uint8Array | null;
    readonly snapshotSeq: number;
    readonly updates: readonly { readonly seq: number; readonly data: Uint8Array }[];
  },
): string[] {
  const expected = headSeq - stored.snapshotSeq;
  const gap = stored.updates.some((update, index) => update.seq !== stored.snapshotSeq + index + 1);
  if (gap || stored.updates.length !== expected) return [`${name} has a gap in its log`];
  const doc = new Y.Doc();
  try {
    if (stored.snapshot !== null) Y.applyUpdate(doc, stored.snapshot);
    for (const update of stored.updates) Y.applyUpdate(doc, update.data);
    return doc.store.pendingStructs === null ? [] : [`${name} refers to updates that are missing`];
  } catch (cause) {
    return [`${name} cannot be decoded: ${cause instanceof Error ? cause.message : String(cause)}`];
  } finally {
    doc.destroy();
  }
}
