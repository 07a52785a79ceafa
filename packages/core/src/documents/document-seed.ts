import * as Y from "yjs";
import type { DocumentKind } from "./document-id.ts";

/** Writers below this number are constant seeds; devices never take one. */
export const FIRST_DEVICE_CLIENT_ID = 1000;

/**
 * The constant beginning of every document of a kind, as one fixed update: every device makes the same bytes, so that
 * applying it twice or on two devices changes nothing. A changed seed is a new revision with its own writer number.
 *
 * Only constants belong here; content that depends on data under a fixed writer number diverges silently.
 * Source: shared facts "sync.md" §8.4.
 */
export function documentSeed(kind: DocumentKind): Uint8Array {
  const revision = SEED_REVISIONS[kind];
  const doc = new Y.Doc({ gc: false });
  doc.clientID = revision.clientId;
  doc.transact(() => {
    const meta = doc.getMap("meta");
    for (const [key, value] of Object.entries(revision.meta)) meta.set(key, value);
  });
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/**
 * Tells whether an update writes under a seed's number more than the seed has: a forgery that would make documents
 * diverge without anybody noticing, because everybody takes a seed for known.
 */
export function forgesSeed(update: Uint8Array): boolean {
  const { to } = Y.parseUpdateMeta(update);
  return Object.values(SEED_REVISIONS).some((seed) => (to.get(seed.clientId) ?? 0) > Object.keys(seed.meta).length);
}

const SEED_REVISIONS: Readonly<
  Record<DocumentKind, { readonly clientId: number; readonly meta: Readonly<Record<string, string | number>> }>
> = {
  ws: { clientId: 1, meta: { kind: "ws", schema: 1, minReader: 1, minWriter: 1 } },
  project: { clientId: 2, meta: { kind: "project", schema: 1, minReader: 1, minWriter: 1 } },
};
