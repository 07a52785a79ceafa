import { QUALITY_BITS, UNUSABLE_BITS } from "@ecolocal/core/sensing";
import { equalEdges, periodEdges, type Reading, type SeriesBuckets } from "@ecolocal/core/series";
import { DAY_MS, HOUR_MS } from "@ecolocal/core/shared";
import fc from "fast-check";
import { expect, it } from "vitest";
import { channelOf, type OpenedStore, openStore } from "../../test/readings/open.ts";
import { Oracle, type OracleReading } from "../../test/readings/oracle.ts";

const START = Date.UTC(2025, 2, 20);
const INTERVAL = 600_000;
const ROUNDS = process.env["ECOLOCAL_LONG"] ? 600 : 60;

const value = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 400 }).map((v) => v / 10) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 99_999 }).map((v) => v / 10_000) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, min: -1e7, max: 1e7 }) },
);
/** Times crowd around a few days, so that late, repeated and corrected readings are common. */
const time = fc
  .tuple(fc.integer({ min: 0, max: 45 }), fc.integer({ min: 0, max: 143 }), fc.integer({ min: 0, max: 1 }))
  .map(([day, slot, extra]) => START + day * DAY_MS + slot * INTERVAL + extra * 999);
const reading = fc.record({
  channelId: fc.constantFrom("a", "b"),
  at: time,
  value,
  quality: fc.oneof(
    { weight: 8, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constantFrom(QUALITY_BITS.spike, QUALITY_BITS.excluded) },
  ),
  n: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined, freq: 4 }),
});
const run = fc.record({
  channelId: fc.constantFrom("a", "b"),
  at: time,
  length: fc.integer({ min: 1, max: 400 }),
  value,
});
const span = fc.tuple(time, fc.integer({ min: 1, max: 20 * 86_400_000 }));

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("append" as const), readings: fc.array(reading, { maxLength: 30 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("run" as const), run, bulk: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("bulk" as const), readings: fc.array(reading, { maxLength: 60 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("advance" as const), days: fc.integer({ min: 1, max: 12 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("compact" as const),
      budget: fc.constantFrom(0, 1000),
      all: fc.boolean(),
    }),
  },
);
const annotation = fc.record({
  kind: fc.constantFrom("exclude" as const, "adjust" as const),
  channelId: fc.constantFrom("a", "b"),
  at: time,
  length: fc.integer({ min: 1, max: 3 * 86_400_000 }),
  factor: fc.constantFrom(1, -2, 0.5),
  isUndone: fc.boolean(),
});
type Noted = typeof annotation extends fc.Arbitrary<infer T> ? T : never;
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

class Model {
  readonly opened: OpenedStore = openStore(START + 47 * DAY_MS);
  readonly oracles: Record<string, Oracle> = { a: new Oracle(), b: new Oracle() };

  constructor() {
    this.opened.store.registerChannel(channelOf("a", "pm25", INTERVAL));
    this.opened.store.registerChannel(channelOf("b", "temperature", INTERVAL));
  }

  readonly annotations: Noted[] = [];

  /** What the oracle says people see: its readings with the annotations that hold, in the order they were made. */
  seen(channelId: string): Oracle {
    const oracle = new Oracle();
    for (const [at, reading] of this.oracles[channelId]!.readings) {
      oracle.put(
        at,
        this.annotations.reduce((current, noted) => annotated(noted, channelId, at, current), reading),
      );
    }
    return oracle;
  }

  annotate(noted: Noted): void {
    const id = `note-${this.annotations.length}`;
    const { channelId, at: from, length, kind, factor } = noted;
    this.opened.clock.at++;
    const result = this.opened.store.annotate({
      id,
      channelId,
      from,
      to: from + length,
      kind,
      factor,
      offset: 1,
      reason: "",
      author: "",
    });
    expect(result.ok).toBe(true);
    if (noted.isUndone) {
      expect(this.opened.store.undoAnnotation(id).ok).toBe(true);
    }
    this.annotations.push(noted);
  }

  note({ channelId, at, value: raw, quality, n = 1 }: Reading): void {
    const kept = raw + 0;
    const [low, high] = channelId === "a" ? [0, 1000] : [-40, 85];
    const bits = quality | (kept < low || kept > high ? QUALITY_BITS.out_of_range : 0);
    const spread = n > 1 ? 0.5 : 0;
    this.oracles[channelId]!.put(Math.floor(at / 1000) * 1000, {
      value: kept,
      quality: bits,
      n,
      min: kept - spread,
      max: kept + spread,
    });
  }

  apply(action: Step): void {
    const { store, clock } = this.opened;
    if (action.kind === "advance") {
      clock.at += action.days * DAY_MS;
    } else if (action.kind === "compact") {
      expect((action.all ? store.sealAll() : store.compactStep(action.budget)).ok).toBe(true);
    } else if (action.kind === "append") {
      this.append(action.readings.map(withSpread));
    } else if (action.kind === "bulk") {
      this.bulk(action.readings.map(({ n: _n, ...plain }) => plain));
    } else {
      const { channelId, at, length } = action.run;
      const readings = Array.from({ length }, (_, i) => ({
        channelId,
        at: at + i * INTERVAL,
        value: Math.round((action.run.value + (i % 13)) * 10) / 10,
        quality: 0,
      })).filter((r) => r.at < clock.at + DAY_MS);
      action.bulk ? this.bulk(readings) : this.append(readings);
    }
  }

  append(readings: Reading[]): void {
    const result = this.opened.store.append(readings);
    expect(result.ok && result.value.refused).toEqual([]);
    for (const r of readings) {
      this.note(r);
    }
  }

  bulk(readings: Reading[]): void {
    const result = this.opened.store.importBatch({
      channelIds: ["a", "b"],
      channel: Uint8Array.from(readings, (r) => (r.channelId === "a" ? 0 : 1)),
      at: Float64Array.from(readings, (r) => r.at),
      value: Float64Array.from(readings, (r) => r.value),
      quality: Uint16Array.from(readings, (r) => r.quality),
    });
    expect(result.ok && result.value.refused).toEqual([]);
    for (const r of readings) {
      this.note(r);
    }
  }

  checkRange(channelId: string, from: number, to: number, usableOnly: boolean): void {
    const expected = this.seen(channelId).range(from, to, usableOnly);
    const query = { channelId, from, to, usableOnly };
    const actual = [...this.opened.store.range(query)].flatMap((block) =>
      Array.from(block.at, (at, i) => [
        at,
        {
          value: block.value[i],
          quality: block.quality[i],
          n: block.spread?.n[i] ?? 1,
          min: block.spread?.min[i] ?? block.value[i],
          max: block.spread?.max[i] ?? block.value[i],
        },
      ]),
    );
    expect(actual).toEqual(expected);
    expect(this.opened.store.count(query)).toBe(expected.length);
  }

  checkBuckets(channelId: string, buckets: SeriesBuckets, edges: Float64Array, from: number, to: number): void {
    const expected = this.seen(channelId).buckets(edges, from, to, INTERVAL);
    expect(buckets.n.length).toBe(expected.length);
    expect(Array.from(buckets.n)).toEqual(expected.map((bucket) => bucket.n));
    expect(Array.from(buckets.min)).toEqual(expected.map((bucket) => bucket.min));
    expect(Array.from(buckets.max)).toEqual(expected.map((bucket) => bucket.max));
    expect(Array.from(buckets.coverage)).toEqual(expected.map((bucket) => bucket.coverage));
    const wrong = expected.filter(({ n, mean, min, max }, i) =>
      n === 0
        ? !Number.isNaN(buckets.mean[i])
        : Math.abs(buckets.mean[i]! - mean) > 1e-9 * Math.max(1, Math.abs(min), Math.abs(max)),
    );
    expect(wrong).toEqual([]);
  }

  checkAll(spans: [number, number][], points: number): void {
    for (const channelId of ["a", "b"]) {
      const all = this.seen(channelId).range(0, Number.MAX_SAFE_INTEGER);
      const last = all.at(-1);
      expect(this.opened.store.latest([channelId])).toEqual(
        last ? [{ channelId, at: last[0], value: last[1].value, quality: last[1].quality }] : [],
      );
      for (const [from, length] of [...spans, [START - DAY_MS, 60 * DAY_MS] as [number, number]]) {
        const to = from + length;
        this.checkRange(channelId, from, to, false);
        this.checkRange(channelId, from, to, true);
        const { store } = this.opened;
        this.checkBuckets(
          channelId,
          store.downsample({ channelId, from, to, points }),
          equalEdges({ from, to }, points),
          from,
          to,
        );
        for (const period of [
          { unit: "day", timeZone: "UTC" },
          { unit: "day", timeZone: "Europe/Berlin" },
          { unit: "day", timeZone: "Asia/Kathmandu" },
          { unit: "hour", timeZone: "UTC" },
        ] as const) {
          const buckets = store.aggregate({ channelId, from, to, period });
          this.checkBuckets(channelId, buckets, periodEdges({ from, to }, period), from, to);
        }
      }
    }
  }
}

function annotated(noted: Noted, channelId: string, at: number, reading: OracleReading): OracleReading {
  if (noted.isUndone || noted.channelId !== channelId || at < noted.at || at >= noted.at + noted.length) {
    return reading;
  }
  if (noted.kind === "exclude") {
    return { ...reading, quality: reading.quality | QUALITY_BITS.excluded };
  }
  const [a, b] = [reading.min * noted.factor + 1, reading.max * noted.factor + 1];
  return {
    value: reading.value * noted.factor + 1,
    quality: reading.quality | QUALITY_BITS.corrected,
    n: reading.n,
    min: Math.min(a, b),
    max: Math.max(a, b),
  };
}

function withSpread<R extends { value: number; n: number | undefined }>({ n, ...rest }: R) {
  return n === undefined || n === 1 ? rest : { ...rest, n, min: rest.value - 0.5, max: rest.value + 0.5 };
}

it(
  "every query equals a plain oracle, whatever was late, repeated, corrected, flagged, annotated, imported or sealed when",
  () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 12 }),
        fc.array(annotation, { maxLength: 2 }),
        fc.array(span, { maxLength: 1 }),
        fc.integer({ min: 1, max: 40 }),
        (steps, annotations, spans, points) => {
          const model = new Model();
          try {
            for (const action of steps) {
              model.apply(action);
            }
            for (const noted of annotations) {
              model.annotate(noted);
            }
            model.checkAll(spans, points);
            expect(model.opened.store.verify().findings).toEqual([]);
            expect(model.opened.store.damaged()).toEqual([]);
          } finally {
            model.opened.db.close();
          }
        },
      ),
      { numRuns: ROUNDS },
    );
  },
  ROUNDS * 1000,
);

it("whole hours of unusable readings leave an hour without statistics", () => {
  expect(UNUSABLE_BITS & QUALITY_BITS.excluded).not.toBe(0);
  const { store } = openStore(START + 30 * DAY_MS);
  store.registerChannel(channelOf("a", "pm25", INTERVAL));
  store.append([{ channelId: "a", at: START, value: 1, quality: QUALITY_BITS.excluded }]);
  store.sealAll();
  const hours = store.aggregate({
    channelId: "a",
    from: START,
    to: START + HOUR_MS,
    period: { unit: "hour", timeZone: "UTC" },
  });
  expect([hours.n[0], hours.coverage[0]]).toEqual([0, 0]);
});
