import type { BackupEvent, ChangeTopic, Contract, HostContract, LiveReading, PreviewEvent } from "@ecolocal/core/api";
import { type In, RpcError } from "@ecolocal/core/api/rpc";
import { listen, probe } from "./sensing.ts";
import { channels, seriesFor } from "./sensors.ts";
import { fakeBlock, valueAt } from "./series.ts";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface StreamState {
  readonly now: number;
  readonly changed: Set<(topics: ChangeTopic[]) => void>;
  readonly signal: AbortSignal | undefined;
  readonly empty: boolean;
}

/** The streams of the fake engine. */
export async function* streams(
  procedure: keyof HostContract,
  input: unknown,
  state: StreamState,
): AsyncGenerator<unknown, undefined> {
  if (procedure === "workspace.current") yield { kind: "open", path: "/home/ada/air" };
  if (procedure === "workspace.changes") yield* changes(state);
  if (procedure === "sync.watch") yield { state: "local", waitingChanges: 0, lastSyncAt: null };
  if (procedure === "sensor.watch" && !state.empty) yield* live(state);
  if (procedure === "sensor.preview") yield* preview(input as In<Contract, "sensor.preview">, state);
  if (procedure === "port.probe") yield* probe(input as In<Contract, "port.probe">);
  if (procedure === "port.listen") yield* listen(state.signal);
  if (procedure === "data.range") {
    const { channelId, from, to } = input as In<Contract, "data.range">;
    yield fakeBlock(seriesFor(channelId), from, to, state.now);
  }
  if (procedure === "backup.create") yield* backUp(state);
  if (procedure === "data.export") yield { text: "timestamp_utc,value\n", rows: 0 };
  return undefined;
}

/** A large one, half copied, for as long as somebody looks. */
async function* backUp({ signal }: StreamState): AsyncGenerator<BackupEvent> {
  yield { kind: "progress", phase: "copy", doneBytes: 310e6, totalBytes: 600e6, remainingMs: 14_000 };
  while (!signal?.aborted) await sleep(100);
}

async function* changes({ changed, signal }: StreamState): AsyncGenerator<{ topics: ChangeTopic[] }> {
  const waiting: ChangeTopic[][] = [];
  let wake = (): void => undefined;
  const listener = (topics: ChangeTopic[]): void => {
    waiting.push(topics);
    wake();
  };
  changed.add(listener);
  try {
    while (!signal?.aborted) {
      for (const topics of waiting.splice(0)) yield { topics };
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    changed.delete(listener);
  }
}

async function* live({ now, signal }: StreamState): AsyncGenerator<LiveReading> {
  while (!signal?.aborted) {
    for (const channel of channels(now)) {
      if (channel.quantity === "soil_moisture") continue;
      const at = Date.now();
      yield {
        sensorId: channel.sensorId,
        channelId: channel.id,
        quantity: channel.quantity,
        at,
        value: valueAt({ ...seriesFor(channel.id), gaps: [] }, at, at) ?? 0,
        unit: channel.unit,
        quality: 0,
        stored: false,
      };
    }
    await sleep(1000);
  }
}

async function* preview(
  { driverId, port, mapping }: In<Contract, "sensor.preview">,
  { signal }: StreamState,
): AsyncGenerator<PreviewEvent> {
  yield { kind: "state", state: "starting", problem: null };
  await sleep(200);
  if (port === "/dev/ttyUSB3") {
    throw new RpcError({
      code: "SENSING_PORT_DENIED",
      op: "open",
      subject: port,
      detail: "EACCES: permission denied",
      retry: "after-change",
    });
  }
  yield { kind: "state", state: "reading", problem: null };
  for (let n = 1; !signal?.aborted; n++) {
    const at = Date.now();
    const pm = 12 + Math.sin(n / 3);
    const lines = driverId === "text-lines";
    const mapped = (mapping ?? []).map((row, i) => ({
      quantity: row.quantity,
      channel: null,
      value: 21.4 + i * 20 + Math.sin(n / 4),
      unit: row.unit,
      symbol: row.unit,
      quality: [],
    }));
    yield {
      kind: "frame",
      at,
      identity: lines ? null : "SDS011 A17C",
      readings: lines
        ? mapped
        : [
            {
              quantity: "pm25",
              channel: null,
              value: Math.round(pm * 10) / 10,
              unit: "ug/m3",
              symbol: "µg/m³",
              quality: [],
            },
            {
              quantity: "pm10",
              channel: null,
              value: Math.round(pm * 17) / 10,
              unit: "ug/m3",
              symbol: "µg/m³",
              quality: [],
            },
          ],
      raw: lines ? { temp: 21.4, hum: 41.2, co2: 640 + n, uptime: n } : {},
    };
    yield { kind: "counters", counters: { framesOk: n, framesBad: 0, bytesDiscarded: 3, reconnects: 0 } };
    await sleep(700);
  }
}
