import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeFrame, encodeFrame } from "./codec.ts";
import { createClient, isFrame, type Link, serveLink } from "./index.ts";
import { createWebSocketLink } from "./ws-link.ts";

const jsonValue = fc
  .jsonValue({ maxDepth: 4, noUnicodeString: false })
  .map((value) => JSON.parse(JSON.stringify(value)));
const arrays = fc.oneof(
  fc.float64Array({ maxLength: 40 }),
  fc.uint8Array({ maxLength: 40 }),
  fc.int32Array({ maxLength: 40 }),
  fc.float32Array({ maxLength: 40 }),
  fc.uint16Array({ maxLength: 40 }),
);

describe("the frame codec", () => {
  it("gives back every JSON value and typed array, not-a-number included", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((key) => key !== "$b" && key !== "__proto__"),
          fc.oneof(jsonValue, arrays),
        ),
        (value) => {
          fc.pre(!JSON.stringify(value).includes('"$b"') && !JSON.stringify(value).includes('"__proto__"'));
          const plain = Object.fromEntries(Object.entries(value));
          expect(decodeFrame(encodeFrame(plain))).toEqual(plain);
        },
      ),
    );
  });

  it("makes views on the received bytes instead of copies", () => {
    const bytes = encodeFrame({ v: new Float64Array([1, 2, 3]) });
    const decoded = decodeFrame(bytes) as { v: Float64Array };
    expect(decoded.v.buffer).toBe(bytes.buffer);
  });

  it("decodes from any offset of a larger buffer", () => {
    const bytes = encodeFrame({ v: new Float64Array([1, 2]), s: "µg/m³" });
    for (let offset = 0; offset < 9; offset++) {
      const larger = new Uint8Array(bytes.length + offset + 3);
      larger.set(bytes, offset);
      const expected = { v: new Float64Array([1, 2]), s: "µg/m³" };
      expect(decodeFrame(larger.subarray(offset, offset + bytes.length))).toEqual(expected);
      // A Node Buffer's `slice` shares memory instead of copying.
      expect(decodeFrame(Buffer.from(larger.buffer, offset, bytes.length))).toEqual(expected);
    }
  });

  it("refuses numbers that JSON would lose, foreign typed arrays and the reserved key", () => {
    expect(() => encodeFrame({ n: Number.NaN })).toThrow("typed array or as null");
    expect(() => encodeFrame({ n: new Int8Array(1) })).toThrow("cannot cross a link");
    expect(() => encodeFrame({ n: { $b: 1 } })).toThrow("reserved");
  });

  it("throws or decodes on mutated and cut frames, and never reads outside them", () => {
    const whole = encodeFrame({ t: "ok", id: 7, value: { t: new Float64Array(20), s: "text", list: [1, 2, 3] } });
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
        (length, changes) => {
          const bytes = whole.slice(0, length);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          try {
            isFrame(decodeFrame(bytes));
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
          }
        },
      ),
      { numRuns: 20_000 },
    );
  });

  it("survives a million nested brackets", () => {
    const text = new TextEncoder().encode("[".repeat(1_000_000));
    const bytes = new Uint8Array(text.length + 8);
    new DataView(bytes.buffer).setUint32(0, text.length, true);
    bytes.set(text, 4);
    expect(() => decodeFrame(bytes)).toThrow();
  });
});

/** Enough of a WebSocket to hand bytes to a link. */
function createSocket() {
  const listeners = new Map<string, ((event: never) => void)[]>();
  const closes: (number | undefined)[] = [];
  return {
    closes,
    receive: (data: unknown) => {
      for (const listener of listeners.get("message") ?? []) listener({ data } as never);
    },
    socket: {
      readyState: 1,
      binaryType: "",
      send: () => undefined,
      close: (code?: number) => void closes.push(code),
      addEventListener: (type: string, listener: (event: never) => void) =>
        void listeners.set(type, [...(listeners.get(type) ?? []), listener]),
    },
  };
}

describe("a WebSocket link", () => {
  it("closes on bytes that are no frame, on text and on frames above its limit", () => {
    for (const [data, code] of [
      [new Uint8Array([1, 2, 3]).buffer, 4400],
      ["hello", 4400],
      [encodeFrame({ t: "ok" }).buffer, 4400],
      [new Uint8Array(2000).buffer, 1009],
    ] as const) {
      const { socket, closes, receive } = createSocket();
      createWebSocketLink(socket, { maxReceiveBytes: 1000 }).onFrame(() => expect.unreachable());
      receive(data);
      expect(closes).toEqual([code]);
    }
  });

  it("refuses to send what is larger than its limit, and the call says so", async () => {
    const { socket } = createSocket();
    const link = createWebSocketLink(socket, { maxSendBytes: 500 });
    const client = createClient<Record<"x", never>>(link, { role: "app", app: "1", heartbeat: { everyMs: 0 } });
    const call = client.call as (name: string, input: unknown) => Promise<unknown>;
    await expect(call("x", { text: "y".repeat(600) })).rejects.toMatchObject({ code: "RPC_TOO_LARGE" });
  });
});

describe("a served link under fuzzing", () => {
  it("answers or ends on any sequence of well-formed frames, and never throws", () => {
    const frame = fc.oneof(
      fc.record({
        t: fc.constantFrom("call", "open"),
        id: fc.integer({ min: 1, max: 3 }),
        method: fc.string(),
        input: fc.jsonValue(),
        credit: fc.integer({ min: 1, max: 1e9 }),
      }),
      fc.record({ t: fc.constantFrom("cancel", "end", "ok"), id: fc.integer({ min: 1, max: 3 }) }),
      fc.record({
        t: fc.constant("credit"),
        id: fc.integer({ min: 1, max: 3 }),
        count: fc.integer({ min: 1, max: 1e9 }),
      }),
      fc.constant({ t: "hello", protocol: 1, app: "x", role: "app" }),
      fc.record({ t: fc.constantFrom("ping", "pong") }),
    );
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 20 }), (frames) => {
        let receive: (value: never) => void = () => undefined;
        const link: Link = {
          send: () => "sent",
          onFrame: (listener) => {
            receive = listener as never;
          },
          onClose: () => undefined,
          close: () => undefined,
        };
        serveLink({ contract: {}, handlers: {}, link, roles: ["app"], app: "1", heartbeat: { everyMs: 0 } });
        for (const value of frames) if (isFrame(value)) receive(value as never);
      }),
    );
  });
});
