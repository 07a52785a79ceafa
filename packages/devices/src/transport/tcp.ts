import { connect, type Socket } from "node:net";
import { err, ok, type Result } from "@ecolocal/core/shared";
import type {
  OpenTransport,
  Transport,
  TransportFailure,
  TransportFailureCode,
  TransportListener,
} from "./transport.ts";

/** A host and port behind `tcp://`. */
export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

const CONNECT_TIMEOUT_MS = 10_000;
const WRITE_TIMEOUT_MS = 2000;
/** A bridge that lost power says nothing; the system notices after about this long without any data. */
const KEEP_ALIVE_MS = 30_000;

/**
 * Serial bridges on the network (ser2net in raw mode, ESP bridges, P1 dongles): `tcp://host:port`.
 *
 * The line settings are the bridge's; those of the target are not sent. Reading works like on a serial port.
 */
export const tcpTransport: Transport = {
  async open({ path }, listener) {
    const address = parseTcpAddress(path);
    if (address === null) return err(tcpFailure("SENSING_PORT_MISSING", path, "this is no address"));
    return openSocket(path, address, listener);
  },
  isPresent: async () => true,
};

/** Reads `tcp://host:port`, `tcp://[::1]:port`; `null` when it is something else. */
export function parseTcpAddress(path: string): TcpAddress | null {
  const [, host = "", digits = ""] = /^tcp:\/\/(\[[0-9a-fA-F:.]+\]|[\w.-]+):(\d{1,5})\/?$/.exec(path) ?? [];
  const port = Number(digits);
  if (host === "" || port < 1 || port > 65_535) return null;
  return { host: host.replace(/^\[|\]$/g, ""), port };
}

function openSocket(
  path: string,
  address: TcpAddress,
  listener: TransportListener,
): Promise<Result<OpenTransport, TransportFailure>> {
  const socket = connect({ ...address, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS, noDelay: true });
  return new Promise((resolve) => {
    const refuse = (message: string, code?: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(err(tcpFailure(OPEN_CODES[code ?? ""] ?? "SENSING_PORT_FAILED", path, message)));
    };
    const onError = (error: NodeJS.ErrnoException): void => refuse(error.message, error.code);
    const timer = setTimeout(() => refuse("no answer within 10 seconds", "ETIMEDOUT"), CONNECT_TIMEOUT_MS);
    socket.once("error", onError);
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.off("error", onError);
      resolve(ok(linkSocket(socket, path, listener)));
    });
  });
}

function linkSocket(socket: Socket, path: string, listener: TransportListener): OpenTransport {
  let over = false;
  const lose = (message: string): void => {
    if (over) return;
    over = true;
    socket.destroy();
    listener.onClosed(tcpFailure("SENSING_PORT_LOST", path, message));
  };
  socket.on("data", (chunk) => {
    if (!over) listener.onData(chunk);
  });
  socket.on("error", (error) => lose(error.message));
  socket.on("end", () => lose("the bridge hung up"));
  socket.on("close", () => lose("the connection closed"));
  return {
    write: (bytes, timeoutMs = WRITE_TIMEOUT_MS) => writeBytes(socket, path, bytes, timeoutMs),
    async close() {
      over = true;
      socket.destroy();
    },
  };
}

function writeBytes(
  socket: Socket,
  path: string,
  bytes: Uint8Array,
  timeoutMs: number,
): Promise<Result<void, TransportFailure>> {
  return new Promise((resolve) => {
    const fail = (message: string): void => resolve(err(tcpFailure("SENSING_PORT_WRITE_FAILED", path, message)));
    if (!socket.writable) return fail("the connection is closed");
    const timer = setTimeout(() => fail(`nothing was taken within ${timeoutMs} ms`), timeoutMs);
    socket.write(bytes, (error) => {
      clearTimeout(timer);
      if (error) fail(error.message);
      else resolve(ok(undefined));
    });
  });
}

const OPEN_CODES: Readonly<Record<string, TransportFailureCode>> = {
  ECONNREFUSED: "SENSING_PORT_MISSING",
  ENOTFOUND: "SENSING_PORT_MISSING",
  EAI_AGAIN: "SENSING_PORT_MISSING",
  EHOSTUNREACH: "SENSING_PORT_MISSING",
  ENETUNREACH: "SENSING_PORT_MISSING",
  ETIMEDOUT: "SENSING_PORT_MISSING",
};

const HINTS: Readonly<Partial<Record<TransportFailureCode, string>>> = {
  SENSING_PORT_MISSING:
    "Write the address as tcp://host:port, and check that the bridge (for example ser2net) runs and lets this computer in.",
  SENSING_PORT_LOST: "Reading goes on by itself when the bridge is back; ser2net lets in one reader at a time.",
};

function tcpFailure(code: TransportFailureCode, path: string, message: string): TransportFailure {
  const hint = HINTS[code];
  return {
    code,
    op: code === "SENSING_PORT_LOST" ? "read port" : "open port",
    subject: path,
    detail: `The serial bridge ${path} cannot be reached: ${message}.`,
    ...(hint === undefined ? {} : { hint }),
    retry: "backoff",
  };
}
