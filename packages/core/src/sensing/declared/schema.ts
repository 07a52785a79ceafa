import * as z from "zod";
import { QUANTITIES, type Quantity } from "../../shared/index.ts";
import { CHECKSUMS } from "./checksums.ts";
import { NUMBER_TYPES, type NumberType } from "./number-types.ts";

const MAX_FRAME_BYTES = 512;
const MAX_FIELDS = 64;

const name = z.string().regex(/^[A-Za-z][\w.-]{0,59}$/, "a letter, then letters, digits, `_`, `.` or `-`");
const hex = z.string().regex(/^\s*(?:[0-9A-Fa-f]{2}\s*){1,8}$/, 'bytes in hexadecimal, such as "AA C0", eight at most');
const position = z
  .number()
  .int()
  .min(0)
  .max(MAX_FRAME_BYTES - 1);
const numberType = z.enum(Object.keys(NUMBER_TYPES) as [NumberType, ...NumberType[]]);
const checksumName = z.enum(Object.keys(CHECKSUMS) as [string, ...string[]]);
const quantity = z.enum(Object.keys(QUANTITIES) as [Quantity, ...Quantity[]]);

/** What a number means and when it is not to be believed; all in the device's own counts. */
const meaning = {
  quantity: quantity.optional(),
  /** UCUM or customary unit of `value × scale + offset`. */
  unit: z.string().max(40).optional(),
  scale: z.number().optional(),
  offset: z.number().optional(),
  channel: name.optional(),
  /** Counts that mean an error of the device. */
  invalid: z.array(z.number()).max(16).optional(),
  /** From this count on the sensor is at full scale. */
  saturated_from: z.number().optional(),
};

const binaryField = z.strictObject({
  name,
  at: position,
  type: numberType,
  /** How it is shown among the raw values: the count, in hexadecimal, or as `count × scale + offset`. */
  show: z.enum(["number", "hex", "value"]).optional(),
  ...meaning,
});

const textField = z.strictObject({ name, ...meaning });

const binaryFrame = z.strictObject({
  kind: z.literal("binary"),
  start: hex,
  /** Whole frame in bytes, or where the frame says it: `at`, `type`, and what to add for the bytes it does not count. */
  length: z.union([
    z.number().int().min(2).max(MAX_FRAME_BYTES),
    z.strictObject({
      at: position,
      type: numberType,
      add: z.number().int().min(0).max(MAX_FRAME_BYTES),
      max: z.number().int().min(2).max(MAX_FRAME_BYTES),
    }),
  ]),
  end: hex.optional(),
  /** Bytes `from` … `to` (not included) are checked; negative positions count from the end of the frame. */
  checksum: z
    .strictObject({ name: checksumName, from: z.number().int(), to: z.number().int(), at: z.number().int() })
    .optional(),
  /** Frames of one shape that are no reading, told apart by one byte. */
  types: z
    .strictObject({
      at: position,
      reading: z.array(hex).min(1).max(16),
      not_a_reading: z.array(hex).max(16).optional(),
      unsupported: z.array(hex).max(16).optional(),
    })
    .optional(),
  /** Bytes that are the device's own name, shown in hexadecimal. */
  identity: z.strictObject({ at: position, bytes: z.number().int().min(1).max(16) }).optional(),
  /** All of these fields zero: the sensor has measured nothing yet. */
  warming_up_when_zero: z.array(name).max(16).optional(),
  /** A count that a starting sensor shows again and again, from one of its first messages on. */
  boot_value: z
    .strictObject({
      field: name,
      count: z.number(),
      starts_within: z.number().int().min(1).max(1000),
      ends_within: z.number().int().min(1).max(10_000),
    })
    .optional(),
});

const textFrame = z.strictObject({
  kind: z.literal("text"),
  /** The line with `{name}` for numbers, `{name:text}` for words, `{*}` for what does not matter. */
  line: z.string().min(3).max(1000),
  /** A check in hexadecimal digits behind `before`, over the characters between `after` and `before`. */
  checksum: z
    .strictObject({
      name: z.enum(["xor8", "sum8"]),
      after: z.string().min(1).max(8),
      before: z.string().min(1).max(8),
    })
    .optional(),
  identity: name.optional(),
});

const common = {
  format: z.literal("ecolocal-device/1"),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/, "lower-case letters, digits and `-`, 2 to 40 of them"),
  title: z.string().trim().min(1).max(120),
  summary: z.string().trim().max(400).optional(),
  serial: z
    .array(
      z.strictObject({
        baud: z.number().int().min(50).max(4_000_000),
        data: z.union([z.literal(7), z.literal(8)]).optional(),
        parity: z.enum(["none", "even", "odd"]).optional(),
        stop: z.union([z.literal(1), z.literal(2)]).optional(),
      }),
    )
    .min(1)
    .max(8),
  /** Seconds between two messages of the device. */
  every_s: z.number().min(0.1).max(86_400),
  /** Seconds to which fast devices are brought down. */
  store_every_s: z.number().int().min(1).max(86_400).optional(),
  usb: z
    .array(z.string().regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/, "vid:pid in lower case"))
    .max(32)
    .optional(),
};

export const binaryDeviceSchema = z.strictObject({
  ...common,
  frame: binaryFrame,
  fields: z.array(binaryField).min(1).max(MAX_FIELDS),
});

export const textDeviceSchema = z.strictObject({
  ...common,
  frame: textFrame,
  fields: z.array(textField).min(1).max(MAX_FIELDS),
});

export type BinaryDevice = z.output<typeof binaryDeviceSchema>;
export type TextDevice = z.output<typeof textDeviceSchema>;
export type DeviceDescription = BinaryDevice | TextDevice;
export type FieldMeaning = Omit<z.output<typeof textField>, "name">;
