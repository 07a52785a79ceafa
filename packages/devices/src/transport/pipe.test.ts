import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LINES_DRIVER } from "@ecolocal/core/sensing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { until } from "../../test/until.ts";
import { createSession } from "../session/index.ts";
import { pathTransport } from "./path.ts";
import { pipeTransport } from "./pipe.ts";

const SERIAL = { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 } as const;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ecolocal-pipe-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("reading a file", () => {
  test("reads it once to its end, the first line and a last one without a line feed included, and does not begin again", async () => {
    const path = join(folder, "lines.txt");
    await writeFile(path, "temp=1\ntemp=2\ntemp=3");
    const session = createSession({
      driver: LINES_DRIVER,
      path,
      transport: pathTransport,
      clock: { now: () => Date.now() },
    });
    const raws: unknown[] = [];
    session.on("frame", ({ frame }) => raws.push(frame.raw));
    session.start();
    await until(() => session.state.name === "disconnected", "the file has ended");
    expect(session.state).toMatchObject({ failure: { code: "SENSING_PORT_ENDED", retry: "never" } });
    expect(raws).toEqual([{ temp: 1 }, { temp: 2 }, { temp: 3 }]);
    await session.stop();
    expect(session.state.name).toBe("stopped");
  });

  test("says that a file is missing", async () => {
    const listener = { onData: () => undefined, onClosed: () => undefined };
    const opened = await pipeTransport.open({ path: join(folder, "not"), serial: SERIAL }, listener);
    expect(opened).toMatchObject({ ok: false, error: { code: "SENSING_PORT_MISSING" } });
  });

  test("refuses to write", async () => {
    const path = join(folder, "lines.txt");
    await writeFile(path, "");
    const opened = await pipeTransport.open(
      { path, serial: SERIAL },
      { onData: () => undefined, onClosed: () => undefined },
    );
    if (!opened.ok) throw new TypeError(opened.error.detail);
    expect(await opened.value.write(Uint8Array.of(1))).toMatchObject({ error: { code: "SENSING_PORT_WRITE_FAILED" } });
    await opened.value.close();
  });
});
