import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { watchDevice } from "./device-watch.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ecolocal-watch-"));
  path = join(folder, "device");
  await writeFile(path, "");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.skipIf(process.platform === "win32")("watching whether a device is still there", () => {
  test("tells when it is gone", async () => {
    const gone = new Promise<void>((resolve) => void watchDevice(path, resolve));
    await rm(path);
    await gone;
  });

  test("tells when another one has taken its place", async () => {
    const gone = new Promise<void>((resolve) => void watchDevice(path, resolve));
    await writeFile(`${path}-2`, "");
    await rename(`${path}-2`, path);
    await gone;
  });

  test("says nothing of what is written into it, nor after it was ended, nor of what was never there", async () => {
    const told: string[] = [];
    const stop = await watchDevice(path, () => told.push("first"));
    await watchDevice(join(folder, "never"), () => told.push("never"));
    await writeFile(path, "bytes");
    await writeFile(`${path}-2`, "");
    const later = new Promise<void>((resolve) => void watchDevice(`${path}-2`, resolve));
    stop();
    await rm(path);
    await rm(`${path}-2`);
    await later;
    expect(told).toEqual([]);
  });
});
