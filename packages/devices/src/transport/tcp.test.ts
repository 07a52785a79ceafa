import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { until } from "../../test/until.ts";
import { parseTcpAddress, tcpTransport } from "./tcp.ts";
import type { OpenTransport, TransportFailure } from "./transport.ts";

const SERIAL = { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 } as const;

let bridge: Server;
let path: string;
const callers: Socket[] = [];

beforeEach(async () => {
  bridge = createServer((socket) => {
    socket.on("error", () => undefined);
    callers.push(socket);
  });
  bridge.listen(0, "127.0.0.1");
  await once(bridge, "listening");
  path = `tcp://127.0.0.1:${(bridge.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const socket of callers.splice(0)) socket.destroy();
  await new Promise((resolve) => bridge.close(resolve));
});

async function open(): Promise<{ link: OpenTransport; heard: number[]; closed: TransportFailure[] }> {
  const heard: number[] = [];
  const closed: TransportFailure[] = [];
  const opened = await tcpTransport.open(
    { path, serial: SERIAL },
    { onData: (chunk) => heard.push(...chunk), onClosed: (failure) => closed.push(failure) },
  );
  if (!opened.ok) throw new TypeError(opened.error.detail);
  await until(() => callers.length > 0, "the bridge sees the reader");
  return { link: opened.value, heard, closed };
}

describe("serial bridge on the network", () => {
  test("passes bytes both ways", async () => {
    const { link, heard } = await open();
    callers[0]?.write(Uint8Array.of(0xaa, 0xc0));
    await until(() => heard.length === 2, "the bytes are there");
    expect(heard).toEqual([0xaa, 0xc0]);
    const asked: number[] = [];
    callers[0]?.on("data", (chunk) => asked.push(...chunk));
    expect(await link.write(Uint8Array.of(1, 2, 3))).toEqual({ ok: true, value: undefined });
    await until(() => asked.length === 3, "the question arrived");
    await link.close();
    await link.close();
    expect(await link.write(Uint8Array.of(1))).toMatchObject({ error: { code: "SENSING_PORT_WRITE_FAILED" } });
  });

  test("says once that the bridge hung up", async () => {
    const { closed } = await open();
    callers[0]?.destroy();
    await until(() => closed.length > 0, "the loss is noticed");
    expect(closed).toMatchObject([{ code: "SENSING_PORT_LOST", retry: "backoff" }]);
  });

  test("says nothing after it was closed", async () => {
    const { link, closed } = await open();
    await link.close();
    await until(() => callers[0]?.destroyed === true || callers[0]?.readableEnded === true, "the bridge sees it");
    expect(closed).toEqual([]);
  });

  test("says that no bridge answers, and how addresses are written", async () => {
    await new Promise((resolve) => bridge.close(resolve));
    const listener = { onData: () => undefined, onClosed: () => undefined };
    const refused = await tcpTransport.open({ path, serial: SERIAL }, listener);
    expect(refused).toMatchObject({
      error: { code: "SENSING_PORT_MISSING", hint: expect.stringContaining("ser2net") },
    });
    expect(await tcpTransport.open({ path: "tcp://nowhere", serial: SERIAL }, listener)).toMatchObject({ ok: false });
    bridge.listen(0, "127.0.0.1");
    await once(bridge, "listening");
  });

  test("reads addresses by name, number and in version 6", () => {
    expect(parseTcpAddress("tcp://bridge.local:3333")).toEqual({ host: "bridge.local", port: 3333 });
    expect(parseTcpAddress("tcp://[fe80::1]:23")).toEqual({ host: "fe80::1", port: 23 });
    for (const text of ["tcp://host", "tcp://host:99999", "tcp://:1", "http://host:1", "/dev/ttyUSB0"]) {
      expect(parseTcpAddress(text)).toBeNull();
    }
  });
});
