import type { Contract } from "@ecolocal/core/api";
import type { ParsedIn } from "@ecolocal/core/api/rpc";
import { type CalendarUnit, isTimeZone, type Question, type TimeRange } from "@ecolocal/core/series";
import { DAY_MS, err, type Failure, HOUR_MS, instantToIso, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import { channelNotFound, findReadableChannel, type Store, zoneUnknown } from "../store/index.ts";

/** A question as it comes over the contract: the zone may be left out, and nothing about it has been checked. */
export type AskedQuestion = ParsedIn<Contract, "data.explain">;
export type AskedOf<K extends Question["ask"]> = Extract<AskedQuestion, { readonly ask: K }>;
type QuestionOfKind<K extends Question["ask"]> = Extract<Question, { readonly ask: K }>;

export type AskFailure = Failure<
  "CHANNEL_NOT_FOUND" | "READINGS_SPAN_INVALID" | "READINGS_ANSWER_TOO_LARGE" | "WORKSPACE_ZONE_UNKNOWN"
>;

/** Outside these years no clock is right and no calendar is known. */
const EARLIEST = 0;
const LATEST = Date.UTC(2100, 0, 1);

/** More than eleven years of hours, or a week of seconds of one channel. */
const MOST_CELLS = 700_000;
const MOST_PERIODS = 100_000;

/** Buckets at least this wide are moved to whole hours, which costs at most half a bucket. */
const ALIGNED_FROM_MS = 2 * HOUR_MS;

const SHORTEST_MS: Readonly<Record<CalendarUnit, number>> = {
  hour: HOUR_MS,
  day: 23 * HOUR_MS,
  week: 7 * DAY_MS - HOUR_MS,
  month: 28 * DAY_MS - HOUR_MS,
  year: 365 * DAY_MS - HOUR_MS,
};

/** Turns what was asked into a question of the store, or says what about it makes no sense. */
export function checkedQuestion<K extends Question["ask"]>(
  store: Store,
  asked: AskedOf<K>,
): Result<QuestionOfKind<K>, AskFailure> {
  const all: AskedQuestion = asked;
  const wrong = spanFailure(all) ?? channelFailure(store, all) ?? sizeFailure(all);
  if (wrong) return err(wrong);
  const timeZone = zoneOf(store, all);
  if (!isTimeZone(timeZone)) return err(zoneUnknown(timeZone));
  return ok(withoutUndefined(inZone(all, timeZone)) as QuestionOfKind<K>);
}

/** Says what is wrong with a span of time; null when it is a span. */
export function spanFailure({ from, to }: TimeRange): AskFailure | null {
  if (from < to && from >= EARLIEST && to <= LATEST) return null;
  const isKnown = (at: number): boolean => at >= EARLIEST && at <= LATEST;
  const show = (at: number): string => (isKnown(at) ? instantToIso(at) : String(at));
  return {
    code: "READINGS_SPAN_INVALID",
    op: "data.ask",
    subject: `${show(from)} … ${show(to)}`,
    detail: from < to ? "The span lies outside 1970 to 2100." : "The span does not begin before it ends.",
    hint: "Give a span that begins before it ends, between 1970 and 2100.",
    retry: "never",
  };
}

function channelFailure(store: Store, asked: AskedQuestion): AskFailure | null {
  const ids: readonly Ulid[] = asked.ask === "join" ? asked.channelIds : [asked.channelId];
  const missing = ids.find((id) => findReadableChannel(store, id) === null);
  return missing === undefined ? null : channelNotFound(missing);
}

function sizeFailure(asked: AskedQuestion): AskFailure | null {
  const spanMs = asked.to - asked.from;
  if (asked.ask === "join") {
    const cells = Math.ceil(spanMs / asked.stepMs) * asked.channelIds.length;
    const stepMs = Math.ceil((spanMs * asked.channelIds.length) / MOST_CELLS / 1000) * 1000;
    return cells <= MOST_CELLS ? null : tooLarge(cells, MOST_CELLS, `Ask in steps of ${stepMs / 1000} s or more.`);
  }
  const unit = asked.ask === "profile" ? "hour" : "unit" in asked ? asked.unit : null;
  const periods = unit === null ? 0 : Math.ceil(spanMs / SHORTEST_MS[unit]);
  return periods <= MOST_PERIODS
    ? null
    : tooLarge(periods, MOST_PERIODS, `Ask for at most ${MOST_PERIODS} ${unit}s, or for longer periods.`);
}

function tooLarge(cells: number, most: number, hint: string): AskFailure {
  return {
    code: "READINGS_ANSWER_TOO_LARGE",
    op: "data.ask",
    subject: String(cells),
    detail: `The answer would have ${cells} values; ${most} are the most.`,
    hint,
    retry: "never",
  };
}

function zoneOf(store: Store, asked: AskedQuestion): string {
  const given = "timeZone" in asked ? asked.timeZone : undefined;
  return given ?? store.settings.workspaceInfo().timeZone;
}

function inZone(asked: AskedQuestion, timeZone: string): object {
  switch (asked.ask) {
    case "downsample": {
      const { align, ...query } = asked;
      const isWide = (asked.to - asked.from) / asked.points >= ALIGNED_FROM_MS;
      return align === "hour" || (align === undefined && isWide) ? { ...query, align: "hour" } : query;
    }
    case "aggregate":
    case "totals":
    case "timeWeighted":
    case "consumption": {
      const { unit, timeZone: _, ...query } = asked;
      const counter = "counter" in query ? { counter: withoutUndefined(query.counter ?? {}) } : {};
      return { ...query, ...counter, period: { unit, timeZone } };
    }
    case "profile":
      return { ...asked, timeZone };
    default:
      return asked;
  }
}

/** Optional inputs that were not given must be absent, not undefined: spreading them would hide defaults. */
function withoutUndefined(given: object): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
