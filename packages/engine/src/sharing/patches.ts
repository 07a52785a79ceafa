import { hostname } from "node:os";
import type { PatchFile, PatchPreview, PatchReport } from "@ecolocal/core/api";
import { documentFingerprint, hasTooMuchPending, inspectUpdate } from "@ecolocal/core/documents";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import type { DocumentStore } from "@ecolocal/db/documents";
import * as Y from "yjs";
import type { Store } from "../store/index.ts";
import type { SyncClient } from "../sync/index.ts";
import { loadDeviceKey } from "../sync/index.ts";
import { decodePatch, encodePatch, type PatchContent } from "./patch-file.ts";
import { createSigners, keyFingerprint, type Signer, type Signers } from "./signers.ts";

export interface PatchContext {
  readonly store: Store;
  readonly documents: DocumentStore;
  readonly sync: SyncClient;
}

export interface PatchExport {
  readonly documentIds?: readonly string[] | undefined;
  readonly userName?: string | undefined;
}

/** Documents that travel by USB stick: signed by their sender, looked at and judged before they are merged. */
export interface Patches {
  export(request: PatchExport): Result<PatchFile, Failure>;
  preview(data: Uint8Array): Promise<Result<PatchPreview, Failure>>;
  import(data: Uint8Array, trust: boolean): Promise<Result<PatchReport, Failure>>;
}

export function createPatches(context: PatchContext): Patches {
  const { store, sync } = context;

  async function open(data: Uint8Array): Promise<Result<{ content: PatchContent; signers: Signers }, Failure>> {
    const content = decodePatch(data);
    if (!content.ok) return content;
    const { groupId } = content.value.header;
    const own = sync.membership()?.groupId ?? null;
    if (groupId !== null && own !== null && groupId !== own) return err(foreign(groupId));
    const key = loadDeviceKey(store.db.dir);
    if (!key.ok) return key;
    const signers = createSigners(store, key.value.publicKey, await sync.roster());
    return ok({ content: content.value, signers });
  }

  return {
    export: (request) => exportPatch(context, request),
    async preview(data) {
      const opened = await open(data);
      if (!opened.ok) return opened;
      const { header, entries } = opened.value.content;
      const { userName, deviceName, publicKey } = header.from;
      return ok({
        groupId: header.groupId,
        from: { userName, deviceName },
        madeAt: header.madeAt,
        signer: opened.value.signers.judge(publicKey),
        fingerprint: keyFingerprint(publicKey),
        documents: entries.map(({ documentId, bytes }) => ({
          documentId,
          title: header.titles[documentId] ?? documentId,
          effect: effectOf(context.documents, documentId, bytes),
        })),
      });
    },
    async import(data, trust) {
      const opened = await open(data);
      if (!opened.ok) return opened;
      const { content, signers } = opened.value;
      const { publicKey, userName } = content.header.from;
      const refused = refuseSigner(signers.judge(publicKey), userName, trust);
      if (refused !== null) return err(refused);
      const report = await merge(context, content);
      if (report.ok && trust) signers.trust(publicKey);
      return report;
    },
  };
}

function exportPatch({ store, documents, sync }: PatchContext, request: PatchExport): Result<PatchFile, Failure> {
  const key = loadDeviceKey(store.db.dir);
  if (!key.ok) return key;
  const updates = new Map<string, Uint8Array>();
  for (const documentId of request.documentIds ?? documents.list()) {
    const update = documents.changesSince(documentId);
    if (!update.ok) return update;
    updates.set(documentId, update.value);
  }
  const membership = sync.membership();
  const madeAt = store.clock.now();
  const header = {
    groupId: membership?.groupId ?? null,
    from: {
      userName: membership?.userName ?? request.userName ?? "",
      deviceName: membership?.deviceName ?? hostname(),
      publicKey: key.value.publicKey,
    },
    madeAt,
    titles: Object.fromEntries([...updates.keys()].map((documentId) => [documentId, sync.titleOf(documentId)])),
  };
  const data = encodePatch(header, updates, key.value.sign);
  const day = new Date(madeAt).toISOString().slice(0, 10);
  const name = store.settings
    .workspaceInfo()
    .name.replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .toLowerCase();
  return ok({ fileName: `${name}-${day}.ecolocal-patch`, data, documents: updates.size });
}

/** What merging would do, tried on a copy. */
function effectOf(
  documents: DocumentStore,
  documentId: string,
  update: Uint8Array,
): PatchPreview["documents"][number]["effect"] {
  if (!inspectUpdate(update).ok) return "refused";
  const isNew = !documents.exists(documentId);
  const here = isNew ? ok(null) : documents.changesSince(documentId);
  if (!here.ok) return "refused";
  const copy = new Y.Doc();
  try {
    if (here.value !== null) Y.applyUpdate(copy, here.value);
    const before = Buffer.from(documentFingerprint(copy));
    Y.applyUpdate(copy, update);
    if (hasTooMuchPending(copy)) return "refused";
    if (isNew) return "new";
    return before.equals(documentFingerprint(copy)) ? "nothing" : "changes";
  } catch {
    return "refused";
  } finally {
    copy.destroy();
  }
}

async function merge(
  { store, documents, sync }: PatchContext,
  content: PatchContent,
): Promise<Result<PatchReport, Failure>> {
  const { header, entries } = content;
  const useful = entries.filter(({ documentId, bytes }) => {
    const effect = effectOf(documents, documentId, bytes);
    return effect === "new" || effect === "changes" || effect === "refused";
  });
  const unchanged = entries.length - useful.length;
  if (useful.length === 0) return ok({ changed: 0, unchanged, refused: [], backup: null });
  const backup = await sync.backUp();
  if (!backup.ok) return backup;
  const refused: { documentId: string; code: string }[] = [];
  for (const { documentId, bytes } of useful) {
    const merged = documents.applyForeign(documentId, bytes, `patch of ${header.from.publicKey}`);
    if (!merged.ok) refused.push({ documentId, code: merged.error.code });
  }
  store.changes.notify("projects");
  sync.compareSoon();
  return ok({ changed: useful.length - refused.length, unchanged, refused, backup: backup.value });
}

function refuseSigner(signer: Signer, userName: string, trust: boolean): Failure | null {
  const refuse = (code: "SYNC_ROLE_INSUFFICIENT" | "SYNC_PATCH_UNTRUSTED", detail: string): Failure => ({
    code,
    op: "patch.import",
    subject: userName,
    detail,
    retry: "after-change",
  });
  switch (signer) {
    case "member":
    case "trusted":
      return null;
    case "guest":
      return refuse("SYNC_ROLE_INSUFFICIENT", `${userName} is a guest of the group: guests read.`);
    case "revoked":
      return refuse("SYNC_PATCH_UNTRUSTED", `The device that signed it was removed from the group.`);
    case "unknown":
      return trust ? null : refuse("SYNC_PATCH_UNTRUSTED", `Nobody here knows the key that signed it.`);
  }
}

function foreign(groupId: string): Failure<"SYNC_PATCH_FOREIGN"> {
  const detail = "Its documents belong to another group than this workspace.";
  return { code: "SYNC_PATCH_FOREIGN", op: "patch.read", subject: groupId, detail, retry: "never" };
}
