import { QUALITY_BITS } from "@ecolocal/core/sensing";
import { correctBarkjohn2021 } from "@ecolocal/core/sensing/calibration";
import { DAY_MS, MINUTE_MS } from "@ecolocal/core/shared";
import fc from "fast-check";
import { expect, it } from "vitest";
import { channelOf, openStore } from "../../test/readings/open.ts";
import { createReadingStore } from "./store.ts";

const START = Date.UTC(2025, 0, 6);
const LAG = 5 * MINUTE_MS;

const correction = {
  target: "corrected",
  inputs: ["dust", "humidity"],
  longestLagMs: LAG,
  version: "1",
  compute: ([dust, humidity]: readonly number[]) => correctBarkjohn2021(dust ?? 0, humidity ?? 0),
};

function open() {
  const opened = openStore(START + 30 * DAY_MS);
  opened.store.registerChannel(channelOf("dust", "pm25"));
  opened.store.registerChannel(channelOf("humidity", "humidity"));
  opened.store.registerChannel(channelOf("corrected", "pm25"));
  return opened;
}

const at = (channelId: string, minute: number, value: number) => ({
  channelId,
  at: START + minute * MINUTE_MS,
  value,
  quality: 0,
});

function usable(store: ReturnType<typeof open>["store"]): [number, number][] {
  const query = { channelId: "corrected", from: START - DAY_MS, to: START + 30 * DAY_MS, usableOnly: true };
  return [...store.range(query)].flatMap((block) =>
    Array.from(block.at, (instant, i): [number, number] => [(instant - START) / MINUTE_MS, block.value[i]!]),
  );
}

const round = (value: number) => Math.round(value * 10) / 10;

it("a corrected channel follows its inputs: new, late, corrected and excluded readings", () => {
  const { store } = open();
  store.derive(correction);
  store.append([at("humidity", 0, 50), at("dust", 1, 20), at("dust", 10, 20)]);
  expect(store.deriveStep(1000)).toMatchObject({ ok: true, value: { done: true, days: 1 } });
  expect(usable(store)).toEqual([[1, round(correctBarkjohn2021(20, 50))]]);
  store.append([at("humidity", 8, 70)]);
  store.append([at("dust", 1, 30)]);
  store.deriveStep(1000);
  expect(usable(store)).toEqual([
    [1, round(correctBarkjohn2021(30, 50))],
    [10, round(correctBarkjohn2021(20, 70))],
  ]);
  store.annotate({
    id: "x",
    channelId: "dust",
    from: START,
    to: START + 5 * MINUTE_MS,
    kind: "exclude",
    reason: "lid on",
    author: "me",
  });
  store.deriveStep(1000);
  expect(usable(store)).toEqual([[10, round(correctBarkjohn2021(20, 70))]]);
  store.undoAnnotation("x");
  store.deriveStep(1000);
  expect(usable(store)).toHaveLength(2);
});

it("what a crash left out of date is still known after a restart, and another version computes all again", () => {
  const { store, db, clock } = open();
  store.derive(correction);
  store.append([at("humidity", 0, 50), at("dust", 1, 20)]);
  const restarted = createReadingStore(db, { clock });
  restarted.derive(correction);
  restarted.deriveStep(1000);
  expect(usable(restarted)).toHaveLength(1);
  restarted.derive({ ...correction, version: "2", compute: ([dust]) => (dust ?? 0) * 2 });
  restarted.deriveStep(1000);
  expect(usable(restarted)).toEqual([[1, 40]]);
});

it("leaves out what its surroundings speak against, however late they come, and says nothing twice", () => {
  const { store, db } = open();
  const vetting = {
    reachMs: 60 * MINUTE_MS,
    rejected: (_input: number, { value, length }: { value: ArrayLike<number>; length: number }) =>
      Array.from({ length }, (_, i) => value[i] === value[i - 1] || value[i] === value[i + 1]),
  };
  store.derive({ ...correction, vetting, marks: QUALITY_BITS.corrected });
  store.append([at("humidity", 0, 50), at("dust", 1, 20)]);
  store.deriveStep(1000);
  expect(usable(store)).toEqual([[1, round(correctBarkjohn2021(20, 50))]]);
  expect(store.latest(["corrected"])[0]?.quality).toBe(QUALITY_BITS.corrected);
  store.append([at("humidity", 20, 50)]);
  store.deriveStep(1000);
  expect(usable(store)).toEqual([]);
  store.append([at("humidity", 20, 51), at("dust", 2, 21)]);
  store.deriveStep(1000);
  expect(usable(store)).toHaveLength(2);
  const audited = () => db.prepare("SELECT count(*) FROM reading_replacements").pluck().get();
  const before = audited();
  store.derive({ ...correction, vetting, marks: QUALITY_BITS.corrected, version: "the same by another name" });
  store.deriveStep(1000);
  expect(audited()).toBe(before);
});

it("a derivation that ended leaves its readings and follows no more", () => {
  const { store } = open();
  store.derive(correction);
  store.append([at("humidity", 0, 50), at("dust", 1, 20)]);
  store.deriveStep(1000);
  store.stopDeriving("corrected");
  store.append([at("dust", 1, 30), at("dust", 2, 30)]);
  expect(store.deriveStep(1000)).toMatchObject({ ok: true, value: { done: true, days: 0 } });
  expect(usable(store)).toEqual([[1, round(correctBarkjohn2021(20, 50))]]);
});

it("a derived channel always equals its formula over the inputs, whatever the order and the moments of computing", () => {
  const input = fc.record({
    channelId: fc.constantFrom("dust", "humidity"),
    minute: fc.integer({ min: 0, max: 4 * 1440 }).map((m) => m - (m % 2)),
    value: fc.integer({ min: 0, max: 90 }),
  });
  const step = fc.oneof(
    fc.record({ kind: fc.constant("append" as const), inputs: fc.array(input, { maxLength: 20 }) }),
    fc.record({ kind: fc.constant("derive" as const) }),
    fc.record({ kind: fc.constant("seal" as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 10 }), (steps) => {
      const { store, db } = open();
      store.derive(correction);
      const latest = { dust: new Map<number, number>(), humidity: new Map<number, number>() };
      for (const action of steps) {
        if (action.kind === "append") {
          store.append(action.inputs.map(({ channelId, minute, value }) => at(channelId, minute, value)));
          for (const { channelId, minute, value } of action.inputs) {
            latest[channelId as "dust"].set(minute, value);
          }
        } else if (action.kind === "derive") {
          store.deriveStep(0);
        } else {
          store.sealAll();
        }
      }
      store.deriveStep(Number.POSITIVE_INFINITY);
      const expected = [...latest.dust]
        .sort(([a], [b]) => a - b)
        .flatMap(([minute, dust]): [number, number][] => {
          const before = [...latest.humidity.keys()].filter((m) => m <= minute && minute - m <= LAG / MINUTE_MS);
          const humidity = latest.humidity.get(Math.max(...before));
          const corrected = humidity === undefined ? Number.NaN : round(correctBarkjohn2021(dust, humidity)) + 0;
          // Less than no dust is kept with a mark, and is not usable.
          return corrected >= 0 ? [[minute, corrected]] : [];
        });
      expect(usable(store)).toEqual(expected);
      db.close();
    }),
    { numRuns: 40 },
  );
});
