import { usageFailure } from "../failure/cli-failure.ts";

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Reads a span of time such as `30s`, `15m`, `24h`, `7d` or `2w`, in milliseconds. */
export function parseDuration(text: string): number {
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/.exec(text.trim()) ?? [];
  const unitMs = UNIT_MS[unit];
  if (amount === undefined || unitMs === undefined) {
    throw usageFailure("read time", text, `"${text}" is no span of time.`, "Write 30s, 15m, 24h, 7d or 2w.");
  }
  return Number(amount) * unitMs;
}

/** Reads a point in time: ISO 8601 (a time without zone is this computer's), or a span counted back from now. */
export function parseInstant(text: string, now: number): number {
  if (/^\d+(\.\d+)?(ms|s|m|h|d|w)$/.test(text.trim())) return now - parseDuration(text);
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text);
  if (Number.isNaN(at)) {
    throw usageFailure("read time", text, `"${text}" is no time.`, "Write 2026-11-25, 2026-11-25T08:00:00Z or 7d.");
  }
  return at;
}

export interface TimeFlags {
  readonly since: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** The half-open span that `--since`, `--from` and `--to` name; the last 24 hours when they say nothing. */
export function parseRange({ since, from, to }: TimeFlags, now: number): { from: number; to: number } {
  const end = to === undefined ? now + 1 : parseInstant(to, now);
  const start = parseInstant(from ?? since ?? "24h", now);
  if (start >= end) {
    const detail = "The span ends before it begins.";
    throw usageFailure(
      "read time",
      `${from ?? since} … ${to ?? "now"}`,
      detail,
      "Give a --from that lies before --to.",
    );
  }
  return { from: start, to: end };
}
