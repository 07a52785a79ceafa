import { CliFailure } from "../failure/cli-failure.ts";

const DAYS = { d: 1, w: 7, mo: 30.4375, y: 365.25 } as const;
/** What the engine accepts; evidence of ideas lies in the last year. */
const SHORTEST = 366;

/** Reads how long readings are kept: `3y`, `18mo`, `500d` in days, `forever` as null, `workspace` as itself. */
export function readKeepDays(text: string): number | null | "workspace" {
  if (text === "workspace") return text;
  if (text === "forever") return null;
  const found = /^(\d+(?:\.\d+)?)\s*(d|w|mo|y)$/.exec(text.trim());
  const days = found ? Math.ceil(Number(found[1]) * DAYS[found[2] as keyof typeof DAYS]) : Number.NaN;
  // A year is a year: 365.25 days are meant by `1y`.
  if (days >= SHORTEST) return days;
  throw new CliFailure({
    code: "CLI_USAGE",
    op: "data retention",
    subject: text,
    detail: Number.isNaN(days) ? "This is no duration." : "Ideas look back over a year, which is kept in any case.",
    hint: "Give at least a year: 1y, 18mo, 500d; or forever.",
    retry: "after-change",
  });
}
