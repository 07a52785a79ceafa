import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SDS011_DRIVER, writeSds011Frame } from "@ecolocal/core/sensing";
import { describe, expect, test } from "vitest";
import { compileDeviceText, readDeviceFile, readDeviceFolder } from "./read-device-file.ts";

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
