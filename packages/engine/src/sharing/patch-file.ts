import { createHash } from "node:crypto";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { type BatchEntry, decodeBatch, encodeBatch, isSignedBy } from "@ecolocal/sync/client";
import * as z from "zod";

/**
 * A `.ecolocal-patch` file: documents on their way by USB stick. Three lines of text, then bytes:
 * `ECOLOCAL-PATCH 1`, a JSON header, the signature of the header (Ed25519, base64url), and a batch of updates whose
 * SHA-256 the header holds. Whoever changes a byte breaks the signature.
 */
const MAGIC = "ECOLOCAL-PATCH 1";
const LINE_END = 0x0a;
const MAX_HEADER_BYTES = 512 * 1024;

const headerSchema = z.object({
  groupId: z.string().max(64).nullable(),
  from: z.object({
    userName: z.string().max(120),
    deviceName: z.string().max(120),
    /** Ed25519, 32 bytes, base64url. */
    publicKey: z.string().max(100),
  }),
  madeAt: z.number(),
  titles: z.record(z.string().max(128), z.string().max(1000)),
  sha256: z.string().length(64),
});

export type PatchHeader = z.output<typeof headerSchema>;

export interface PatchContent {
  readonly header: PatchHeader;
  readonly entries: readonly BatchEntry[];
}

export function encodePatch(
  header: Omit<PatchHeader, "sha256">,
  updates: ReadonlyMap<string, Uint8Array>,
  sign: (statement: string) => string,
): Uint8Array {
  const entries = [...updates].map(([documentId, bytes]) => ({ documentId, status: 0, seq: 0, bytes }));
  const body = encodeBatch(entries);
  const line = JSON.stringify({ ...header, sha256: sha256(body) });
  return Buffer.concat([Buffer.from(`${MAGIC}\n${line}\n${sign(statementOf(line))}\n`), body]);
}

/** Reads a patch and checks that it is whole and as its signer made it; says nothing about who that is. */
export function decodePatch(data: Uint8Array): Result<PatchContent, Failure<"SYNC_PATCH_INVALID">> {
  const [magic, rest] = splitLine(data);
  if (magic !== MAGIC || rest === null) return invalid("It does not begin like one.");
  const [line, afterHeader] = splitLine(rest);
  const [signature, body] = afterHeader === null ? [null, null] : splitLine(afterHeader);
  if (line === null || signature === null || body === null) return invalid("It is cut off.");
  const header = parseHeader(line);
  if (header === null) return invalid("Its header cannot be read.");
  if (!isSignedBy(header.from.publicKey, statementOf(line), signature)) return invalid("Its signature does not fit.");
  if (sha256(body) !== header.sha256) return invalid("Its content is not what was signed.");
  const entries = decodeBatch(body);
  return entries === null ? invalid("Its content cannot be read.") : ok({ header, entries });
}

function statementOf(line: string): string {
  return `ecolocal-patch-v1\n${line}`;
}

function splitLine(data: Uint8Array): [string | null, Uint8Array | null] {
  const end = data.subarray(0, MAX_HEADER_BYTES).indexOf(LINE_END);
  return end < 0 ? [null, null] : [Buffer.from(data.subarray(0, end)).toString(), data.subarray(end + 1)];
}

function parseHeader(line: string): PatchHeader | null {
  try {
    return headerSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function invalid(detail: string): { readonly ok: false; readonly error: Failure<"SYNC_PATCH_INVALID"> } {
  return err({ code: "SYNC_PATCH_INVALID", op: "patch.read", subject: "patch", detail, retry: "never" });
}
