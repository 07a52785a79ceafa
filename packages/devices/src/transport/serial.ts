import { stat } from "node:fs/promises";
import { isMainThread } from "node:worker_threads";
import { err, ok, type Result } from "@ecolocal/core/shared";
import type { SerialPort } from "serialport";
import { watchDevice } from "./device-watch.ts";
import { describeOpenFailure, lostFailure } from "./serial-failure.ts";
import type { OpenTransport, Transport, TransportFailure, TransportListener, TransportTarget } from "./transport.ts";

/** Bluetooth ports and broken drivers can keep an opening waiting for ever. */
const OPEN_TIMEOUT_MS = 20_000;
const TOO_SLOW = { message: "the system did not open it in time" } as const;
const WRITE_TIMEOUT_MS = 2000;
const CLOSE_TIMEOUT_MS = 2000;

/**
 * Serial ports through the `serialport` package, which is loaded on the first opening.
 *
 * Must run on the main thread of a process: in a worker thread ports open and no data ever arrives.
 */
export const serialTransport: Transport = {
  async open(target, listener) {
    if (!isMainThread) throw new TypeError("Open serial ports on the main thread: a worker thread receives no data.");
    const { SerialPort } = await import("serialport");
    const port = new SerialPort({
      path: target.path,
      baudRate: target.serial.baudRate,
      dataBits: target.serial.dataBits,
      parity: target.serial.parity,
      stopBits: target.serial.stopBits,
      autoOpen: false,
    });
    const link = linkPort(port, target, listener);
    const opening = new Promise<Error | null>((resolve) => port.open(resolve));
    const refusal = await within(OPEN_TIMEOUT_MS, opening, TOO_SLOW);
    if (refusal === TOO_SLOW) closeWhenOpen(port, opening);
    if (refusal) return err(await describeOpenFailure(target.path, refusal.message));
    if (target.raiseLines !== false) await raiseLines(port);
    await link.watch();
    return ok(link);
  },
  isPresent: portExists,
};

function closeWhenOpen(port: SerialPort, opening: Promise<Error | null>): void {
  opening.then(
    () => port.close(() => undefined),
    () => undefined,
  );
}

/** Windows has no files for ports; there the list of ports tells. */
async function portExists(path: string): Promise<boolean> {
  if (process.platform !== "win32") {
    return stat(path).then(
      () => true,
      () => false,
    );
  }
  const { SerialPort } = await import("serialport");
  const ports = await SerialPort.list().catch(() => []);
  return ports.some((port) => port.path === path);
}

/** Connects the port's events to the listener before it opens: without a data listener a lost port goes unnoticed. */
function linkPort(
  port: SerialPort,
  target: TransportTarget,
  listener: TransportListener,
): OpenTransport & { watch(): Promise<void> } {
  let over = false;
  let stopWatching = (): void => undefined;
  const lose = (message: string): void => {
    if (over) return;
    over = true;
    stopWatching();
    listener.onClosed(lostFailure(target.path, message));
  };
  port.on("data", (chunk: Uint8Array) => {
    if (!over) listener.onData(chunk);
  });
  port.on("error", (error) => lose(error.message));
  port.on("close", (error?: Error | null) => lose(error?.message ?? "closed by the system"));
  return {
    write: (bytes, timeoutMs = WRITE_TIMEOUT_MS) => writeBytes(port, target.path, bytes, timeoutMs),
    changeSpeed: (baudRate) => changeSpeed(port, target.path, baudRate),
    async watch() {
      stopWatching = await watchDevice(target.path, () => lose("the device is gone"));
      if (over) stopWatching();
    },
    async close() {
      over = true;
      stopWatching();
      if (!port.isOpen) return;
      await within(CLOSE_TIMEOUT_MS, new Promise<void>((resolve) => port.close(() => resolve())));
    },
  };
}

/** Pseudo-terminals and some adapters have no modem lines: that is no reason not to read them. */
function raiseLines(port: SerialPort): Promise<void> {
  return new Promise((resolve) => port.set({ dtr: true, rts: true }, () => resolve()));
}

async function writeBytes(
  port: SerialPort,
  path: string,
  bytes: Uint8Array,
  timeoutMs: number,
): Promise<Result<void, TransportFailure>> {
  if (!port.isOpen) return err(writeFailure(path, "the port is closed"));
  const sent = new Promise<string | null>((resolve) => {
    port.write(bytes, undefined, (error) => resolve(error ? error.message : null));
  });
  const problem = await within(timeoutMs, sent, `nothing was taken within ${timeoutMs} ms`);
  return problem ? err(writeFailure(path, problem)) : ok(undefined);
}

async function changeSpeed(port: SerialPort, path: string, baudRate: number): Promise<Result<void, TransportFailure>> {
  if (!port.isOpen) return err(writeFailure(path, "the port is closed"));
  const changed = new Promise<string | null>((resolve) => {
    port.drain((unsent) => {
      if (unsent) resolve(unsent.message);
      else port.update({ baudRate }, (refused) => resolve(refused ? refused.message : null));
    });
  });
  const problem = await within(WRITE_TIMEOUT_MS, changed, `the speed did not change within ${WRITE_TIMEOUT_MS} ms`);
  return problem ? err(writeFailure(path, problem)) : ok(undefined);
}

function writeFailure(path: string, detail: string): TransportFailure {
  return {
    code: "SENSING_PORT_WRITE_FAILED",
    op: "write port",
    subject: path,
    detail: `The command could not be sent: ${detail}.`,
    retry: "backoff",
  };
}

/** Waits for `work`, but no longer than `limitMs`; then `late` stands in for its outcome. */
async function within<T, L>(limitMs: number, work: Promise<T>, late?: L): Promise<T | L | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<L | undefined>((resolve) => {
    timer = setTimeout(() => resolve(late), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
