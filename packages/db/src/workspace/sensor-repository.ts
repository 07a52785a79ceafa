import type { Exposure, LineMapping, Position, SerialSettings } from "@ecolocal/core/sensing";
import type { Instant, Ulid } from "@ecolocal/core/shared";
import type { Selectable } from "kysely";
import { createSyncQuery, type SqliteHandle } from "../sqlite/index.ts";
import type { WorkspaceTables } from "./schema.ts";

/** How a port is recognised again when its path changes; every part may be unknown. */
export interface PortIdentity {
  readonly vendorId: string | null;
  readonly productId: string | null;
  readonly serialNumber: string | null;
  /** Where it is plugged in (`usb-0000:00:14.0-2`). */
  readonly location: string | null;
}

/** A configured sensor, as stored. */
export interface SensorRecord {
  readonly id: Ulid;
  readonly name: string;
  readonly driverId: string;
  readonly portPath: string;
  readonly portIdentity: PortIdentity | null;
  /** Null leaves the choice to the driver. */
  readonly serialSettings: SerialSettings | null;
  readonly place: string;
  readonly exposure: Exposure;
  /** Null until somebody says where it stands. */
  readonly position: Position | null;
  readonly mapping: readonly LineMapping[];
  readonly storeIntervalMs: number;
  /** What the device said about itself when it was first read. */
  readonly deviceIdentity: string | null;
  readonly createdAt: Instant;
  /** Set while the sensor is removed; its readings stay. */
  readonly removedAt: Instant | null;
}

/** Reads return domain objects; writes belong inside `handle.write`. */
export interface SensorRepository {
  add(sensor: SensorRecord): void;
  /** Changes what is named; tells whether the sensor exists. */
  change(id: Ulid, change: Partial<Omit<SensorRecord, "id" | "createdAt">>): boolean;
  find(id: Ulid): SensorRecord | null;
  /** In the order in which they were added, without the removed ones. */
  list(): SensorRecord[];
  listWithRemoved(): SensorRecord[];
}

export function sensorRepository(handle: SqliteHandle): SensorRepository {
  const query = createSyncQuery<WorkspaceTables>(handle.sqlite);
  const all = query.build.selectFrom("sensors").selectAll().orderBy("created_at").orderBy("id");
  return {
    add(sensor) {
      query.run(query.build.insertInto("sensors").values(sensorToRow(sensor)));
    },
    change(id, change) {
      const found = this.find(id);
      if (found === null) return false;
      const row = sensorToRow({ ...found, ...change });
      query.run(query.build.updateTable("sensors").set(row).where("id", "=", id));
      return true;
    },
    find(id) {
      const row = query.first(query.build.selectFrom("sensors").selectAll().where("id", "=", id));
      return row === undefined ? null : rowToSensor(row);
    },
    list: () => query.all(all.where("removed_at", "is", null)).map(rowToSensor),
    listWithRemoved: () => query.all(all).map(rowToSensor),
  };
}

type SensorRow = Selectable<WorkspaceTables["sensors"]>;

function sensorToRow(sensor: SensorRecord): SensorRow {
  return {
    id: sensor.id,
    name: sensor.name,
    driver_id: sensor.driverId,
    port_path: sensor.portPath,
    port_identity: sensor.portIdentity === null ? null : JSON.stringify(sensor.portIdentity),
    serial_settings: sensor.serialSettings === null ? null : JSON.stringify(sensor.serialSettings),
    place: sensor.place,
    exposure: sensor.exposure,
    mapping: JSON.stringify(sensor.mapping),
    store_interval_ms: sensor.storeIntervalMs,
    device_identity: sensor.deviceIdentity,
    created_at: sensor.createdAt,
    removed_at: sensor.removedAt,
    latitude: sensor.position?.latitude ?? null,
    longitude: sensor.position?.longitude ?? null,
  };
}

function rowToSensor(row: SensorRow): SensorRecord {
  return {
    id: row.id,
    name: row.name,
    driverId: row.driver_id,
    portPath: row.port_path,
    portIdentity: row.port_identity === null ? null : (JSON.parse(row.port_identity) as PortIdentity),
    serialSettings: row.serial_settings === null ? null : (JSON.parse(row.serial_settings) as SerialSettings),
    place: row.place,
    exposure: row.exposure as Exposure,
    position: toPosition(row),
    mapping: JSON.parse(row.mapping) as LineMapping[],
    storeIntervalMs: row.store_interval_ms,
    deviceIdentity: row.device_identity,
    createdAt: row.created_at,
    removedAt: row.removed_at,
  };
}

/** A workspace of an older program that is only read has no such columns. */
function toPosition({ latitude, longitude }: Partial<SensorRow>): Position | null {
  return typeof latitude === "number" && typeof longitude === "number" ? { latitude, longitude } : null;
}
