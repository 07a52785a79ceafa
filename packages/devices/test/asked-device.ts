import type { DeviceSimulator } from "@ecolocal/core/sensing";
import { type Clock, ok } from "@ecolocal/core/shared";
import type { Scheduler } from "../src/time/index.ts";
import type { Transport, TransportListener } from "../src/transport/index.ts";

/** A device on a line that answers after a moment, as its simulator does. */
export interface AskedDevice extends Transport {
  /** What was written, in hexadecimal. */
  readonly written: readonly string[];
  /** Speeds the line was set to, in order. */
  readonly speeds: readonly number[];
  /** Whether the line returns what was written. */
  echoes: boolean;
  /** Whether the device takes no notice. */
  deaf: boolean;
  /** Sends bytes by itself. */
  say(bytes: Uint8Array): void;
}

export interface AskedDeviceOptions {
  readonly device: Pick<DeviceSimulator, "answer">;
  readonly time: Clock & Scheduler;
  readonly answersAfterMs?: number;
}

export function createAskedDevice({ device, time, answersAfterMs = 20 }: AskedDeviceOptions): AskedDevice {
  const written: string[] = [];
  const speeds: number[] = [];
  let listener: TransportListener | null = null;
  const asked: AskedDevice = {
    written,
    speeds,
    echoes: false,
    deaf: false,
    say: (bytes) => listener?.onData(bytes),
    async open(target, opened) {
      listener = opened;
      speeds.push(target.serial.baudRate);
      return ok({
        async write(bytes) {
          written.push(Buffer.from(bytes).toString("hex"));
          if (asked.echoes) listener?.onData(bytes);
          const answer = asked.deaf ? null : device.answer?.(bytes, time.now());
          if (answer) time.after(answersAfterMs, () => listener?.onData(answer));
          return ok(undefined);
        },
        async changeSpeed(baudRate) {
          speeds.push(baudRate);
          return ok(undefined);
        },
        async close() {
          listener = null;
        },
      });
    },
  };
  return asked;
}
