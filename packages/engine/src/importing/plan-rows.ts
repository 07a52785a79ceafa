import { type Exposure, QUALITY_BITS } from "@ecolocal/core/sensing";
import { err, type Failure, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import { nameColumn, timeColumn } from "./column-names.ts";
import type { ImportTarget, RowReader } from "./import-target.ts";
import { createOwnReader, OWN_COLUMNS } from "./long-rows.ts";
import { createWideReader, type WideColumn } from "./wide-rows.ts";

export interface ColumnChoice {
  readonly column: string;
  readonly unit?: string | undefined;
  readonly target: ImportTarget;
}

export interface PlanOptions {
  readonly format: "auto" | "csv" | "ndjson" | "sensor-community";
  /** What each column means; empty takes what the header names without doubt. */
  readonly columns: readonly ColumnChoice[];
  /** Where columns that the header names were measured, and how often; unknown where absent. */
  readonly defaults?:
    | {
        readonly place?: string | undefined;
        readonly exposure?: Exposure | undefined;
        readonly intervalMs?: number | undefined;
      }
    | undefined;
  /** IANA zone of times without offset. */
  readonly timeZone: string;
  readonly hasChannel: (id: Ulid) => boolean;
}

export interface Header {
  readonly names: readonly string[];
  readonly source: "csv" | "ndjson";
  readonly decimalComma: boolean;
}

type PlanFailure = Failure<"IMPORT_COLUMNS_UNKNOWN">;

const SENSOR_COMMUNITY = ["sensor_id", "sensor_type", "location", "timestamp"] as const;

/** Decides from the header how the rows of a file are read. */
export function planRows(header: Header, options: PlanOptions): Result<RowReader, PlanFailure> {
  const names = header.names.map((name) => name.trim());
  const lower = names.map((name) => name.toLowerCase());
  const width = header.source === "csv" ? names.length : undefined;
  const has = (wanted: readonly string[]): boolean => wanted.every((name) => lower.includes(name));
  if (options.columns.length > 0) return planChosen(header, names, options, width);
  if (has(SENSOR_COMMUNITY)) return ok(planSensorCommunity(names, lower, width));
  if (options.format === "sensor-community") {
    return err(unknownColumns(names, "These are not the columns of a sensor.community archive file."));
  }
  if (has(OWN_COLUMNS)) return ok(createOwnReader(names, header.source, width, options.hasChannel));
  return planNamed(header, names, options, width);
}

/** Full scale of the SDS011, which the archive stores as a value. Source: shared facts "sensors.md" §1.1. */
const FULL_SCALE = { P1: 1999.9, P2: 999.9 } as const;

/**
 * sensor.community archive files: P1 is PM10 and P2 is PM2.5, pressure is in Pa, times are UTC without saying so.
 *
 * Source: shared facts "sensors.md" (§ on sensor.community), archive.sensor.community.
 */
function planSensorCommunity(names: readonly string[], lower: readonly string[], width: number | undefined): RowReader {
  const at = (name: string): number => lower.indexOf(name);
  const meanings = [
    { name: "P1", quantity: "pm10", unit: "ug/m3" },
    { name: "P2", quantity: "pm25", unit: "ug/m3" },
    { name: "P0", quantity: "pm1", unit: "ug/m3" },
    { name: "temperature", quantity: "temperature", unit: "Cel" },
    { name: "humidity", quantity: "humidity", unit: "%" },
    { name: "pressure", quantity: "pressure", unit: "Pa" },
    { name: "noise_LAeq", quantity: "sound_level", unit: "dB[SPL]" },
  ] as const;
  const columns = meanings.flatMap((meaning): WideColumn[] => {
    const index = names.findIndex((name) => name.toLowerCase() === meaning.name.toLowerCase());
    if (index < 0) return [];
    const full = meaning.name === "P1" || meaning.name === "P2" ? FULL_SCALE[meaning.name] : Number.POSITIVE_INFINITY;
    return [
      {
        index,
        name: meaning.name,
        unit: meaning.unit,
        quality: (value) => (value >= full ? QUALITY_BITS.saturated : 0),
        target: (cells) => ({
          quantity: meaning.quantity,
          key: `${cells[at("sensor_type")] ?? ""}-${cells[at("sensor_id")] ?? ""}`.toLowerCase().slice(0, 60),
          place: `sensor.community ${cells[at("location")] ?? ""}`,
          exposure: "outdoor",
          intervalMs: undefined,
        }),
      },
    ];
  });
  return createWideReader({
    format: "sensor-community",
    time: [at("timestamp")],
    timeZone: "UTC",
    columns,
    width,
    decimalComma: false,
  });
}

function planChosen(
  header: Header,
  names: readonly string[],
  options: PlanOptions,
  width: number | undefined,
): Result<RowReader, PlanFailure> {
  const sensorColumn = names.findIndex((name) => /^sensor_?id$/i.test(name));
  const columns: WideColumn[] = [];
  for (const choice of options.columns) {
    const index = findColumn(names, choice.column);
    if (index < 0) return err(unknownColumns(names, `There is no column "${choice.column}".`));
    columns.push({
      index,
      name: choice.column,
      unit: choice.unit ?? nameColumn(names[index] ?? "")?.unit,
      target: (cells) => perSensor(choice.target, cells[sensorColumn]),
    });
  }
  return withTime(header, names, options, width, columns);
}

/** A name as in the header, or a 1-based number. */
function findColumn(names: readonly string[], wanted: string): number {
  const exact = names.indexOf(wanted.trim());
  if (exact >= 0) return exact;
  const loose = names.findIndex((name) => name.toLowerCase() === wanted.trim().toLowerCase());
  if (loose >= 0 || !/^\d+$/.test(wanted)) return loose;
  return Number(wanted) <= names.length ? Number(wanted) - 1 : -1;
}

/** One file may hold several sensors of one kind (openSenseMap); each gets a channel of its own. */
function perSensor(target: ImportTarget, sensor: string | undefined): ImportTarget {
  if ("channelId" in target || target.key !== "" || !sensor) return target;
  return { ...target, key: sensor.trim().slice(0, 60) };
}

function planNamed(
  header: Header,
  names: readonly string[],
  options: PlanOptions,
  width: number | undefined,
): Result<RowReader, PlanFailure> {
  const found = names.flatMap((name, index) => {
    const named = timeColumn(name) ? undefined : nameColumn(name);
    return named ? [{ index, name, ...named }] : [];
  });
  const twice = (column: (typeof found)[number]): boolean =>
    found.filter((other) => other.quantity === column.quantity && other.key === column.key).length > 1;
  const { place = "", exposure = "unknown", intervalMs } = options.defaults ?? {};
  const columns = found
    .filter((column) => !twice(column))
    .map(({ index, name, quantity, key, unit }): WideColumn => {
      const target: ImportTarget = { quantity, key, place, exposure, intervalMs };
      return { index, name, unit, target: () => target };
    });
  if (columns.length === 0) return err(unknownColumns(names, "No column names a quantity without doubt."));
  return withTime(header, names, options, width, columns);
}

function withTime(
  header: Header,
  names: readonly string[],
  options: PlanOptions,
  width: number | undefined,
  columns: readonly WideColumn[],
): Result<RowReader, PlanFailure> {
  const values = new Set(columns.map(({ index }) => index));
  const times = names.flatMap((name, index) => {
    const time = values.has(index) ? undefined : timeColumn(name);
    return time ? [{ index, name: name.toLowerCase(), ...time }] : [];
  });
  const day = times.find(({ name }) => name === "date" || name === "datum");
  const clock = times.find(({ name }) => name === "time" || name === "zeit");
  const first = times.find(({ utc }) => utc) ?? times[0];
  if (!first) return err(unknownColumns(names, "No column holds the time."));
  const split = day !== undefined && clock !== undefined && !first.utc;
  return ok(
    createWideReader({
      format: header.source,
      time: split ? [day.index, clock.index] : [first.index],
      timeZone: first.utc ? "UTC" : options.timeZone,
      columns,
      width,
      decimalComma: header.decimalComma,
    }),
  );
}

function unknownColumns(names: readonly string[], why: string): PlanFailure {
  const list = names.slice(0, 20).join(", ");
  return {
    code: "IMPORT_COLUMNS_UNKNOWN",
    op: "data.import",
    subject: list,
    detail: `${why} The file has: ${list}.`,
    hint: "Say what a column means, for example: --column value=pm25.",
    retry: "after-change",
  };
}
