import type { DriverView } from "@ecolocal/core/api";

export type Serial = DriverView["serial"][number];

/** `9600-8N1`: the same settings give the same text. */
export function serialKey({ baudRate, dataBits, parity, stopBits }: Serial): string {
  return `${baudRate}-${dataBits}${parity.slice(0, 1).toUpperCase()}${stopBits}`;
}

/** The part behind the speed where it is not what nearly every device uses. */
export function unusualFrame(serial: Serial): string | null {
  const [, frame = ""] = serialKey(serial).split("-");
  return frame === "8N1" ? null : frame;
}

/** Line settings that unknown devices are listened to with, most usual first. */
export const USUAL_SERIALS: readonly Serial[] = [
  ...[115_200, 9600, 57_600, 38_400, 19_200, 4800, 2400, 74_880].map(
    (baudRate): Serial => ({ baudRate, dataBits: 8, parity: "none", stopBits: 1 }),
  ),
  { baudRate: 9600, dataBits: 7, parity: "even", stopBits: 1 },
  { baudRate: 300, dataBits: 7, parity: "even", stopBits: 1 },
];
