import { DAY_MS, type Ulid } from "@ecolocal/core/shared";
import { dayOfBlock, seriesOfBlock } from "./block-id.ts";
import { crc32 } from "./codec/compression.ts";
import { encodeRollup, rollUp } from "./codec/rollup.ts";
import { scaleColumns } from "./codec/scaling.ts";
import type { ReadingsContext } from "./context.ts";
import { sealSpan } from "./seal.ts";

/** What is wrong with a stretch of a channel. */
export interface Finding {
  readonly channelId: Ulid;
  readonly from: number;
  readonly to: number;
  readonly code: "READINGS_BLOCK_DAMAGED" | "READINGS_ROLLUP_DAMAGED" | "READINGS_BLOCK_ORPHANED";
  readonly detail: string;
}

export interface VerifyReport {
  readonly blocks: number;
  readonly readings: number;
  readonly unsealed: number;
  readonly findings: readonly Finding[];
}

/** Told after each block, for progress. */
export interface VerifyProgress {
  readonly done: number;
  readonly total: number;
}

export interface VerifyOptions {
  /** Rewrites rollups that differ from their blocks; blocks themselves are never changed. */
  readonly repair?: boolean;
  /** Told after each block. */
  readonly onProgress?: (progress: VerifyProgress) => void;
}

/**
 * Checks every sealed block against its checksum and its order, and every rollup against its recomputation.
 *
 * Works block by block, so that the caller can pause, show progress or give up between two of them.
 */
export function* verifySteps(
  context: ReadingsContext,
  options: VerifyOptions = {},
): Generator<VerifyProgress, VerifyReport> {
  context.refresh();
  const ids = context.db.prepare<[], number>("SELECT id FROM reading_chunks ORDER BY id").pluck().all();
  const findings: Finding[] = [];
  let readings = 0;
  let done = 0;
  for (const id of ids) {
    const checked = verifyBlock(context, id, options);
    readings += checked.readings;
    findings.push(...checked.findings);
    const progress = { done: ++done, total: ids.length };
    options.onProgress?.(progress);
    yield progress;
  }
  return { blocks: ids.length, readings, unsealed: context.hot.total(), findings };
}

function verifyBlock(
  context: ReadingsContext,
  id: number,
  options: VerifyOptions,
): { readings: number; findings: Finding[] } {
  const series = context.registry.byId(seriesOfBlock(id));
  const startDay = dayOfBlock(id);
  if (!series) {
    const from = startDay * DAY_MS;
    const detail = "The block belongs to a channel that the store does not know.";
    return {
      readings: 0,
      findings: [{ channelId: "", from, to: from + DAY_MS, code: "READINGS_BLOCK_ORPHANED", detail }],
    };
  }
  const [header] = context.blocks.headers(series, startDay, startDay, 8).filter((row) => row.id === id);
  if (!header) {
    return { readings: 0, findings: [] };
  }
  const from = startDay * DAY_MS;
  const to = from + header.days * DAY_MS;
  const finding = (code: Finding["code"], detail: string): Finding => ({
    channelId: series.channelId,
    from,
    to,
    code,
    detail,
  });
  const columns = context.blocks.read(series, id);
  if (!columns) {
    const damage = context.damage.all().find((window) => window.channelId === series.channelId && window.from === from);
    return {
      readings: 0,
      findings: [finding("READINGS_BLOCK_DAMAGED", damage?.detail ?? "The block cannot be read.")],
    };
  }
  const findings: Finding[] = [];
  if (!isOrdered(columns.at, from, to)) {
    findings.push(finding("READINGS_BLOCK_DAMAGED", "The instants of the block are not ascending within its days."));
  }
  const scaled = scaleColumns(columns);
  const expected = encodeRollup(rollUp(columns, scaled, startDay, header.days), scaled?.decimals ?? 0);
  if (!header.rollup || crc32(header.rollup) !== header.rollupCrc || !sameBytes(expected, header.rollup)) {
    findings.push(finding("READINGS_ROLLUP_DAMAGED", "The rollup differs from its recomputation."));
    if (options.repair) {
      context.db.transaction(() => sealSpan(context, series, { startDay, days: header.days })).immediate();
    }
  }
  return { readings: columns.length, findings };
}

function isOrdered(at: Float64Array, from: number, to: number): boolean {
  return at.every((instant, i) => instant >= from && instant < to && (i === 0 || instant > (at[i - 1] as number)));
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
