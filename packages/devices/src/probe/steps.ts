import type { DriverSpec, SerialSettings } from "@ecolocal/core/sensing";

/** One setting of the line at which a port is listened to. */
export interface ProbeStep {
  readonly serial: SerialSettings;
  readonly listenMs: number;
  readonly drivers: readonly DriverSpec[];
}

const line = (
  baudRate: number,
  dataBits: SerialSettings["dataBits"] = 8,
  parity: SerialSettings["parity"] = "none",
): SerialSettings => ({ baudRate, dataBits, parity, stopBits: 1 });

/**
 * Settings in the order of how many devices use them, with the time after which the slowest of those has spoken.
 *
 * Source: shared facts "sensors.md" §4.3; DSMR 4 speaks every 10 s, DSMR 2 and D0 meters too.
 */
const ORDER: readonly (readonly [settings: SerialSettings, listenMs: number])[] = [
  [line(9600), 3000],
  [line(115_200), 12_000],
  [line(19_200), 3000],
  [line(9600, 7, "even"), 11_000],
  [line(4800), 3000],
  [line(1200, 7, "even"), 4000],
  [line(57_600), 3000],
  [line(38_400), 3000],
  [line(74_880), 3000],
];

/** Plans how to listen for some drivers: one step per line setting that any of them uses. */
export function planSteps(drivers: readonly DriverSpec[]): ProbeStep[] {
  return ORDER.flatMap(([serial, listenMs]) => {
    const fitting = drivers.filter(
      (driver) => !driver.network && !driver.polled && driver.serial.some((own) => isSame(own, serial)),
    );
    return fitting.length === 0 ? [] : [{ serial, listenMs, drivers: fitting }];
  });
}

/** The total time that listening takes when nothing is found, in ms. */
export function planDuration(steps: readonly ProbeStep[]): number {
  return steps.reduce((sum, { listenMs }) => sum + listenMs, 0);
}

function isSame(a: SerialSettings, b: SerialSettings): boolean {
  return a.baudRate === b.baudRate && a.dataBits === b.dataBits && a.parity === b.parity && a.stopBits === b.stopBits;
}
