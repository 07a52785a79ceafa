import { ok, type Result } from "@ecolocal/core/shared";
import type { BatchEntry } from "@ecolocal/sync/client";
import * as z from "zod";
import type { Access } from "./access.ts";
import type { ServerConnection } from "./server-connection.ts";
import type { SyncFailure } from "./sync-failure.ts";

/** How far a document goes on the server. */
export interface ServerHead {
  readonly seq: number;
  /** Rises when the server was put back on purpose. */
  readonly epoch: number;
}

/** The documents of one group on its server. */
export interface ServerDocuments {
  /** Every document that we may read, with the number of its last change in the server's log and its epoch. */
  heads(): Promise<Result<ReadonlyMap<string, ServerHead>, SyncFailure>>;
  batch(verb: "pull" | "push" | "compare", entries: readonly BatchEntry[]): Promise<Result<BatchEntry[], SyncFailure>>;
}

const headsAnswer = z.object({
  documents: z
    .array(
      z.object({
        documentId: z.string().max(128),
        seq: z.number().int().nonnegative(),
        epoch: z.number().int().nonnegative().default(0),
      }),
    )
    .max(100_000),
});

export function serverDocuments(connection: ServerConnection, access: Access, groupId: string): ServerDocuments {
  const path = `/v1/workspaces/${groupId}`;
  return {
    async heads() {
      const answered = await access.with((token) =>
        connection.json({ method: "GET", path: `${path}/documents`, token, answer: headsAnswer }),
      );
      if (!answered.ok) return answered;
      return ok(new Map(answered.value.documents.map(({ documentId, seq, epoch }) => [documentId, { seq, epoch }])));
    },
    batch: (verb, entries) => access.with((token) => connection.batch(`${path}/${verb}`, token, entries)),
  };
}
