import { access, readdir, readFile } from "node:fs/promises";
import { chipName, listPorts, type PortInfo } from "../discovery/index.ts";
import { INSTALL_UDEV_RULES, UDEV_RULES_FILE } from "./udev-rules.ts";
import { listUsbDevices, type UsbDevice } from "./usb-devices.ts";

/** What can keep a sensor from being seen, one thing at a time. */
export type FindingId =
  | "no-usb"
  | "no-port"
  | "not-serial"
  | "no-kernel-driver"
  | "denied"
  | "busy"
  | "brltty"
  | "modem-manager"
  | "container"
  | "fine";

export interface Finding {
  readonly id: FindingId;
  readonly level: "ok" | "warn" | "fail";
  /** What was found, in a sentence. */
  readonly detail: string;
  /** The one thing to do. */
  readonly hint: string | null;
  /** What to type into a terminal, where the hint is a command. */
  readonly command: string | null;
  readonly code: string | null;
}

/** What the diagnosis looks at; read from this computer by `readFacts`. */
export interface DeviceFacts {
  readonly platform: NodeJS.Platform;
  readonly ports: readonly PortInfo[];
  readonly usb: readonly UsbDevice[];
  /** Names of running programs. */
  readonly programs: ReadonlySet<string>;
  readonly inContainer: boolean;
  /** Whether the udev rules of EcoLocal are there. */
  readonly hasUdevRules: boolean;
}

/** Sensors that look like a keyboard to the computer. Source: shared facts "sensors.md" §4.1. */
const HID_SENSORS: Readonly<Record<string, string>> = {
  "04d9:a052": "a CO₂ meter (TFA, co2mini)",
  "0fde:ca01": "an Oregon weather station",
  "1941:8021": "a Fine Offset weather station",
  "24c0:0003": "a weather hub",
};

const HID = 3;
const NEEDED_MODULES: Readonly<Record<string, string>> = {
  "1a86": "ch341",
  "10c4": "cp210x",
  "0403": "ftdi_sio",
  "067b": "pl2303",
};

export async function readFacts(): Promise<DeviceFacts> {
  const { platform } = process;
  return {
    platform,
    ports: await listPorts(),
    usb: await listUsbDevices(),
    programs: await runningPrograms(),
    inContainer: await isContainer(),
    hasUdevRules: await exists(UDEV_RULES_FILE),
  };
}

/** Explains why a sensor may not be seen, most likely reason first; one `fine` finding when nothing stands out. */
export function diagnoseDevices(facts: DeviceFacts): Finding[] {
  const findings = [
    ...facts.usb.flatMap((device) => explainDevice(device, facts)),
    ...facts.ports.flatMap((port) => explainPort(port, facts)),
    ...explainPrograms(facts),
    ...explainNothing(facts),
  ];
  if (findings.length > 0) return findings;
  const names = facts.ports.map(({ path, name }) => `${path} (${name})`).join(", ");
  return [finding("fine", "ok", `Ports that can be used: ${names}.`, null, null)];
}

/** A device that is plugged in but makes no port. */
function explainDevice(device: UsbDevice, { programs }: DeviceFacts): Finding[] {
  if (device.hasPort) return [];
  const sensor = HID_SENSORS[device.usbId];
  if (sensor !== undefined) {
    const detail = `${device.usbId} is ${sensor}: it is plugged in, but it is no serial device.`;
    return [
      finding(
        "not-serial",
        "warn",
        detail,
        "EcoLocal does not read HID devices yet; a program that publishes over MQTT can bridge it.",
        null,
      ),
    ];
  }
  const chip = chipName(device.usbId);
  if (chip === null || device.interfaceClasses.includes(HID)) return [];
  if (programs.has("brltty")) {
    const hint = "Run `sudo apt remove brltty` (unless you use a Braille display) and plug the device in again.";
    return [
      finding(
        "brltty",
        "fail",
        `The ${chip} is plugged in, but brltty takes it for a Braille display.`,
        hint,
        "SENSING_PORT_BUSY",
      ),
    ];
  }
  const module = NEEDED_MODULES[device.usbId.slice(0, 4)] ?? "cdc_acm";
  const hint = `Run \`sudo modprobe ${module}\`; if that fails, the kernel of this computer lacks the driver.`;
  return [
    finding(
      "no-kernel-driver",
      "fail",
      `The ${chip} is plugged in, but the kernel makes no port for it.`,
      hint,
      "SENSING_PORT_MISSING",
    ),
  ];
}

function explainPort({ access: state, failure, path, usbId }: PortInfo, facts: DeviceFacts): Finding[] {
  if (state === "free" || failure === null) return [];
  const id = state === "denied" ? "denied" : "busy";
  const helpedByRules = id === "denied" && facts.platform === "linux" && !facts.hasUdevRules && !facts.inContainer;
  const isKnown = usbId !== null && chipName(usbId) !== null;
  const rules = `At this computer, run \`${INSTALL_UDEV_RULES}\`. Over SSH or as a service: ${failure.hint}`;
  const hint = helpedByRules && isKnown ? rules : (failure.hint ?? null);
  return [finding(id, "fail", `${path}: ${failure.detail}`, hint, failure.code)];
}

function explainPrograms({ programs, ports, hasUdevRules }: DeviceFacts): Finding[] {
  const findings: Finding[] = [];
  if (programs.has("brltty") && ports.some(({ usbId }) => usbId?.startsWith("1a86") || usbId?.startsWith("10c4"))) {
    const hint = "Run `sudo apt remove brltty` if you use no Braille display.";
    findings.push(finding("brltty", "warn", "brltty runs and may take CH340 and CP210x adapters away.", hint, null));
  }
  if (programs.has("ModemManager") && !hasUdevRules && ports.some(({ path }) => path.includes("ttyACM"))) {
    const hint = `The udev rules of EcoLocal tell it to leave sensors alone: \`${INSTALL_UDEV_RULES}\`.`;
    findings.push(
      finding("modem-manager", "warn", "ModemManager runs and talks to new boards for about 15 seconds.", hint, null),
    );
  }
  return findings;
}

function explainNothing({ ports, usb, platform, inContainer }: DeviceFacts): Finding[] {
  if (ports.length > 0) return [];
  if (inContainer) {
    const hint =
      'Pass the port in, for example `devices: ["/dev/serial/by-id/…:/dev/ttyUSB0"]`, and the group `dialout`.';
    return [
      finding(
        "container",
        "warn",
        "EcoLocal runs in a container that has no serial port.",
        hint,
        "SENSING_PORT_MISSING",
      ),
    ];
  }
  if (platform === "linux" && usb.length === 0) {
    const hint = "Try another cable: many carry power only. Then try another socket, without a hub.";
    return [finding("no-usb", "fail", "The computer sees no USB device at all.", hint, "SENSING_PORT_MISSING")];
  }
  const hint = "Plug the sensor in with a cable that carries data; watch `ecolocal sensor scan` while you do.";
  return [finding("no-port", "warn", "There is no serial port.", hint, "SENSING_PORT_MISSING")];
}

function finding(
  id: FindingId,
  level: Finding["level"],
  detail: string,
  hint: string | null,
  code: string | null,
): Finding {
  // Commands stand between backticks; what only shows something mends nothing.
  const command = /`((?:sudo|ecolocal doctor) [^`]+)`/.exec(hint ?? "")?.[1] ?? null;
  return { id, level, detail, hint, command, code };
}

/** Names of running programs (Linux); empty elsewhere. */
async function runningPrograms(proc = "/proc"): Promise<Set<string>> {
  const pids = (await readdir(proc).catch(() => [])).filter((name) => /^\d+$/.test(name));
  const names = await Promise.all(pids.map((pid) => readFile(`${proc}/${pid}/comm`, "utf8").catch(() => "")));
  return new Set(names.map((name) => name.trim()).filter((name) => name !== ""));
}

async function isContainer(): Promise<boolean> {
  return (await exists("/.dockerenv")) || (await exists("/run/.containerenv"));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
