import { ok, type Result } from "@ecolocal/core/shared";
import * as z from "zod";
import type { Access } from "./access.ts";
import type { ServerConnection } from "./server-connection.ts";
import { type SyncFailure, syncFailure } from "./sync-failure.ts";

const position = { epoch: z.number().int().nonnegative(), seq: z.number().int().nonnegative() };
const headSchema = z.object({
  channelId: z.string().max(64),
  userId: z.string().max(64),
  ...position,
  withdrawn: z.boolean(),
  withdrawnEpoch: z.number().int().nonnegative(),
});
const headsAnswer = z.object({ channels: z.array(headSchema).max(100_000) });
const entrySchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  ...position,
  day: z.number().int().nonnegative(),
  bytes: z.number().int().positive(),
});
const listAnswer = z.object({ segments: z.array(entrySchema).max(1000), more: z.boolean() });
const putAnswer = z.discriminatedUnion("state", [
  z.object({ state: z.literal("stored") }),
  z.object({ state: z.literal("partial"), received: z.number().int().nonnegative() }),
  z.object({ state: z.literal("stale"), ...position }),
]);
const deleteAnswer = z.object({ withdrawn: z.boolean() });

export type SegmentHeadView = z.output<typeof headSchema>;
export type SegmentEntryView = z.output<typeof entrySchema>;
export type PutAnswer = z.output<typeof putAnswer>;

/** The shared readings of one group on its server. */
export interface ServerSegments {
  /** How far each channel goes that we may see; null where the server knows nothing of shared readings. */
  heads(): Promise<Result<readonly SegmentHeadView[] | null, SyncFailure>>;
  list(
    channelId: string,
    after: { readonly epoch: number; readonly seq: number },
  ): Promise<Result<z.output<typeof listAnswer>, SyncFailure>>;
  /** Bytes of a segment from `at` on, as many as the server gives at once. */
  fetch(sha256: string, at: number): Promise<Result<Uint8Array, SyncFailure>>;
  put(
    sha256: string,
    part: { readonly at: number; readonly total: number; readonly bytes: Uint8Array },
  ): Promise<Result<PutAnswer, SyncFailure>>;
  withdraw(channelId: string): Promise<Result<{ readonly withdrawn: boolean }, SyncFailure>>;
}

export function serverSegments(connection: ServerConnection, access: Access, groupId: string): ServerSegments {
  const path = `/v1/workspaces/${groupId}/segments`;
  const ask = <T>(method: "GET" | "DELETE", query: string, answer: z.ZodType<T>) =>
    access.with((token) => connection.json({ method, path: `${path}${query}`, token, answer }));
  return {
    async heads() {
      const answered = await ask("GET", "", headsAnswer);
      if (answered.ok) return ok(answered.value.channels);
      return answered.error.code === "SYNC_NOT_FOUND" ? ok(null) : answered;
    },
    list: (channelId, { epoch, seq }) => ask("GET", `?channel=${channelId}&epoch=${epoch}&after=${seq}`, listAnswer),
    fetch: (sha256, at) =>
      access.with((token) => connection.bytes({ method: "GET", path: `${path}/${sha256}?at=${at}`, token })),
    async put(sha256, { at, total, bytes }) {
      const target = `${path}/${sha256}?at=${at}&of=${total}`;
      const answered = await access.with((token) =>
        connection.bytes({ method: "PUT", path: target, token, body: bytes }),
      );
      if (!answered.ok) return answered;
      const parsed = putAnswer.safeParse(parseJson(answered.value));
      if (parsed.success) return ok(parsed.data);
      const detail = "The answer to shared readings has an unknown form.";
      return { ok: false, error: syncFailure("SYNC_SERVER_INVALID", "sync.share", connection.server, detail) };
    },
    withdraw: (channelId) => ask("DELETE", `?channel=${channelId}`, deleteAnswer),
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
