import type { Generated } from "kysely";

/** The ordinary tables of a workspace as Kysely sees them; JSON columns are text, instants are UTC epoch milliseconds. */
export interface WorkspaceTables {
  settings: { key: string; value: string };
  sensors: {
    id: string;
    name: string;
    driver_id: string;
    port_path: string;
    port_identity: string | null;
    serial_settings: string | null;
    place: string;
    exposure: string;
    mapping: string;
    store_interval_ms: number;
    device_identity: string | null;
    created_at: number;
    removed_at: number | null;
    latitude: number | null;
    longitude: number | null;
  };
  channels: {
    id: string;
    sensor_id: string | null;
    quantity: string;
    key: string;
    place: string;
    exposure: string;
    interval_ms: number;
    created_at: number;
  };
  manual_values: {
    metric_id: string;
    value: number;
    unit: string;
    observed_at: number;
    recorded_at: number;
  };
  recommendation_feedback: {
    id: Generated<number>;
    recommendation_id: string;
    action: string;
    reason: string;
    at: number;
    project_id: string | null;
  };
  imports: {
    id: string;
    file_name: string;
    file_sha256: string | null;
    format: string;
    status: string;
    options: string;
    rows_read: number;
    rows_rejected: number;
    readings_inserted: number;
    readings_corrected: number;
    readings_unchanged: number;
    started_at: number;
    finished_at: number | null;
  };
  audit_entries: {
    id: Generated<number>;
    at: number;
    actor: string;
    action: string;
    subject: string;
    detail: string;
  };
}
