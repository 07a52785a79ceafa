import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { MQTT_DRIVER } from "@ecolocal/core/sensing";
import mqtt from "mqtt";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSession, type DeviceSession, type SessionEvents } from "../src/session/index.ts";
import { pathTransport } from "../src/transport/index.ts";
import { until } from "./until.ts";

/** Debian keeps servers where only administrators look. */
const BROKER = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto", "mosquitto"].find((path) => {
  try {
    execFileSync(path, ["-h"], { stdio: "ignore" });
    return true;
  } catch (error) {
    // It prints its help and ends with 3.
    return (error as { readonly status?: number | null }).status === 3;
  }
});

let folder: string;
let broker: ChildProcess | null = null;
let port: number;
const sessions: DeviceSession[] = [];

beforeEach(async (context) => {
  if (BROKER === undefined) context.skip("mosquitto is not installed");
  folder = await mkdtemp(join(tmpdir(), "ecolocal-mqtt-"));
  port = await freePort();
  await startBroker("allow_anonymous true");
});

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.stop()));
  await stopBroker();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}

/** A broker of our own on a free port, with its configuration in a scratch folder, which only we may enter. */
async function startBroker(...lines: readonly string[]): Promise<void> {
  const file = join(folder, "mosquitto.conf");
  await writeFile(
    file,
    [`user ${userInfo().username}`, `listener ${port} 127.0.0.1`, "persistence false", ...lines, ""].join("\n"),
  );
  broker = spawn(BROKER ?? "", ["-c", file], { stdio: "ignore" });
  await until(() => canConnect(port), "the broker answers");
}

async function stopBroker(): Promise<void> {
  if (broker === null || broker.exitCode !== null) return;
  const ended = once(broker, "exit");
  broker.kill("SIGTERM");
  await ended;
  broker = null;
}

function canConnect(at: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(at, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

async function publish(
  messages: readonly (readonly [topic: string, payload: string, retain?: boolean])[],
): Promise<void> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`);
  for (const [topic, payload, retain = false] of messages)
    await client.publishAsync(topic, payload, { qos: 1, retain });
  await client.endAsync();
}

function read(path: string, options: { readonly mapping?: readonly never[] } = {}) {
  const session = createSession({
    driver: MQTT_DRIVER,
    path,
    transport: pathTransport,
    clock: { now: () => Date.now() },
    decoderOptions: options,
  });
  const frames: SessionEvents["frame"]["frame"][] = [];
  session.on("frame", ({ frame }) => frames.push(frame));
  sessions.push(session);
  session.start();
  return { session, frames };
}

const CONFIG = JSON.stringify({
  state_topic: "room/state",
  device_class: "carbon_dioxide",
  unit_of_measurement: "ppm",
  value_template: "{{ value_json.co2 }}",
  unique_id: "room_co2",
});

describe("sensors behind a real broker", () => {
  test("are read without any mapping when they announced themselves, retained announcements included", async () => {
    await publish([["homeassistant/sensor/room/co2/config", CONFIG, true]]);
    const { session, frames } = read(`mqtt://127.0.0.1:${port}/room/state?topic=homeassistant`);
    await until(() => session.state.name === "listening", "the subscription stands");
    await publish([["room/state", '{"co2": 640}']]);
    await until(() => frames.length === 1, "the value is there");
    expect(frames[0]?.readings).toMatchObject([{ quantity: "co2", value: 640, channel: "room_co2" }]);
    expect(session.counters.framesBad).toBe(0);
  });

  test("are read again when the broker comes back after a while", async () => {
    const { session, frames } = read(`mqtt://127.0.0.1:${port}/a/#`);
    await until(() => session.state.name === "listening", "the subscription stands");
    await stopBroker();
    await until(() => session.state.name === "waiting", "the loss is noticed");
    expect(session.state).toMatchObject({ failure: { code: expect.stringMatching(/^SENSING_PORT_(LOST|MISSING)$/) } });
    await startBroker("allow_anonymous true");
    session.retryNow();
    await until(() => session.state.name === "listening" || session.state.name === "reading", "it is back");
    await publish([["a/b", "1"]]);
    await until(() => frames.length === 1, "messages come again");
  });

  test("with a password are read with the one from a file, and say when it is wrong", async () => {
    await stopBroker();
    const passwords = join(folder, "passwords");
    await writeFile(passwords, "");
    execFileSync("mosquitto_passwd", ["-b", passwords, "reader", "geheim"], { stdio: "ignore" });
    await chmod(passwords, 0o644);
    await startBroker("allow_anonymous false", `password_file ${passwords}`);
    const secret = join(folder, "credentials");
    await writeFile(secret, "reader\nwrong\n", { mode: 0o600 });
    const { session } = read(`mqtt://127.0.0.1:${port}/a?credentials=${encodeURIComponent(secret)}`);
    await until(() => session.state.name === "waiting", "the refusal is there");
    expect(session.state).toMatchObject({ failure: { code: "SENSING_PORT_DENIED" } });
    expect(JSON.stringify(session.state)).not.toContain("wrong");
    await writeFile(secret, "reader\ngeheim\n", { mode: 0o600 });
    session.retryNow();
    await until(() => session.state.name === "listening", "the right password lets in");
  });

  test("are not asked for with a password that others can read", async () => {
    const secret = join(folder, "open");
    await writeFile(secret, "reader\ngeheim\n", { mode: 0o644 });
    const { session } = read(`mqtt://127.0.0.1:${port}/a?credentials=${encodeURIComponent(secret)}`);
    await until(() => session.state.name === "waiting", "it is refused");
    expect(session.state).toMatchObject({ failure: { detail: expect.stringContaining("chmod 600") } });
  });

  test("over TLS are read when the authority is the one we trust, and not otherwise", async (context) => {
    const files = makeCertificate();
    if (files === null) context.skip("openssl is not installed");
    await stopBroker();
    await startBroker("allow_anonymous true", `certfile ${files?.cert}`, `keyfile ${files?.key}`);
    const trusting = read(`mqtts://localhost:${port}/a?ca=${encodeURIComponent(files?.cert ?? "")}`);
    await until(() => trusting.session.state.name === "listening", "the subscription stands");
    const doubting = read(`mqtts://localhost:${port}/a`);
    await until(() => doubting.session.state.name === "waiting", "the certificate is refused");
    expect(doubting.session.state).toMatchObject({ failure: { detail: expect.stringMatching(/certificate/i) } });
  });

  test("send bytes that are no text without harm", async () => {
    const { session, frames } = read(`mqtt://127.0.0.1:${port}/a`);
    await until(() => session.state.name === "listening", "the subscription stands");
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`);
    await client.publishAsync("a", Buffer.from([0xff, 0xfe, 0x00]), { qos: 1 });
    await client.publishAsync("a", "21.5", { qos: 1 });
    await client.endAsync();
    await until(() => frames.length === 1, "the text is there");
    expect(frames[0]?.raw).toEqual({ topic: "a", value: 21.5 });
  });
});

function makeCertificate(): { readonly key: string; readonly cert: string } | null {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  try {
    execFileSync(
      "openssl",
      ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", cert, ...subject],
      {
        stdio: "ignore",
      },
    );
    return { key, cert };
  } catch {
    return null;
  }
}
