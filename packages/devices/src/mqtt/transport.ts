import { readFile, stat } from "node:fs/promises";
import { MAX_MESSAGE_LENGTH, writeMessageLine } from "@ecolocal/core/sensing";
import { err, ok, type Result } from "@ecolocal/core/shared";
import type { IClientOptions, MqttClient } from "mqtt";
import type {
  OpenTransport,
  Transport,
  TransportFailure,
  TransportFailureCode,
  TransportListener,
} from "../transport/index.ts";
import { type MqttAddress, parseMqttAddress } from "./address.ts";

const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_S = 30;

/**
 * Subscribes to topics of an MQTT broker (3.1.1 and 5) and hands every message on as one line for the `mqtt` driver.
 *
 * The session above reconnects for ever; this way opens once and says when it is lost. Credentials come from a file
 * that only its owner may read. Messages longer than 64 KiB are passed over, and so are bytes that are no UTF-8.
 */
export const mqttTransport: Transport = {
  async open({ path }, listener) {
    const address = parseMqttAddress(path);
    if (address === null) return err(mqttFailure("SENSING_PORT_MISSING", path, "this is no broker with a topic"));
    const options = await readOptions(address, path);
    if (!options.ok) return options;
    return connectAndSubscribe(path, address, options.value, listener);
  },
  isPresent: async () => true,
};

async function readOptions(address: MqttAddress, path: string): Promise<Result<IClientOptions, TransportFailure>> {
  const credentials = await readSecret(address.credentialsFile, path);
  if (!credentials.ok) return credentials;
  const ca = await readWhole(address.caFile, path);
  if (!ca.ok) return ca;
  const [username = "", password = ""] = credentials.value?.split(/\r?\n/) ?? [];
  return ok({
    keepalive: KEEP_ALIVE_S,
    connectTimeout: CONNECT_TIMEOUT_MS,
    reconnectPeriod: 0,
    clean: true,
    ...(address.clientId === null ? {} : { clientId: address.clientId }),
    ...(username === "" ? {} : { username, password }),
    ...(ca.value === null ? {} : { ca: ca.value }),
  });
}

async function readSecret(file: string | null, path: string): Promise<Result<string | null, TransportFailure>> {
  const facts = file === null ? null : await stat(file).catch(() => null);
  // Windows has no such bits.
  if (facts !== null && process.platform !== "win32" && (facts.mode & 0o077) !== 0) {
    return err(mqttFailure("SENSING_PORT_DENIED", path, `other users may read ${file}; run chmod 600 on it`));
  }
  return readWhole(file, path);
}

async function readWhole(file: string | null, path: string): Promise<Result<string | null, TransportFailure>> {
  if (file === null) return ok(null);
  try {
    return ok(await readFile(file, "utf8"));
  } catch {
    return err(mqttFailure("SENSING_PORT_DENIED", path, `the file ${file} cannot be read`));
  }
}

async function connectAndSubscribe(
  path: string,
  { broker, topics }: MqttAddress,
  options: IClientOptions,
  listener: TransportListener,
): Promise<Result<OpenTransport, TransportFailure>> {
  const { connect } = await import("mqtt");
  // By its parts: given a whole address the package takes it apart with a function that Node warns of.
  const { protocol, hostname, port } = new URL(broker);
  const host = hostname.replace(/^\[|\]$/g, "");
  const client = connect({ ...options, protocol: protocol === "mqtts:" ? "mqtts" : "mqtt", host, port: Number(port) });
  const link = linkClient(client, path, listener);
  const refused = await connected(client);
  if (refused !== null) {
    await link.close();
    return err(mqttFailure(refused.code, path, refused.message));
  }
  const problem = await subscribe(client, topics);
  if (problem !== null) {
    await link.close();
    return err(mqttFailure("SENSING_PORT_DENIED", path, problem));
  }
  return ok(link);
}

function connected(
  client: MqttClient,
): Promise<{ readonly code: TransportFailureCode; readonly message: string } | null> {
  return new Promise((resolve) => {
    const refuse = (code: TransportFailureCode, message: string): void => resolve({ code, message });
    const timer = setTimeout(() => refuse("SENSING_PORT_MISSING", "no answer within 10 seconds"), CONNECT_TIMEOUT_MS);
    client.once("connect", () => {
      clearTimeout(timer);
      resolve(null);
    });
    client.once("error", (error: Error & { readonly code?: string | number }) => {
      clearTimeout(timer);
      refuse(
        isRefusal(error.code) ? "SENSING_PORT_DENIED" : "SENSING_PORT_MISSING",
        error.message || String(error.code),
      );
    });
    client.once("close", () => {
      clearTimeout(timer);
      refuse("SENSING_PORT_MISSING", "the broker hung up");
    });
  });
}

/** Bad user name or password, not authorised. Source: MQTT 3.1.1 §3.2.2.3 (4, 5), MQTT 5 §3.2.2.2 (134, 135). */
function isRefusal(code: string | number | undefined): boolean {
  return code === 4 || code === 5 || code === 134 || code === 135;
}

async function subscribe(client: MqttClient, topics: readonly string[]): Promise<string | null> {
  for (const topic of topics) {
    const problem = await new Promise<string | null>((resolve) => {
      client.subscribe(topic, { qos: 1 }, (error, granted) => {
        const isRefused = granted?.some(({ qos }) => (qos as number) >= 128) === true;
        resolve(error?.message ?? (isRefused ? `the broker does not allow to read ${topic}` : null));
      });
    });
    if (problem !== null) return problem;
  }
  return null;
}

function linkClient(client: MqttClient, path: string, listener: TransportListener): OpenTransport {
  let over = false;
  let isOpen = false;
  client.on("connect", () => {
    isOpen = true;
  });
  client.on("message", (topic, payload) => {
    const line = over ? null : toLine(topic, payload);
    if (line !== null) listener.onData(line);
  });
  const lose = (message: string): void => {
    if (over || !isOpen) return;
    over = true;
    client.end(true);
    listener.onClosed(mqttFailure("SENSING_PORT_LOST", path, message));
  };
  client.on("error", (error) => lose(error.message));
  client.on("close", () => lose("the connection to the broker closed"));
  return {
    startsWhole: true,
    write: async () => err(mqttFailure("SENSING_PORT_WRITE_FAILED", path, "messages are only read")),
    async close() {
      over = true;
      await client.endAsync(true).catch(() => undefined);
    },
  };
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });
const encoder = new TextEncoder();

function toLine(topic: string, payload: Uint8Array): Uint8Array | null {
  if (payload.length > MAX_MESSAGE_LENGTH) return null;
  try {
    return encoder.encode(writeMessageLine(topic, strictUtf8.decode(payload)));
  } catch {
    return null;
  }
}

const HINTS: Readonly<Partial<Record<TransportFailureCode, string>>> = {
  SENSING_PORT_MISSING: "Write it as mqtt://host/topic, and check that the broker runs and can be reached from here.",
  SENSING_PORT_DENIED: "Check user name and password in the credentials file, and what this user may read.",
  SENSING_PORT_LOST: "Reading goes on by itself when the broker is back.",
};

function mqttFailure(code: TransportFailureCode, path: string, message: string): TransportFailure {
  const hint = HINTS[code];
  return {
    code,
    op: code === "SENSING_PORT_LOST" ? "read port" : "open port",
    subject: path,
    detail: `The broker of ${path} cannot be read: ${message}.`,
    ...(hint === undefined ? {} : { hint }),
    retry: "backoff",
  };
}
