import type { Writable } from "node:stream";
import { type Scheduler, systemScheduler } from "../time/index.ts";
import type { PtyPair } from "./pty-pair.ts";
import type { SimulatorSink } from "./simulator.ts";

/** Sends simulated bytes to a stream: standard output, a file, a named pipe. */
export function streamSink(stream: Writable): SimulatorSink {
  return {
    write: (bytes) => {
      stream.write(bytes);
    },
  };
}

/**
 * Sends simulated bytes to a pseudo-terminal, which can be unplugged. Bytes sent while it is away are lost; writes keep
 * their order.
 */
export function ptySink(pair: PtyPair, scheduler: Scheduler = systemScheduler): SimulatorSink {
  let away = false;
  let queue = Promise.resolve();
  const enqueue = (task: () => Promise<unknown>): void => {
    queue = queue.then(task).then(
      () => undefined,
      () => undefined,
    );
  };
  return {
    write(bytes) {
      if (!away) enqueue(() => pair.send(bytes));
    },
    unplug(durationMs) {
      if (away) return;
      away = true;
      enqueue(() => pair.unplug());
      scheduler.after(durationMs, () => {
        enqueue(async () => {
          await pair.plugIn();
          away = false;
        });
      });
    },
  };
}
