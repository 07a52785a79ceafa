import type { PortHolder } from "./port-holder.ts";
import { findPortHolder } from "./port-holder.ts";
import type { TransportFailure, TransportFailureCode } from "./transport.ts";

/** Texts of serialport 13 (Linux, macOS, Windows) that tell why a port did not open. Source: run on Linux; others read. */
const OPEN_TEXTS: readonly (readonly [RegExp, TransportFailureCode])[] = [
  [/no such file|file not found|no such device|ENOENT|ENXIO/i, "SENSING_PORT_MISSING"],
  [/cannot lock port|resource busy|EBUSY/i, "SENSING_PORT_BUSY"],
  [/permission denied|operation not permitted|EACCES|EPERM/i, "SENSING_PORT_DENIED"],
  [/inappropriate ioctl|not a typewriter|ENOTTY/i, "SENSING_PORT_NOT_SERIAL"],
];

/** Turns what serialport says on opening into a failure that names the one thing to do. */
export async function describeOpenFailure(path: string, message: string): Promise<TransportFailure> {
  const code = classifyOpenError(message, process.platform);
  const holder = code === "SENSING_PORT_BUSY" ? await findPortHolder(path) : null;
  return openFailure(code, path, message, holder);
}

/** Tells the reason from the text; Windows says "Access denied" when another program has the port open. */
export function classifyOpenError(message: string, platform: NodeJS.Platform): TransportFailureCode {
  if (platform === "win32" && /access denied/i.test(message)) return "SENSING_PORT_BUSY";
  return OPEN_TEXTS.find(([text]) => text.test(message))?.[1] ?? "SENSING_PORT_FAILED";
}

/** Builds the failure of an open attempt. */
export function openFailure(
  code: TransportFailureCode,
  path: string,
  message: string,
  holder: PortHolder | null = null,
): TransportFailure {
  const [detail, hint] = explain(code, path, message, holder);
  return { code, op: "open port", subject: path, detail, hint, retry: "backoff" };
}

/** The failure of a port that went away while it was open. */
export function lostFailure(path: string, message: string): TransportFailure {
  return {
    code: "SENSING_PORT_LOST",
    op: "read port",
    subject: path,
    detail: `The port went away while it was being read (${message}).`,
    hint: "Check the plug and the cable; reading goes on by itself when the device is back.",
    retry: "backoff",
  };
}

function explain(
  code: TransportFailureCode,
  path: string,
  message: string,
  holder: PortHolder | null,
): readonly [detail: string, hint: string] {
  switch (code) {
    case "SENSING_PORT_MISSING":
      return [
        `There is no port ${path}.`,
        "Plug the device in, use a cable that carries data, and run `ecolocal sensor scan` to see the ports there are.",
      ];
    case "SENSING_PORT_DENIED":
      return [
        `This user may not open ${path}.`,
        "Run `sudo usermod -aG dialout $USER`, then log out and in again (on Arch Linux the group is `uucp`).",
      ];
    case "SENSING_PORT_BUSY":
      return [busyDetail(path, holder), "Close the program that uses the port, then try again."];
    case "SENSING_PORT_NOT_SERIAL":
      return [`${path} is not a serial port.`, "Run `ecolocal sensor scan` to see the serial ports there are."];
    default:
      return [
        `The port ${path} did not open: ${message}.`,
        "Unplug the device, plug it in again, and run `ecolocal doctor`.",
      ];
  }
}

function busyDetail(path: string, holder: PortHolder | null): string {
  if (holder === null) return `Another program has ${path} open.`;
  if (holder.pid === process.pid) return `EcoLocal itself already has ${path} open (process ${holder.pid}).`;
  return `Another program has ${path} open: ${holder.name} (process ${holder.pid}).`;
}
