import { isFailureCode } from "@ecolocal/core/api";
import { type Clock, err, ok, type Result } from "@ecolocal/core/shared";
import { BATCH_CONTENT_TYPE, type BatchEntry, decodeBatch, encodeBatch, SYNC_PROTOCOL } from "@ecolocal/sync/client";
import * as z from "zod";
import { checkEncryption } from "./server-address.ts";
import { type SyncFailure, syncFailure } from "./sync-failure.ts";

/** Requests to one server. What it answers is checked before anybody sees it. */
export interface ServerConnection {
  readonly server: string;
  /** How far this computer's clock was ahead at the last answer, in ms. */
  clockAheadMs(): number | null;
  json<T>(request: JsonRequest<T>): Promise<Result<T, SyncFailure>>;
  batch(path: string, token: string, entries: readonly BatchEntry[]): Promise<Result<BatchEntry[], SyncFailure>>;
  /** Sends or fetches bytes. */
  bytes(request: BytesRequest): Promise<Result<Uint8Array, SyncFailure>>;
  /** Reads what the server speaks; `SYNC_SERVER_NEWER` or `SYNC_SERVER_OLDER` when we share no protocol. */
  protocol(): Promise<Result<{ readonly min: number; readonly max: number }, SyncFailure>>;
}

export interface JsonRequest<T> {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly answer: z.ZodType<T>;
}

export interface BytesRequest {
  readonly method: "GET" | "PUT";
  readonly path: string;
  readonly token: string;
  readonly body?: Uint8Array;
}

const TIMEOUT_MS = 30_000;
/** Longer than any answer of an honest server; a document has at most 10 MB. */
const MAX_ANSWER_BYTES = 48 * 1024 * 1024;

const advertisement = z.object({ protocol: z.object({ min: z.number().int(), max: z.number().int() }) });
const refusal = z.object({ code: z.string(), detail: z.string().optional() });

export function createServerConnection(server: string, clock: Clock): ServerConnection {
  let clockAheadMs: number | null = null;

  async function ask(path: string, init: RequestInit): Promise<Result<Answer, SyncFailure>> {
    const allowed = checkEncryption(server);
    if (!allowed.ok) return allowed;
    const startedAt = clock.now();
    try {
      const response = await fetch(`${server}${path}`, {
        ...init,
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const bytes = await readCapped(response);
      if (bytes === null) return err(notASyncServer(server, "the answer is far too long"));
      clockAheadMs = clockDifference(response.headers.get("date"), (startedAt + clock.now()) / 2);
      return ok({ status: response.status, type: response.headers.get("content-type") ?? "", bytes });
    } catch (error) {
      return err(unreachable(server, error));
    }
  }

  const connection: ServerConnection = {
    server,
    clockAheadMs: () => clockAheadMs,
    async json({ method, path, token, body, answer: schema }) {
      const headers = {
        ...authorization(token),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      };
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      const answered = await ask(path, init);
      if (!answered.ok) return answered;
      if (answered.value.status !== 200) return err(refusalOf(server, path, answered.value));
      const parsed = schema.safeParse(parseJson(answered.value.bytes));
      return parsed.success ? ok(parsed.data) : err(notASyncServer(server, "the answer has an unknown form"));
    },
    async batch(path, token, entries) {
      const headers = { ...authorization(token), "content-type": BATCH_CONTENT_TYPE };
      const answered = await ask(path, { method: "POST", headers, body: Buffer.from(encodeBatch(entries)) });
      if (!answered.ok) return answered;
      if (answered.value.status !== 200) return err(refusalOf(server, path, answered.value));
      const decoded = decodeBatch(answered.value.bytes);
      return decoded === null ? err(notASyncServer(server, "the answer has an unknown form")) : ok(decoded);
    },
    async bytes({ method, path, token, body }) {
      const sent = body === undefined ? {} : { body: Buffer.from(body) };
      const answered = await ask(path, { method, headers: authorization(token), ...sent });
      if (!answered.ok) return answered;
      return answered.value.status === 200 ? ok(answered.value.bytes) : err(refusalOf(server, path, answered.value));
    },
    async protocol() {
      const offered = await connection.json({ method: "GET", path: "/v1/limits", answer: advertisement });
      if (!offered.ok) return offered;
      const { min, max } = offered.value.protocol;
      if (min > SYNC_PROTOCOL.max) return err(mismatch("SYNC_SERVER_NEWER", server, min, max));
      if (max < SYNC_PROTOCOL.min) return err(mismatch("SYNC_SERVER_OLDER", server, min, max));
      return ok({ min, max });
    },
  };
  return connection;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly bytes: Uint8Array;
}

function authorization(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

async function readCapped(response: Response): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.byteLength;
    if (size > MAX_ANSWER_BYTES) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** The header has whole seconds, so differences below that mean nothing. */
function clockDifference(date: string | null, middle: number): number | null {
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) return null;
  return Math.abs(middle - theirs) < 1500 ? 0 : Math.round(middle - theirs - 500);
}

/** The server's own code where it gives one that we know; a gateway's page otherwise. */
function refusalOf(server: string, path: string, { status, bytes }: Answer): SyncFailure {
  const parsed = refusal.safeParse(parseJson(bytes));
  if (parsed.success && isFailureCode(parsed.data.code)) {
    const detail = parsed.data.detail ?? `The server answered ${status}.`;
    return syncFailure(parsed.data.code, "sync.ask", path, detail);
  }
  if (status === 413) return syncFailure("SYNC_TOO_LARGE", "sync.ask", path, "A proxy in between refused the size.");
  if (status >= 500 || status === 408 || status === 429) return unreachable(server, `it answered ${status}`);
  return notASyncServer(server, `it answered ${status}`);
}

function unreachable(server: string, reason: unknown): SyncFailure {
  return syncFailure(
    "SYNC_SERVER_UNREACHABLE",
    "sync.connect",
    server,
    `No answer from ${server}: ${reasonText(reason)}.`,
  );
}

/** Node hides the reason of a failed request in its cause. */
function reasonText(reason: unknown): string {
  if (typeof reason === "string") return reason;
  if (!(reason instanceof Error)) return "unknown reason";
  if (reason.name === "TimeoutError") return "it took too long";
  const { cause } = reason;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return cause instanceof Error && cause.message !== "" ? cause.message : reason.message;
}

function notASyncServer(server: string, finding: string): SyncFailure {
  return syncFailure("SYNC_SERVER_INVALID", "sync.connect", server, `${server} is no sync server: ${finding}.`);
}

function mismatch(
  code: "SYNC_SERVER_NEWER" | "SYNC_SERVER_OLDER",
  server: string,
  min: number,
  max: number,
): SyncFailure {
  const theirs = min === max ? `${min}` : `${min} to ${max}`;
  const detail = `${server} speaks sync protocol ${theirs}, this program ${SYNC_PROTOCOL.min} to ${SYNC_PROTOCOL.max}.`;
  return syncFailure(code, "sync.connect", server, detail);
}
