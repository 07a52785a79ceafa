import { request as httpRequest } from "node:http";
import { AIRROHR_DRIVER, LINES_DRIVER, type LineMapping } from "@ecolocal/core/sensing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { until } from "../../test/until.ts";
import { createSession, type DeviceSession, type SessionEvents } from "../session/index.ts";
import { createManualTime } from "../time/index.ts";
import { openPushEndpoint, type PushEndpoint } from "./push-endpoint.ts";
import { createPushHub, type PushHub } from "./push-hub.ts";

const TOKEN = "sesame-sesame-42";
const time = createManualTime(1_700_000_000_000);
let hub: PushHub;
let endpoint: PushEndpoint;
const sessions: DeviceSession[] = [];

beforeEach(async () => {
  hub = createPushHub(time);
  const opened = await openPushEndpoint({ hub, clock: time, token: TOKEN, port: 0 });
  if (!opened.ok) throw new TypeError(opened.error.detail);
  endpoint = opened.value;
});

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.stop()));
  await endpoint.close();
});

interface Post {
  readonly path?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

const BEARER = { authorization: `Bearer ${TOKEN}` };

/** Node's own client, because fetch does not let a Host header be set. */
function post({ path = "/push", body = AIRROHR, headers = BEARER, method = "POST" }: Post = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port: endpoint.port, host: "127.0.0.1", path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on("error", reject);
    request.end(method === "GET" ? undefined : body);
  });
}

// Synthetic, in the form that airRohr firmwares post to an "own API".
const AIRROHR = JSON.stringify({
  esp8266id: "1234567",
  software_version: "NRZ-2020-133",
  sensordatavalues: [
    { value_type: "SDS_P1", value: "21.40" },
    { value_type: "SDS_P2", value: "12.30" },
    { value_type: "BME280_pressure", value: "101325.00" },
  ],
});

function read(driver: typeof AIRROHR_DRIVER, port: string, mapping: readonly LineMapping[] = []) {
  const session = createSession({
    driver,
    path: port,
    transport: hub.transport,
    clock: time,
    scheduler: time,
    decoderOptions: { mapping },
  });
  const frames: SessionEvents["frame"]["frame"][] = [];
  session.on("frame", ({ frame }) => frames.push(frame));
  sessions.push(session);
  session.start();
  return { session, frames };
}

describe("endpoint for devices that post", () => {
  test("hands an airRohr node's post to the sensor that reads it", async () => {
    const { session, frames } = read(AIRROHR_DRIVER, "push:esp8266-1234567");
    await until(() => session.state.name === "listening", "the sensor listens");
    expect(await post()).toBe(200);
    expect(frames[0]?.readings.map(({ quantity, value }) => [quantity, value])).toEqual([
      ["pm10", 21.4],
      ["pm25", 12.3],
      ["pressure", 1013.25],
    ]);
  });

  test("hands a senseBox's post on, as a list or as an object, with a mapping by sensor id", async () => {
    const mapping: LineMapping[] = [{ key: "5b26181b1fef04001b69093c", quantity: "temperature", unit: "°C" }];
    const { session, frames } = read(LINES_DRIVER, "push:box1", mapping);
    await until(() => session.state.name === "listening", "the sensor listens");
    const headers = { authorization: TOKEN };
    const path = "/boxes/box1/data";
    const list = JSON.stringify([{ sensor: "5b26181b1fef04001b69093c", value: "21.5" }]);
    const object = JSON.stringify({ "5b26181b1fef04001b69093c": ["22", "2026-05-04T08:00:00Z"] });
    expect([await post({ path, headers, body: list }), await post({ path, headers, body: object })]).toEqual([
      201, 201,
    ]);
    expect(frames.flatMap(({ readings }) => readings.map(({ value }) => value))).toEqual([21.5, 22]);
  });

  test("remembers devices that nobody reads yet, so that they can be added", async () => {
    expect(await post()).toBe(202);
    expect(hub.devices()).toMatchObject([
      { port: "push:esp8266-1234567", driverId: "airrohr", messages: 1, read: false, lastAt: time.now() },
    ]);
  });

  test("takes the token as devices can send it, and no other", async () => {
    const basic = Buffer.from(`node:${TOKEN}`).toString("base64");
    expect(await post({ headers: { authorization: `Basic ${basic}` } })).toBe(202);
    expect(await post({ path: `/push/${TOKEN}`, headers: {} })).toBe(202);
    expect(await post({ headers: { authorization: TOKEN } })).toBe(202);
    expect(await post({ headers: {} })).toBe(401);
    expect(await post({ headers: { authorization: "Bearer sesame-sesame-43" } })).toBe(401);
    expect(await post({ path: "/push/nope", headers: {} })).toBe(401);
  });

  test("refuses what is no post for it", async () => {
    expect(await post({ path: "/" })).toBe(404);
    expect(await post({ method: "GET" })).toBe(405);
    expect(await post({ body: "no json" })).toBe(400);
    expect(await post({ body: '{"sensordatavalues": []}' })).toBe(400);
    expect(await post({ body: '{"sensordatavalues": [{"value_type":"T","value":1}]}' })).toBe(400);
    expect(await post({ body: `"${"x".repeat(40_000)}"` })).toBe(413);
    expect(hub.devices()).toEqual([]);
  });

  test("refuses pages of the web that point their own name at this computer", async () => {
    expect(await post({ headers: { ...BEARER, host: "evil.example.com" } })).toBe(421);
    for (const host of ["localhost:8080", "192.168.1.5", "pi.local", "[fd00::1]:80", "ecolocal"]) {
      expect(await post({ headers: { ...BEARER, host } })).toBe(202);
    }
  });

  test("takes sixty posts a minute from one address, and again a while later", async () => {
    for (let i = 0; i < 60; i++) expect(await post()).toBe(202);
    expect(await post()).toBe(429);
    time.advance(2000);
    expect(await post()).toBe(202);
    expect(endpoint.counts).toMatchObject({ 202: 61, 429: 1 });
  });

  test("does not open with a token that can be guessed, or on a port that is taken", async () => {
    expect(await openPushEndpoint({ hub, clock: time, token: "abc", port: 0 })).toMatchObject({
      error: { code: "SENSING_PUSH_TOKEN_WEAK" },
    });
    expect(await openPushEndpoint({ hub, clock: time, token: TOKEN, port: endpoint.port })).toMatchObject({
      error: { code: "SENSING_PUSH_PORT_TAKEN" },
    });
  });
});
