import type * as z from "zod";
import { err, type Failure, ok, type Quantity, type Result } from "../../shared/index.ts";
import type { Decoder } from "../decoder.ts";
import type { DriverSpec } from "../driver.ts";
import { createBinaryDecoder } from "./binary-decoder.ts";
import { checkBinary, checkFields, checkText, type DescriptionProblem } from "./check-device.ts";
import { compileLayout } from "./line-layout.ts";
import {
  type BinaryDevice,
  binaryDeviceSchema,
  type DeviceDescription,
  type TextDevice,
  textDeviceSchema,
} from "./schema.ts";
import { createTextDecoder } from "./text-decoder.ts";

export interface DescriptionFailure extends Failure<"SENSING_DEVICE_FILE_INVALID"> {
  readonly problems: readonly DescriptionProblem[];
}

/** Ids of described devices begin with this, so that no file takes the place of a built-in driver. */
export const OWN_DRIVER_PREFIX = "own:";

/**
 * Compiles the description of a device, as plain data (read from YAML or JSON), into a driver.
 *
 * Nothing in a description is executed: frames are described by positions, checks and units by name. All problems
 * are reported together, each with its place (`SENSING_DEVICE_FILE_INVALID`).
 *
 * ### Example
 * ```ts
 * const driver = compileDevice({
 *   format: "ecolocal-device/1",
 *   id: "greenhouse",
 *   title: "Greenhouse node",
 *   serial: [{ baud: 9600 }],
 *   every_s: 10,
 *   frame: { kind: "text", line: "T={t} H={h}" },
 *   fields: [
 *     { name: "t", quantity: "temperature", unit: "°C" },
 *     { name: "h", quantity: "humidity", unit: "%" },
 *   ],
 * });
 * ```
 */
export function compileDevice(description: unknown, subject = "description"): Result<DriverSpec, DescriptionFailure> {
  const parsed = parse(description);
  if (!parsed.ok) return err(invalid(subject, parsed.error));
  const made = isBinary(parsed.value) ? compileBinary(parsed.value) : compileText(parsed.value);
  const problems = [...checkFields(parsed.value), ...made.problems];
  return problems.length > 0 ? err(invalid(subject, problems)) : ok(toDriver(parsed.value, made.createDecoder));
}

interface Compiled {
  readonly problems: readonly DescriptionProblem[];
  createDecoder(): Decoder;
}

function compileBinary(device: BinaryDevice): Compiled {
  return { problems: checkBinary(device), createDecoder: () => createBinaryDecoder(device) };
}

function compileText(device: TextDevice): Compiled {
  const layout = compileLayout(device.frame.line);
  const problems = checkText(device, layout);
  return {
    problems,
    createDecoder() {
      if (typeof layout === "string") throw new TypeError("A description with problems has no decoder.");
      return createTextDecoder(device, layout);
    },
  };
}

function isBinary(device: DeviceDescription): device is BinaryDevice {
  return device.frame.kind === "binary";
}

/** The kind of frame decides which schema speaks, so that its messages are about what was meant. */
function parse(description: unknown): Result<DeviceDescription, readonly DescriptionProblem[]> {
  const frame = (description as { readonly frame?: { readonly kind?: unknown } } | null)?.frame;
  const schema = frame?.kind === "text" ? textDeviceSchema : binaryDeviceSchema;
  const parsed = schema.safeParse(description);
  if (parsed.success) return ok(parsed.data);
  if (frame !== undefined && frame?.kind !== "text" && frame?.kind !== "binary") {
    return err([{ path: ["frame", "kind"], message: "either `text` or `binary`" }]);
  }
  return err(parsed.error.issues.map(toProblem));
}

function toProblem(issue: z.core.$ZodIssue): DescriptionProblem {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code === "unrecognized_keys") return { path, message: `no such key: ${issue.keys.join(", ")}` };
  return { path, message: issue.message };
}

const SECOND_MS = 1000;
const MIN_SILENCE_MS = 10_000;
const DEFAULT_STORE_MS = 10_000;

function toDriver(device: DeviceDescription, createDecoder: () => Decoder): DriverSpec {
  const { id, title, summary = title, frame } = device;
  const expectedIntervalMs = device.every_s * SECOND_MS;
  const quantities = new Set(
    device.fields.flatMap(({ quantity }): Quantity[] => (quantity === undefined ? [] : [quantity])),
  );
  const isChecked = frame.checksum !== undefined;
  const crc = frame.checksum?.name.startsWith("crc16") === true;
  return {
    id: `${OWN_DRIVER_PREFIX}${id}`,
    title,
    summary,
    serial: device.serial.map(({ baud, data = 8, parity = "none", stop = 1 }) => ({
      baudRate: baud,
      dataBits: data,
      parity,
      stopBits: stop,
    })),
    quantities: [...quantities],
    expectedIntervalMs,
    silentAfterMs: Math.max(3 * expectedIntervalMs, MIN_SILENCE_MS),
    storeIntervalMs: (device.store_every_s ?? 0) * SECOND_MS || DEFAULT_STORE_MS,
    interByteTimeoutMs: frame.kind === "binary" ? 500 : 5000,
    usbHints: device.usb ?? [],
    firstFrameMayBeCut: frame.kind === "text" && !isChecked,
    ...(isChecked ? { frameCheck: crc ? "crc" : "sum" } : { frameCheck: "none" }),
    createDecoder,
  };
}

function invalid(subject: string, problems: readonly DescriptionProblem[]): DescriptionFailure {
  const [first] = problems;
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : "";
  return {
    code: "SENSING_DEVICE_FILE_INVALID",
    op: "read device description",
    subject,
    detail: `${first?.path.join(".") || "the whole"}: ${first?.message ?? "not understood"}${more}.`,
    hint: "Correct the places named; docs/guide/own-devices.md lists every key.",
    retry: "after-change",
    problems,
  };
}
