import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDeviceSimulator, REJECT_CODES } from "@ecolocal/core/sensing";
import { createRandom } from "@ecolocal/core/shared";
import { describe, expect, it } from "vitest";
import { collect, parseLines, runCli, startCli, temporaryFolder } from "./run-cli.ts";

interface Line {
  readonly offset: number;
  readonly length: number;
  readonly identity?: string;
  readonly at?: string;
  readonly readings?: readonly { quantity: string; value: number; unit: string; quality: string[] }[];
  readonly raw?: Record<string, unknown>;
  readonly rejected?: string;
}

const START = Date.UTC(2026, 10, 25, 8);

/** Bytes of a pretended device: what it says at start and then `count` frames. */
function recording(driver: string, count: number): Uint8Array {
  const device = createDeviceSimulator(driver, { random: createRandom(7) });
  if (device === undefined) throw new TypeError(`${driver} cannot be pretended.`);
  const frames = Array.from({ length: count }, (_, index) => device.frame(START + index * 10_000));
  return Buffer.concat([device.boot(), ...frames]);
}

async function decode(driver: string, input: Uint8Array, ...flags: string[]) {
  const run = await runCli(["sensor", "decode", driver, "-", "--json", ...flags], { input });
  return { ...run, lines: parseLines(run.stdout) as Line[] };
}

describe.each(["sds011", "airrohr", "lines", "dsmr"])("sensor decode %s", (driver) => {
  it("prints one JSON line per frame, and every byte belongs to exactly one line", async () => {
    const bytes = recording(driver, 5);
    const { status, stderr, lines } = await decode(driver, bytes);
    expect(status).toBe(0);
    const rejected = lines.filter((line) => line.rejected !== undefined).length;
    const readings = lines.reduce((sum, line) => sum + (line.readings?.length ?? 0), 0);
    expect(stderr).toBe(
      `${lines.length - rejected} frames with ${readings} readings; ${rejected} ${rejected === 1 ? "stretch" : "stretches"} rejected.\n`,
    );
    expect(lines.filter(({ rejected }) => rejected === undefined).length).toBeGreaterThanOrEqual(5);
    let next = 0;
    for (const line of lines) {
      expect(line.offset).toBe(next);
      next += line.length;
      if (line.rejected === undefined) expect(Object.keys(line)).toEqual(expect.arrayContaining(["readings", "raw"]));
      else expect(REJECT_CODES).toContain(line.rejected);
    }
    expect(next).toBe(bytes.length);
  });

  it("reads a file as it reads stdin", async () => {
    const bytes = recording(driver, 3);
    const file = join(temporaryFolder(), "recording.bin");
    writeFileSync(file, bytes);
    const fromFile = await runCli(["sensor", "decode", driver, file, "--json"]);
    expect(fromFile.stdout).toBe((await decode(driver, bytes)).stdout);
  });

  it("survives garbage before and inside a recording, and finds the frames behind it", async () => {
    const bytes = recording(driver, 4);
    const garbage = Buffer.from([0xff, 0x00, 0xaa, 0xc0, 0x2f, 0x7b, 0x0a]);
    const { status, lines } = await decode(driver, Buffer.concat([garbage, bytes.subarray(0, 5), garbage, bytes]));
    expect(status).toBe(0);
    expect(lines.filter(({ rejected }) => rejected === undefined).length).toBeGreaterThanOrEqual(3);
    expect(lines.some(({ rejected }) => rejected !== undefined)).toBe(true);
  });
});

it("gives the device's own time as ISO UTC only where the device sends one", async () => {
  const meter = await decode("dsmr", recording("dsmr", 1));
  expect(meter.lines[0]?.at).toBe("2026-11-25T08:00:00Z");
  const dust = await decode("sds011", recording("sds011", 1));
  expect(dust.lines[0]).not.toHaveProperty("at");
  expect(dust.lines[0]?.identity).toMatch(/^[0-9A-F]{4}$/);
});

it("reports a stretch cut off at the end as partial, with exit code 3 only under --strict", async () => {
  const cut = recording("sds011", 2).subarray(0, 14);
  const lenient = await decode("sds011", cut);
  expect(lenient.status).toBe(0);
  expect(lenient.lines.at(-1)).toEqual({ offset: 10, length: 4, rejected: "SENSING_FRAME_PARTIAL" });
  expect((await decode("sds011", cut, "--strict")).status).toBe(3);
  expect((await decode("sds011", recording("sds011", 2), "--strict")).status).toBe(0);
});

it("maps keys of text lines as it is told", async () => {
  const input = Buffer.from('{"t":68,"rh":40}\n');
  const { lines } = await decode("lines", input, "--map", "t=temperature:[degF]", "--map", "rh=humidity");
  expect(lines[0]?.readings).toEqual([
    { quantity: "temperature", value: 20, unit: "Cel", quality: [] },
    { quantity: "humidity", value: 40, unit: "%", quality: [] },
  ]);
});

it("decodes while bytes still come, without waiting for the end", async () => {
  const child = startCli(["sensor", "decode", "sds011", "-", "--json"]);
  const done = collect(child);
  const firstLine = new Promise((resolve) => child.stdout?.once("data", resolve));
  child.stdin?.write(recording("sds011", 1));
  await firstLine;
  child.stdin?.end();
  expect((await done).status).toBe(0);
});

it("names the drivers when it knows none of that name, and the file when it cannot be read", async () => {
  const driver = await runCli(["sensor", "decode", "sds012", "-"]);
  expect(driver.status).toBe(4);
  expect(driver.stderr).toContain("sds011");
  expect(driver.stderr).toContain("SENSING_DRIVER_UNKNOWN");
  const file = await runCli(["sensor", "decode", "sds011", "no-such-file.bin", "--json"]);
  expect(file.status).toBe(4);
  expect(JSON.parse(file.stdout)).toMatchObject({
    error: { code: "IMPORT_FILE_UNREADABLE", subject: "no-such-file.bin" },
  });
  const folder = await runCli(["sensor", "decode", "sds011", temporaryFolder()]);
  expect(folder.stderr).toContain("It is a folder.");
});

it("plays a device whose bytes it reads back, the same for the same seed", async () => {
  const args = ["sensor", "simulate", "sds011", "--count", "20", "--at-once", "--start", "2026-11-25T08:00:00Z"];
  const first = await runCli(args);
  expect(first.stdout).toBe((await runCli(args)).stdout);
  expect(first.stdout).not.toBe((await runCli([...args, "--seed", "2"])).stdout);
  const file = join(temporaryFolder(), "played.bin");
  expect((await runCli([...args, "--output", file])).status).toBe(0);
  const decoded = await runCli(["sensor", "decode", "sds011", file, "--strict", "--json"]);
  expect(decoded.status).toBe(0);
  expect(parseLines(decoded.stdout)).toHaveLength(20);
});
