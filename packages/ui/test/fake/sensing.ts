/** The fake engine's answers about finding, reaching and calibrating devices. */
import type {
  CalibrationFitView,
  ChannelView,
  Contract,
  PortListenEvent,
  ProbeEvent,
  PushStatus,
} from "@ecolocal/core/api";
import type { In } from "@ecolocal/core/api/rpc";
import { fakeId } from "./ids.ts";
import { noiseAt } from "./series.ts";

const DAY = 86_400_000;
const SERIAL = { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 } as const;

const agreement = (slope: number, intercept: number, rmse: number) => ({
  n: 702,
  slope,
  intercept,
  r2: 0.87,
  rmse,
  nrmse: rmse * 6,
  bias: intercept,
});

function comparison(now: number): CalibrationFitView {
  const targets = [
    { name: "slope", met: true, text: "0.65 ≤ slope ≤ 1.35" },
    { name: "intercept", met: true, text: "|intercept| ≤ 5" },
    { name: "r2", met: true, text: "R² ≥ 0.7" },
    { name: "error", met: true, text: "RMSE ≤ 7 or NRMSE ≤ 30 %" },
  ] as const;
  return {
    correction: { method: "linear", version: 1, intercept: -2.1, slope: 0.56 },
    n: 702,
    from: now - 30 * DAY,
    to: now,
    expiresAt: now + 180 * DAY,
    raw: agreement(1.79, 3.8, 14.2),
    corrected: agreement(1, 0, 2.4),
    expectedRmse: 2.6,
    residualHumidity: {
      correlation: 0.31,
      steps: [40, 50, 60, 70, 80].map((fromPercent, i) => ({
        fromPercent,
        n: 90 - i * 9,
        meanResidual: i * 0.4 - 0.7,
      })),
    },
    rawVerdict: { source: "EPA/600/R-20/280 (2021)", met: false, targets: [...targets] },
    correctedVerdict: { source: "EPA/600/R-20/280 (2021)", met: true, targets: [...targets] },
    warnings: ["residual_follows_humidity"],
    pairs: Array.from({ length: 400 }, (_, i) => {
      const reference = 6 + ((i * 7) % 30) + noiseAt(i) * 2;
      return { at: now - i * 3_600_000, reference, sensor: reference * 1.79 + 3.8 + noiseAt(i * 3) * 4 };
    }),
  };
}

/** An official station whose values were imported. */
export function referenceChannels(all: readonly ChannelView[]): ChannelView[] {
  return all
    .filter(({ quantity }) => quantity === "pm25")
    .map((channel) => ({ ...channel, id: fakeId("station"), sensorId: null, sensorName: "", key: "station" }));
}

const DIAGNOSIS = [
  {
    id: "denied",
    level: "fail",
    detail: "/dev/ttyUSB3: This user may not open /dev/ttyUSB3.",
    hint: "Run `sudo usermod -aG dialout $USER`, then log out and in again.",
    command: "sudo usermod -aG dialout $USER",
    code: "SENSING_PORT_DENIED",
  },
  {
    id: "not-serial",
    level: "warn",
    detail: "04d9:a052 is a CO₂ meter (TFA, co2mini): it is plugged in, but it is no serial device.",
    hint: "EcoLocal does not read HID devices yet; a program that publishes over MQTT can bridge it.",
    command: null,
    code: null,
  },
] as const;

export function sensingHandlers(now: number) {
  let push: PushStatus = {
    enabled: false,
    open: false,
    port: 8287,
    lan: false,
    addresses: ["http://127.0.0.1:8287/push"],
    token: null,
    problem: null,
    devices: [],
  };
  return {
    "calibration.list": () => [],
    "calibration.options": () => ({
      epa: {
        kind: "unvalidated" as const,
        method: "epa-pm25-piecewise" as const,
        because: "not_plantower" as const,
        reason: "",
      },
      co2: null,
    }),
    "calibration.review": () => [
      { flag: "spike" as const, from: now - 3 * DAY, to: now - 3 * DAY, readings: 1 },
      { flag: "gap_before" as const, from: now - 9 * DAY, to: now - 9 * DAY, readings: 1 },
      { flag: "stuck" as const, from: now - 12 * DAY, to: now - 11.6 * DAY, readings: 570 },
    ],
    "calibration.fit": () => comparison(now),
    "calibration.apply": ({ channelId, correction }: In<Contract, "calibration.apply">) => ({
      channelId: fakeId("corrected"),
      sourceId: channelId,
      name: "corrected:linear@1",
      correction,
      createdAt: now,
      expiresAt: null,
      unvalidated: false,
    }),
    "port.diagnose": () => DIAGNOSIS,
    "push.status": () => push,
    "push.configure": ({ enabled, lan = push.lan }: In<Contract, "push.configure">) => {
      push = { ...push, enabled, open: enabled, lan };
      return { ...push, token: enabled ? "cVx2m0Qw7tYkFzH1aR9sLd4e" : null };
    },
  };
}

export async function* probe({ port, consent }: In<Contract, "port.probe">): AsyncGenerator<ProbeEvent> {
  yield { kind: "step", index: 0, count: 6, serial: { ...SERIAL }, listenMs: 3000 };
  await new Promise((resolve) => setTimeout(resolve, 900));
  const known = port === "/dev/ttyUSB2";
  yield {
    kind: "report",
    candidates: known
      ? [
          {
            driverId: "sds011",
            title: "Nova SDS011 fine dust sensor",
            serial: { ...SERIAL },
            confidence: "certain",
            framesOk: 3,
            framesBad: 0,
            identity: "58D9",
            asked: false,
            evidence: "3 frames, 0 bad, device id 58D9",
            readings: [
              { quantity: "pm25", channel: null, value: 12.3, symbol: "µg/m³" },
              { quantity: "pm10", channel: null, value: 20.4, symbol: "µg/m³" },
            ],
          },
        ]
      : [],
    bytesHeard: known ? 30 : 0,
    asked: consent === true,
    notAskedBecause: known ? "found" : consent ? null : "no-consent",
    mapping: [],
    unknownKeys: [],
    problem: null,
  };
}

export async function* listen(signal: AbortSignal | undefined): AsyncGenerator<PortListenEvent> {
  for (let n = 1; !signal?.aborted; n++) {
    const text = `fw=3 temp=${20 + (n % 5)} x=${40 + (n % 7)}\r\n`;
    const hex = Array.from(text, (letter) => letter.charCodeAt(0).toString(16).padStart(2, "0")).join("");
    yield { kind: "bytes", at: Date.now(), length: text.length, hex, text };
    if (n % 3 === 0) {
      const field = { lowest: 20, highest: 24, seen: n, varies: true, proposal: null };
      yield {
        kind: "fields",
        linesTotal: n,
        linesUnderstood: n,
        fields: [
          { ...field, key: "fw", last: 3, lowest: 3, highest: 3, varies: false },
          { ...field, key: "temp", last: 21, proposal: { key: "temp", quantity: "temperature", unit: "Cel" } },
          { ...field, key: "x", last: 44, lowest: 40, highest: 46 },
        ],
      };
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
