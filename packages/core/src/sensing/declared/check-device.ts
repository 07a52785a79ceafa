import { convertToCanonical } from "../unit.ts";
import { CHECKSUMS } from "./checksums.ts";
import type { LineLayout } from "./line-layout.ts";
import { NUMBER_TYPES } from "./number-types.ts";
import type { BinaryDevice, DeviceDescription, FieldMeaning, TextDevice } from "./schema.ts";

/** One thing that is wrong with a description, and where. */
export interface DescriptionProblem {
  /** Keys and list positions from the top: `["fields", 2, "unit"]`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Checks what no schema says: names, units, and what each field means to the others. */
export function checkFields({ fields }: DeviceDescription): DescriptionProblem[] {
  const names = fields.map(({ name }) => name);
  const readings = fields.map(({ quantity, channel = "" }) =>
    quantity === undefined ? null : `${quantity} ${channel}`,
  );
  return fields.flatMap((field, i) => {
    const problems = checkUnit(field, i);
    if (names.indexOf(field.name) < i) {
      problems.push({ path: ["fields", i, "name"], message: `${field.name} occurs twice` });
    }
    const reading = readings[i] ?? null;
    if (reading !== null && readings.indexOf(reading) < i) {
      problems.push({
        path: ["fields", i, "channel"],
        message: `a second ${field.quantity} needs a channel of its own`,
      });
    }
    return problems;
  });
}

function checkUnit({ quantity, unit }: FieldMeaning, i: number): DescriptionProblem[] {
  if (quantity === undefined) return [];
  if (unit === undefined) return [{ path: ["fields", i, "unit"], message: `say the unit of ${quantity}` }];
  const converted = convertToCanonical(1, unit, quantity);
  return converted.ok ? [] : [{ path: ["fields", i, "unit"], message: converted.error.detail }];
}

/** Checks that everything lies inside the frame. */
export function checkBinary({ frame, fields }: BinaryDevice): DescriptionProblem[] {
  const { length, identity, types } = frame;
  const longest = typeof length === "number" ? length : length.max;
  const known = new Set(fields.map(({ name }) => name));
  const late = fields.flatMap(({ at, type }, i): DescriptionProblem[] =>
    at + NUMBER_TYPES[type] > longest
      ? [{ path: ["fields", i, "at"], message: `ends behind the frame, which has ${longest} bytes` }]
      : [],
  );
  const unknown = (frame.warming_up_when_zero ?? []).flatMap((name, i): DescriptionProblem[] =>
    known.has(name) ? [] : [{ path: ["frame", "warming_up_when_zero", i], message: `there is no field ${name}` }],
  );
  const problems = [...late, ...unknown, ...checkChecksum(frame.checksum, longest)];
  if (frame.boot_value !== undefined && !known.has(frame.boot_value.field)) {
    problems.push({ path: ["frame", "boot_value", "field"], message: `there is no field ${frame.boot_value.field}` });
  }
  if (identity !== undefined && identity.at + identity.bytes > longest) {
    problems.push({ path: ["frame", "identity", "at"], message: "ends behind the frame" });
  }
  if (types !== undefined && types.at >= longest) {
    problems.push({ path: ["frame", "types", "at"], message: "lies behind the frame" });
  }
  return problems;
}

function checkChecksum(checksum: BinaryDevice["frame"]["checksum"], longest: number): DescriptionProblem[] {
  if (checksum === undefined) return [];
  const place = (at: number): number => (at < 0 ? longest + at : at);
  const [from, to, at] = [place(checksum.from), place(checksum.to), place(checksum.at)];
  const width = CHECKSUMS[checksum.name]?.width ?? 1;
  const problems: DescriptionProblem[] = [];
  if (from < 0 || from >= to || to > longest) {
    problems.push({ path: ["frame", "checksum", "to"], message: "the checked bytes are not inside the frame" });
  }
  if (at < 0 || at + width > longest) {
    problems.push({ path: ["frame", "checksum", "at"], message: "the check itself is not inside the frame" });
  }
  return problems;
}

/** Checks that every field has its place in the line. */
export function checkText({ frame, fields }: TextDevice, layout: LineLayout | string): DescriptionProblem[] {
  if (typeof layout === "string") return [{ path: ["frame", "line"], message: layout }];
  const problems = fields.flatMap(({ name }, i): DescriptionProblem[] =>
    layout.names.includes(name) ? [] : [{ path: ["fields", i, "name"], message: `the line has no place {${name}}` }],
  );
  if (frame.identity !== undefined && !layout.names.includes(frame.identity)) {
    problems.push({ path: ["frame", "identity"], message: `the line has no place {${frame.identity}}` });
  }
  return problems;
}
