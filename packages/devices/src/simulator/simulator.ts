import { createDeviceSimulator, type DriverSpec, type LineStyle } from "@ecolocal/core/sensing";
import { type Clock, err, type Failure, ok, type Random, type Result } from "@ecolocal/core/shared";
import { type Scheduler, systemScheduler } from "../time/index.ts";
import { applyFaults, type FaultRates } from "./faults.ts";

/** Where a simulated device's bytes go. */
export interface SimulatorSink {
  write(bytes: Uint8Array): void;
  /** Takes the device away for a while; sinks that cannot be unplugged leave it out. */
  unplug?(durationMs: number): void;
}

export interface SimulatorOptions {
  readonly driver: DriverSpec;
  readonly sink: SimulatorSink;
  readonly random: Random;
  readonly clock: Clock;
  /** Real timers by default. */
  readonly scheduler?: Scheduler;
  /** Time between frames; the driver's expected interval by default. */
  readonly intervalMs?: number;
  /** Chance of each fault per frame, 0 to 1. None by default. */
  readonly faults?: FaultRates;
  readonly lineStyle?: LineStyle;
  readonly identity?: string;
}

/** A simulated device that speaks by itself. */
export interface Simulator {
  readonly framesSent: number;
  start(): void;
  /** Tells the device something; devices that speak by themselves may obey and answer. */
  hear(request: Uint8Array): void;
  stop(): void;
}

/** Creates a device that sends what a real one of that driver would, byte for byte, with faults on request. */
export function createSimulator(options: SimulatorOptions): Result<Simulator, Failure<"SENSING_DRIVER_NOT_SIMULATED">> {
  const { driver, random, lineStyle, identity, clock, sink, faults = {} } = options;
  const device = createDeviceSimulator(driver.id, {
    random,
    ...(lineStyle === undefined ? {} : { lineStyle }),
    ...(identity === undefined ? {} : { identity }),
  });
  if (device === undefined) return err(notSimulated(driver));
  const { scheduler = systemScheduler, intervalMs = driver.expectedIntervalMs } = options;
  let cancel: (() => void) | null = null;
  let framesSent = 0;
  const speak = (): void => {
    framesSent += 1;
    const { pieces, pauseMs, unplugMs } = applyFaults(device.frame(clock.now()), faults, random);
    for (const piece of pieces) sink.write(piece);
    if (unplugMs > 0) sink.unplug?.(unplugMs);
    cancel = scheduler.after(intervalMs + pauseMs, speak);
  };
  return ok({
    get framesSent() {
      return framesSent;
    },
    start() {
      if (cancel !== null) return;
      const boot = device.boot();
      if (boot.length > 0) sink.write(boot);
      cancel = scheduler.after(0, speak);
    },
    hear(request) {
      const answer = device.answer?.(request, clock.now());
      // One that must be asked is played as if somebody asked already: only what is no measurement is said again.
      const measures = driver.polled === true && answer && isMeasured(driver, answer);
      if (answer && !measures) sink.write(answer);
    },
    stop() {
      cancel?.();
      cancel = null;
    },
  });
}

function isMeasured(driver: DriverSpec, answer: Uint8Array): boolean {
  return driver
    .createDecoder()
    .push(answer)
    .some(({ kind }) => kind === "frame");
}

function notSimulated(driver: DriverSpec): Failure<"SENSING_DRIVER_NOT_SIMULATED"> {
  return {
    code: "SENSING_DRIVER_NOT_SIMULATED",
    op: "simulate",
    subject: driver.id,
    detail: `There is no simulated ${driver.title}.`,
    retry: "never",
  };
}
