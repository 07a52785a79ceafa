import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom, DAY_MS, MINUTE_MS } from "@ecolocal/core/shared";
import { afterAll, expect, it } from "vitest";
import { channelOf, openStore } from "./open.ts";

const START = Date.UTC(2025, 0, 2);
const PER_COMMIT = 30;
const COMMITS = 40;
const root = mkdtempSync(join(tmpdir(), "ecolocal-torn-"));
const file = join(root, "written.db");

afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Writes commits that all stay in the write-ahead log, and says how long the log was after each. */
function writeCommits(): number[] {
  const { db, store } = openStore(START + DAY_MS, file);
  store.registerChannel(channelOf("a", "pm25", MINUTE_MS));
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.pragma("wal_autocheckpoint = 0");
  const lengths = Array.from({ length: COMMITS }, (_, commit) => {
    const readings = Array.from({ length: PER_COMMIT }, (_unused, i) => ({
      channelId: "a",
      at: START + (commit * PER_COMMIT + i) * MINUTE_MS,
      value: i % 7,
      quality: 0,
    }));
    if (!store.append(readings).ok) throw new TypeError("The append failed.");
    const { length } = readFileSync(`${file}-wal`);
    if (commit === COMMITS / 2) store.sealAll();
    return length;
  });
  // Closing would write the log into the database: the copies are what a power cut leaves.
  copyFileSync(file, join(root, "kept.db"));
  copyFileSync(`${file}-wal`, join(root, "kept.db-wal"));
  db.close();
  return lengths;
}

/** Opens what a power cut left: the database and a log that is whole only up to somewhere. */
function readingsAfter(log: Buffer): number {
  const torn = join(root, "torn.db");
  for (const suffix of ["", "-wal", "-shm"]) rmSync(torn + suffix, { force: true });
  copyFileSync(join(root, "kept.db"), torn);
  writeFileSync(`${torn}-wal`, log);
  const { db, store } = openStore(START + DAY_MS, torn);
  const left = store.count({ channelId: "a", from: 0, to: START + DAY_MS });
  expect(store.verify().findings).toEqual([]);
  expect(store.append([{ channelId: "a", at: START - MINUTE_MS, value: 1, quality: 0 }]).ok).toBe(true);
  db.close();
  return left;
}

it("a torn write-ahead log loses nothing that was confirmed before the tear, and half of no commit", () => {
  const lengths = writeCommits();
  const log = readFileSync(join(root, "kept.db-wal"));
  const random = createRandom(7);
  for (let i = 0; i < 60; i++) {
    const cut = Math.floor(random() * (log.length + 1));
    const whole = lengths.filter((length) => length <= cut).length;
    expect([cut, readingsAfter(log.subarray(0, cut))]).toEqual([cut, whole * PER_COMMIT]);
  }
  for (let i = 0; i < 40; i++) {
    const at = Math.floor(random() * log.length);
    const flipped = Buffer.from(log);
    flipped[at]! ^= 1 << Math.floor(random() * 8);
    const whole = lengths.filter((length) => length <= at).length;
    const left = readingsAfter(flipped);
    expect([at, left % PER_COMMIT, left >= whole * PER_COMMIT]).toEqual([at, 0, true]);
  }
});
