import { driverById } from "@ecolocal/core/sensing";
import { type Clock, createRandom, err, type Failure, ok, type Result } from "@ecolocal/core/shared";

export interface PretendedPortOptions {
  readonly driverId: string;
  readonly seed: number;
  /** Time between frames; the device's own when absent. */
  readonly intervalMs?: number;
  /** Chance of each kind of fault per frame, 0 to 1. */
  readonly faults: Readonly<Record<string, number>>;
}

/** A serial port of this computer behind which a pretended device speaks. */
export interface PretendedPort {
  /** To be opened as a serial port. */
  readonly path: string;
  readonly framesSent: number;
  /** Unplugs the device for good. */
  remove(): Promise<void>;
}

/** The kinds of faults that a pretended device can have. */
export async function listFaults(): Promise<readonly string[]> {
  return (await import("@ecolocal/devices/simulator")).FAULT_KINDS;
}

/**
 * Makes a port (Linux, macOS; needs socat) and lets a device speak on it until it is removed.
 * `SENSING_PTY_UNAVAILABLE` without socat, `SENSING_DRIVER_NOT_SIMULATED` for drivers without a pretended device.
 */
export async function pretendPort(
  { driverId, seed, intervalMs, faults }: PretendedPortOptions,
  clock: Clock,
): Promise<Result<PretendedPort, Failure>> {
  const { createPtyPair, createSimulator, ptySink } = await import("@ecolocal/devices/simulator");
  const driver = driverById(driverId);
  if (driver === undefined) return err(unknown(driverId));
  const pair = await createPtyPair();
  if (!pair.ok) return pair;
  const made = createSimulator({
    driver,
    clock,
    faults,
    random: createRandom(seed),
    sink: ptySink(pair.value),
    ...(intervalMs === undefined ? {} : { intervalMs }),
  });
  if (!made.ok) {
    await pair.value.remove();
    return made;
  }
  const simulator = made.value;
  simulator.start();
  return ok({
    path: pair.value.device,
    get framesSent() {
      return simulator.framesSent;
    },
    async remove() {
      simulator.stop();
      await pair.value.remove();
    },
  });
}

function unknown(driverId: string): Failure<"SENSING_DRIVER_UNKNOWN"> {
  return {
    code: "SENSING_DRIVER_UNKNOWN",
    op: "simulate",
    subject: driverId,
    detail: `There is no driver "${driverId}".`,
    retry: "after-change",
  };
}
