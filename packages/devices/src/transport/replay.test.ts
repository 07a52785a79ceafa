import { describe, expect, test } from "vitest";
import { createManualTime } from "../time/index.ts";
import { createReplayTransport, type ReplayFault } from "./replay.ts";

const SERIAL = { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 } as const;

async function replay(faults: readonly ReplayFault[]) {
  const time = createManualTime();
  const chunks = [1, 2, 3].map((n) => ({ afterMs: 100, bytes: Uint8Array.of(n, n) }));
  let ended = false;
  const transport = createReplayTransport({ chunks, scheduler: time, faults, onEnd: () => (ended = true) });
  const heard: number[][] = [];
  const closed: string[] = [];
  const opened = await transport.open(
    { path: "COM1", serial: SERIAL },
    { onData: (chunk) => heard.push([...chunk]), onClosed: ({ code }) => closed.push(code) },
  );
  if (!opened.ok) throw new TypeError(opened.error.detail);
  return { time, transport, heard, closed, hasEnded: () => ended };
}

describe("replay transport", () => {
  test("speaks in the device's own time", async () => {
    const { time, heard, hasEnded } = await replay([]);
    time.advance(150);
    expect(heard).toEqual([[1, 1]]);
    time.advance(150);
    expect(heard).toHaveLength(3);
    expect(hasEnded()).toBe(true);
  });

  test.each<[ReplayFault, number[][]]>([
    [
      { chunk: 1, kind: "drop" },
      [
        [1, 1],
        [3, 3],
      ],
    ],
    [{ chunk: 1, kind: "split" }, [[1, 1], [2], [2], [3, 3]]],
    [
      { chunk: 1, kind: "duplicate" },
      [
        [1, 1],
        [2, 2],
        [2, 2],
        [3, 3],
      ],
    ],
    [
      { chunk: 1, kind: "corrupt" },
      [
        [1, 1],
        [2, 2 ^ 0x55],
        [3, 3],
      ],
    ],
    [{ chunk: 1, kind: "garbage", bytes: Uint8Array.of(9) }, [[1, 1], [9], [2, 2], [3, 3]]],
  ])("does what $kind says", async (fault, expected) => {
    const { time, heard } = await replay([fault]);
    time.advance(1000);
    expect(heard).toEqual(expected);
  });

  test("is late where a delay says so", async () => {
    const { time, heard } = await replay([{ chunk: 0, kind: "delay", durationMs: 500 }]);
    time.advance(599);
    expect(heard).toEqual([]);
    time.advance(1);
    expect(heard).toEqual([[1, 1]]);
  });

  test("goes away when unplugged, loses what is said meanwhile, and can be opened when it is back", async () => {
    const { time, transport, heard, closed } = await replay([{ chunk: 1, kind: "unplug", durationMs: 50 }]);
    time.advance(200);
    expect([heard, closed]).toEqual([[[1, 1]], ["SENSING_PORT_LOST"]]);
    const again = () =>
      transport.open(
        { path: "COM1", serial: SERIAL },
        { onData: (c) => heard.push([...c]), onClosed: () => undefined },
      );
    expect(await again()).toMatchObject({ ok: false, error: { code: "SENSING_PORT_MISSING" } });
    time.advance(50);
    expect((await again()).ok).toBe(true);
    time.advance(1000);
    expect(heard).toEqual([
      [1, 1],
      [3, 3],
    ]);
  });
});
