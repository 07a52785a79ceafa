import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { driverById, SDS011_DRIVER, writeSds011Frame } from "@ecolocal/core/sensing";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileDeviceText, readDeviceFile, readDeviceFolder } from "./read-device-file.ts";

/** A synthetic answer of an MH-Z19, written from its manual. */
function writeMhz19Frame(ppm: number): Uint8Array {
  const frame = Uint8Array.of(0xff, 0x86, ppm >> 8, ppm & 0xff, 66, 0, 0, 0, 0);
  frame[8] = -frame.subarray(1, 8).reduce((sum, byte) => sum + byte, 0);
  return frame;
}

const SHIPPED = join(import.meta.dirname, "../../descriptions");

describe("device description files", () => {
  test("that come along are all good", async () => {
    const { drivers, failures } = await readDeviceFolder(SHIPPED);
    expect(failures).toEqual([]);
    expect(drivers).toHaveLength((await readdir(SHIPPED)).length);
  });

  test("describe an SDS011 so that it reads like the built-in driver", async () => {
    const read = await readDeviceFile(join(SHIPPED, "sds011.yaml"));
    if (!read.ok) throw new TypeError(read.error.detail);
    const frame = writeSds011Frame({ pm25UgM3: 7.7, pm10UgM3: 8.8, deviceId: "58D9" });
    expect(read.value.createDecoder().push(frame)).toEqual(SDS011_DRIVER.createDecoder().push(frame));
    expect(read.value.serial).toEqual(SDS011_DRIVER.serial);
  });

  test("describe an MH-Z19 so that it gives the same events as the built-in driver, whatever the bytes", async () => {
    const read = await readDeviceFile(join(SHIPPED, "mhz19.yaml"));
    if (!read.ok) throw new TypeError(read.error.detail);
    const byHand = driverById("mhz19");
    const good = [0, 410, 410, 523, 411, 5000, 410, 2000].map((ppm) => writeMhz19Frame(ppm));
    const echo = Uint8Array.of(0xff, 0x01, 0x86, 0, 0, 0, 0, 0, 0x79);
    const part = fc.oneof(
      fc.constantFrom(...good, echo),
      fc.tuple(fc.constantFrom(...good), fc.nat(8), fc.nat(255)).map(([frame, at, byte]) => frame.with(at, byte)),
      fc.nat(8).map((at) => writeMhz19Frame(600).subarray(at)),
      fc.uint8Array({ maxLength: 12 }),
    );
    await fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const stream = Uint8Array.from(parts.flatMap((each) => [...each]));
        const [described, written] = [read.value.createDecoder(), byHand?.createDecoder()];
        expect([...described.push(stream), ...described.flush()]).toEqual([
          ...(written?.push(stream) ?? []),
          ...(written?.flush() ?? []),
        ]);
      }),
    );
  });

  test("with mistakes say the line of each", async () => {
    const text = [
      "format: ecolocal-device/1",
      "id: x1",
      "title: X",
      "serial: [{ baud: 9600 }]",
      "every_s: 1",
      "frame: { kind: text, line: 'T={t}' }",
      "fields:",
      "  - name: t",
      "    quantity: temperature",
      "    unit: parsec",
    ].join("\n");
    expect(await compileDeviceText(text, "x1.yaml")).toMatchObject({
      error: {
        code: "SENSING_DEVICE_FILE_INVALID",
        subject: "x1.yaml",
        problems: [{ path: ["fields", 0, "unit"], line: 10, message: "The unit parsec is not known." }],
      },
    });
  });

  test("that are no YAML, are missing, or would grow without end are refused, not thrown", async () => {
    expect(await compileDeviceText("a: [1", "bad.yaml")).toMatchObject({ error: { problems: [{ line: 1 }] } });
    expect(await readDeviceFile(join(SHIPPED, "none.yaml"))).toMatchObject({ ok: false });
    const bomb = ["a: &a [x, x]", ...Array.from({ length: 30 }, (_, i) => `b${i}: [*a, *a]`)].join("\n");
    expect(await compileDeviceText(bomb, "bomb.yaml")).toMatchObject({ ok: false });
    expect(await compileDeviceText("!!js/function 'x'", "tag.yaml")).toMatchObject({ ok: false });
  });

  test("in a folder are read in order; two of one id are told about", async () => {
    const folder = await mkdtemp(join(tmpdir(), "ecolocal-devices-"));
    const text = (title: string) =>
      `{"format":"ecolocal-device/1","id":"one","title":"${title}","serial":[{"baud":9600}],"every_s":1,` +
      `"frame":{"kind":"text","line":"T={t}"},"fields":[{"name":"t"}]}`;
    await writeFile(join(folder, "a.json"), text("first"));
    await writeFile(join(folder, "b.yaml"), text("second"));
    await writeFile(join(folder, "notes.txt"), "not read");
    const { drivers, failures } = await readDeviceFolder(folder);
    await rm(folder, { recursive: true });
    expect(drivers.map(({ title }) => title)).toEqual(["first"]);
    expect(failures.map(({ subject }) => subject)).toEqual(["b.yaml"]);
    expect(await readDeviceFolder(join(folder, "gone"))).toEqual({ drivers: [], failures: [] });
  });
});
