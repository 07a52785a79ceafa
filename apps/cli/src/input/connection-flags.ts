import type { LineMapping, SerialSettings } from "@ecolocal/core/sensing";
import * as Flags from "@oclif/core/flags";
import { usageFailure } from "../failure/cli-failure.ts";
import { parseLineMapping } from "./line-mapping.ts";

/** Flags that say how to talk to a device. */
export const connectionFlags = {
  driver: Flags.string({ summary: "Driver that understands the device; `ecolocal sensor scan` names likely ones." }),
  port: Flags.string({
    summary:
      "Serial port, another way in (tcp://, mqtt://, push:DEVICE, a file), or sim:DRIVER for the built-in simulator.",
    char: "p",
  }),
  serial: Flags.string({ summary: "Line settings where the driver's own do not fit: 9600-8N1." }),
  map: Flags.string({
    summary: "What a key of a text line means: key=quantity[:unit[:channel]]. May be repeated.",
    multiple: true,
  }),
  variant: Flags.string({
    summary: "Member of the driver's family (`sensor drivers`); a meter's bus address behind @.",
  }),
};

export interface Connection {
  driverId: string;
  port: string;
  serial?: SerialSettings;
  mapping?: LineMapping[];
  variant?: string;
}

interface Given {
  readonly driver?: string | undefined;
  readonly port?: string | undefined;
  readonly serial?: string | undefined;
  readonly map?: readonly string[] | undefined;
  readonly variant?: string | undefined;
}

/** Puts the flags together; a simulated port names its driver itself. */
export function parseConnection(
  { driver, port, serial, map = [], variant }: Given,
  likely: readonly string[],
): Connection {
  if (port === undefined) {
    throw usageFailure("connect", "--port", "No port was given.", "See which there are: ecolocal sensor scan");
  }
  const driverId = driver ?? /^sim:([^?]+)/.exec(port)?.[1] ?? (likely.length === 1 ? likely[0] : undefined);
  if (driverId === undefined) {
    const detail = likely.length === 0 ? "The port does not tell which device it is." : "More than one driver may fit.";
    const hint = `Name one with --driver${likely.length > 0 ? `: ${likely.join(", ")}` : "; `ecolocal sensor drivers` lists all."}`;
    throw usageFailure("connect", port, detail, hint);
  }
  return {
    driverId,
    port,
    ...(serial === undefined ? {} : { serial: parseSerial(serial) }),
    ...(map.length > 0 ? { mapping: map.map(parseLineMapping) } : {}),
    ...(variant === undefined ? {} : { variant }),
  };
}

const PARITIES = { N: "none", E: "even", O: "odd" } as const;

/** Reads `9600-8N1`: bauds, data bits, parity, stop bits. */
function parseSerial(text: string): SerialSettings {
  const [, bauds, dataBits, parity, stopBits] = /^(\d{2,7})-([78])([NEO])([12])$/.exec(text.toUpperCase()) ?? [];
  if (bauds === undefined || parity === undefined) {
    throw usageFailure("connect", text, `"${text}" are no line settings.`, "Write 9600-8N1 or 115200-7E1.");
  }
  return {
    baudRate: Number(bauds),
    dataBits: dataBits === "7" ? 7 : 8,
    parity: PARITIES[parity as keyof typeof PARITIES],
    stopBits: stopBits === "2" ? 2 : 1,
  };
}
