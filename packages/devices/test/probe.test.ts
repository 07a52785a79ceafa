import { createDeviceSimulator, DRIVERS, SDS011_DRIVER, writeSds011Frame } from "@ecolocal/core/sensing";
import { createRandom } from "@ecolocal/core/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ProbeReport, planSteps, probePort } from "../src/probe/index.ts";
import { createPtyPair, type PtyPair } from "../src/simulator/index.ts";
import type { Scheduler } from "../src/time/index.ts";
import { serialTransport, type Transport } from "../src/transport/index.ts";

let pty: PtyPair;

beforeEach(async () => {
  const made = await createPtyPair();
  if (!made.ok) throw new TypeError(made.error.detail);
  pty = made.value;
});

afterEach(() => pty.remove());

/** Real ports, but the silence of a step lasts a tenth of its time. */
const hasty: Scheduler = {
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs / 10);
    return () => clearTimeout(timer);
  },
};

/** Counts what is written to the port. */
function watched(): { readonly transport: Transport; readonly written: Uint8Array[] } {
  const written: Uint8Array[] = [];
  return {
    written,
    transport: {
      async open(target, listener) {
        const opened = await serialTransport.open(target, listener);
        if (!opened.ok) return opened;
        const { value } = opened;
        return {
          ok: true,
          value: {
            write(bytes) {
              written.push(bytes);
              return value.write(bytes);
            },
            close: () => value.close(),
          },
        };
      },
    },
  };
}

async function probe(options: Partial<Parameters<typeof probePort>[0]>, speak?: () => Uint8Array | null) {
  const speaking = setInterval(() => {
    const bytes = speak?.() ?? null;
    if (bytes !== null) void pty.send(bytes).catch(() => undefined);
  }, 20);
  try {
    const report = await probePort({ path: pty.device, scheduler: hasty, ...options });
    if (!report.ok) throw new TypeError(report.error.detail);
    return report.value;
  } finally {
    clearInterval(speaking);
  }
}

const best = ({ candidates }: ProbeReport) => candidates[0];

describe("finding out what is plugged into a port", () => {
  test("recognises a dust sensor by its checksums, and says on what that rests", async () => {
    const frame = writeSds011Frame({ pm25UgM3: 12.3, pm10UgM3: 20.4, deviceId: "58D9" });
    const report = await probe({}, () => frame);
    expect(best(report)).toMatchObject({
      driverId: "sds011",
      confidence: "certain",
      identity: "58D9",
      asked: false,
      framesBad: 0,
      serial: { baudRate: 9600 },
    });
    expect(best(report)?.evidence).toMatch(/^\d+ frames, 0 bad, device id 58D9$/);
    expect(best(report)?.readings.map(({ value }) => value)).toEqual([12.3, 20.4]);
  });

  test("recognises text with numbers only as a possibility, and proposes what they mean", async () => {
    const device = createDeviceSimulator("lines", { random: createRandom(1) });
    const report = await probe({}, () => device?.frame(Date.UTC(2026, 10, 25)) ?? null);
    expect(best(report)).toMatchObject({ driverId: "lines", confidence: "possible" });
    expect(report.mapping?.mapping.map(({ quantity }) => quantity)).toEqual(["temperature", "humidity", "co2"]);
  });

  test("believes neither noise nor a single frame", async () => {
    const random = createRandom(7);
    let said = false;
    const report = await probe({ drivers: [SDS011_DRIVER] }, () => {
      if (!said) {
        said = true;
        return writeSds011Frame({ pm25UgM3: 1, pm10UgM3: 2 });
      }
      return Uint8Array.from({ length: 64 }, () => Math.floor(random() * 256));
    });
    expect(report.candidates).toEqual([]);
    expect(report.bytesHeard).toBeGreaterThan(0);
  });

  test("writes nothing to a port without consent", async () => {
    const { transport, written } = watched();
    const report = await probe({ transport });
    expect(report).toMatchObject({ candidates: [], asked: false, notAskedBecause: "no-consent", bytesHeard: 0 });
    expect(written).toEqual([]);
  });

  test("writes nothing to a line on which somebody speaks, consent or not", async () => {
    const { transport, written } = watched();
    const report = await probe({ transport, consent: true, drivers: [SDS011_DRIVER] }, () => Uint8Array.of(1, 2, 3));
    expect(report).toMatchObject({ asked: false, notAskedBecause: "traffic" });
    expect(written).toEqual([]);
  });

  test("asks a quiet line with consent, only questions that read, and recognises a CO₂ sensor's answer", async () => {
    const { transport, written } = watched();
    const answer = Uint8Array.of(0xff, 0x86, 0x02, 0x60, 0x47, 0x00, 0x00, 0x00, 0xd1);
    let answered = false;
    const report = await probe({ transport, consent: true, drivers: [SDS011_DRIVER] }, () => {
      if (written.length === 0 || answered) return null;
      answered = true;
      return answer;
    });
    expect(report).toMatchObject({ asked: true, notAskedBecause: null });
    expect(best(report)).toMatchObject({
      driverId: "mhz19",
      asked: true,
      evidence: "answered with 608 ppm CO₂, checksum good",
    });
    expect(written.map((bytes) => Buffer.from(bytes).toString("hex"))).toEqual(["ff0186000000000079"]);
  });

  test("says why a port could not be opened", async () => {
    expect(await probePort({ path: `${pty.device}-not` })).toMatchObject({
      ok: false,
      error: { code: "SENSING_PORT_MISSING" },
    });
  });

  test("stops when it is told to", async () => {
    const stop = new AbortController();
    const report = probe({ signal: stop.signal, scheduler: { after: () => () => undefined } });
    stop.abort();
    expect(await report).toMatchObject({ candidates: [], asked: false });
  });

  test("listens at every setting that an unasked device uses, once, the usual ones first", () => {
    const steps = planSteps(DRIVERS);
    expect(steps.slice(0, 2).map(({ serial }) => serial.baudRate)).toEqual([9600, 115_200]);
    expect(new Set(steps.map(({ serial }) => JSON.stringify(serial))).size).toBe(steps.length);
    expect(steps.flatMap(({ drivers }) => drivers).some(({ network, polled }) => network || polled)).toBe(false);
  });
});
