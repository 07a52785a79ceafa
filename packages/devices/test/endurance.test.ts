import { readdirSync } from "node:fs";
import { SDS011_DRIVER, writeSds011Frame } from "@ecolocal/core/sensing";
import { describe, expect, test } from "vitest";
import { createSession } from "../src/session/index.ts";
import { createPtyPair } from "../src/simulator/index.ts";
import { serialTransport } from "../src/transport/index.ts";
import { until } from "./until.ts";

const LOSSES = 25;
const HANDLES = "/proc/self/fd";

function countHandles(): number {
  try {
    return readdirSync(HANDLES).length;
  } catch {
    return 0;
  }
}

describe("reading for months", () => {
  test(`leaves no open file behind after ${LOSSES} lost ports, and reads again after each`, async () => {
    const made = await createPtyPair();
    if (!made.ok) throw new TypeError(made.error.detail);
    const pty = made.value;
    const session = createSession({
      driver: SDS011_DRIVER,
      path: pty.device,
      transport: serialTransport,
      clock: { now: () => Date.now() },
    });
    session.start();
    const readOnce = async (): Promise<void> => {
      const before = session.counters.framesOk;
      await until(() => session.state.name === "listening" || session.state.name === "reading", "the port is open");
      await pty.send(writeSds011Frame({ pm25UgM3: 1, pm10UgM3: 2 }));
      await until(() => session.counters.framesOk > before, "the sensor is read");
    };
    await readOnce();
    const atFirst = countHandles();
    for (let i = 0; i < LOSSES; i++) {
      await pty.unplug();
      await until(() => session.state.name === "waiting", "the loss is noticed");
      await pty.plugIn();
      session.retryNow();
      await readOnce();
    }
    expect(session.counters).toMatchObject({ framesOk: LOSSES + 1, framesBad: 0, reconnects: LOSSES });
    expect(countHandles()).toBeLessThanOrEqual(atFirst + 2);
    await session.stop();
    await pty.remove();
  }, 120_000);
});
