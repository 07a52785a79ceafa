import { type Clock, err, type Instant, ok } from "@ecolocal/core/shared";
import type { OpenTransport, Transport, TransportFailure, TransportListener } from "../transport/index.ts";
import type { PushedMessage } from "./push-body.ts";

export const PUSH_PREFIX = "push:";

/** A device that has posted something. */
export interface PushedDevice {
  readonly deviceId: string;
  /** Port name under which it can be added as a sensor: `push:esp8266-1234567`. */
  readonly port: string;
  /** The driver that reads it. */
  readonly driverId: "airrohr" | "lines";
  readonly lastAt: Instant;
  readonly messages: number;
  /** Whether a sensor reads it. */
  readonly read: boolean;
  /** What it posted last, to choose a mapping by. */
  readonly lastLine: string;
}

/** Hands posts to the sensors they belong to, and remembers who posted for those who want to add one. */
export interface PushHub {
  /** The way to devices that post: `push:<device id>`. */
  readonly transport: Transport;
  /** Tells whether a sensor received it. */
  deliver(message: PushedMessage): boolean;
  /** Who posted lately, newest first. */
  devices(): PushedDevice[];
}

/** Strangers may post anything with the token; so many of them are remembered. */
const MAX_DEVICES = 200;

interface Known {
  readonly message: PushedMessage;
  readonly at: Instant;
  readonly messages: number;
}

export function createPushHub(clock: Clock): PushHub {
  const listeners = new Map<string, Set<TransportListener>>();
  const known = new Map<string, Known>();
  const encoder = new TextEncoder();

  const remember = (message: PushedMessage): void => {
    const messages = (known.get(message.deviceId)?.messages ?? 0) + 1;
    known.delete(message.deviceId);
    known.set(message.deviceId, { message, at: clock.now(), messages });
    const [oldest] = known.keys();
    if (known.size > MAX_DEVICES && oldest !== undefined) known.delete(oldest);
  };

  return {
    transport: {
      isPresent: async () => true,
      async open({ path }, listener) {
        if (!path.startsWith(PUSH_PREFIX)) return err(noSuchWay(path));
        return ok(attach(listeners, path.slice(PUSH_PREFIX.length), listener));
      },
    },
    deliver(message) {
      remember(message);
      const readers = [...(listeners.get(message.deviceId) ?? [])];
      const bytes = encoder.encode(`${message.line}\n`);
      for (const reader of readers) reader.onData(bytes);
      return readers.length > 0;
    },
    devices: () =>
      [...known.values()].reverse().map(({ message, at, messages }) => ({
        deviceId: message.deviceId,
        port: `${PUSH_PREFIX}${message.deviceId}`,
        driverId: message.kind === "airrohr" ? "airrohr" : "lines",
        lastAt: at,
        messages,
        read: (listeners.get(message.deviceId)?.size ?? 0) > 0,
        lastLine: message.line,
      })),
  };
}

function attach(
  listeners: Map<string, Set<TransportListener>>,
  deviceId: string,
  listener: TransportListener,
): OpenTransport {
  const group = listeners.get(deviceId) ?? new Set();
  listeners.set(deviceId, group);
  group.add(listener);
  return {
    startsWhole: true,
    write: async () => err(readOnly(deviceId)),
    async close() {
      group.delete(listener);
      if (group.size === 0 && listeners.get(deviceId) === group) listeners.delete(deviceId);
    },
  };
}

function noSuchWay(path: string): TransportFailure {
  return {
    code: "SENSING_PORT_MISSING",
    op: "open port",
    subject: path,
    detail: `${path} is no device that posts.`,
    hint: "Write it as push:<device id>, for example push:esp8266-1234567.",
    retry: "after-change",
  };
}

function readOnly(deviceId: string): TransportFailure {
  return {
    code: "SENSING_PORT_WRITE_FAILED",
    op: "write port",
    subject: deviceId,
    detail: "A device that posts is only read.",
    retry: "never",
  };
}
