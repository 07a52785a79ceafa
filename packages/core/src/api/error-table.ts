import { REJECT_CODES } from "../sensing/index.ts";

/**
 * What every failure code means to a caller, in one place; `docs/ERRORS.md` is generated from it and the sentences
 * people read are the messages `error.<CODE>.what` and `error.<CODE>.do` of the catalogue.
 *
 * Exit codes: product facts §3.14 (2 usage, 3 partial, 4 not found, 5 retryable, 6 permission, 7 invalid or conflict,
 * 8 locked, 9 nothing to do, 10 not initialised). Close codes 4400–4499 are terminal for y-websocket.
 */
export interface ErrorEntry {
  readonly exit: number;
  readonly http: number;
  readonly close: number;
  readonly level: "debug" | "info" | "warn" | "error";
}

const entry = (exit: number, http: number, level: ErrorEntry["level"], close = 4400): ErrorEntry => ({
  exit,
  http,
  close,
  level,
});

const FRAME = entry(3, 422, "debug");

export const ERROR_TABLE = {
  LINK_LOST: entry(5, 503, "info", 1012),
  LINK_PROTOCOL_MISMATCH: entry(7, 426, "warn", 4426),
  RPC_CANCELLED: entry(130, 499, "debug", 1000),
  RPC_FORBIDDEN: entry(6, 403, "warn", 4403),
  RPC_INPUT_INVALID: entry(2, 400, "info"),
  RPC_INTERNAL: entry(1, 500, "error", 1011),
  RPC_PROCEDURE_UNKNOWN: entry(2, 404, "warn", 4404),
  RPC_TOO_LARGE: entry(7, 413, "warn", 4413),
  RPC_TOO_MANY_REQUESTS: entry(5, 429, "warn", 4529),

  CLI_COMMAND_UNKNOWN: entry(127, 404, "info"),
  CLI_USAGE: entry(2, 400, "info"),
  CLI_UNEXPECTED: entry(1, 500, "error", 1011),
  CLI_NOTHING_TO_DO: entry(9, 404, "info"),
  CLI_CONFIRMATION_NEEDED: entry(2, 400, "info"),
  ERROR_CODE_UNKNOWN: entry(4, 404, "info"),

  WORKSPACE_NOT_FOUND: entry(10, 404, "info", 4404),
  WORKSPACE_EXISTS: entry(7, 409, "info"),
  WORKSPACE_LOCKED: entry(8, 423, "info", 1013),
  WORKSPACE_NEWER: entry(7, 426, "warn", 4426),
  WORKSPACE_CORRUPT: entry(7, 500, "error", 1011),
  WORKSPACE_NOT_DEMO: entry(7, 409, "info"),
  WORKSPACE_ZONE_UNKNOWN: entry(2, 400, "info"),
  WORKSPACE_FOLDER_INVALID: entry(2, 400, "info"),
  WORKSPACE_NOT_OPEN: entry(7, 409, "info"),
  WORKSPACE_FOLDER_SYNCED: entry(0, 200, "warn"),
  WORKSPACE_COPIED_OPEN: entry(0, 200, "warn"),

  STORAGE_FULL: entry(5, 507, "error", 1011),
  STORAGE_READ_ONLY: entry(6, 403, "warn", 4403),
  STORAGE_FAILED: entry(1, 500, "error", 1011),

  READINGS_NOT_FINITE: entry(7, 422, "debug"),
  READINGS_TIME_TOO_OLD: entry(7, 422, "debug"),
  READINGS_TIME_IN_FUTURE: entry(7, 422, "debug"),
  READINGS_CHANNEL_UNKNOWN: entry(4, 404, "debug"),
  READINGS_SPAN_INVALID: entry(2, 400, "info"),
  READINGS_ANSWER_TOO_LARGE: entry(7, 413, "info"),
  READINGS_ANNOTATION_UNKNOWN: entry(4, 404, "info", 4404),
  READINGS_BLOCK_DAMAGED: entry(7, 500, "error", 1011),
  READINGS_BLOCK_ORPHANED: entry(7, 500, "warn"),
  READINGS_ROLLUP_DAMAGED: entry(7, 500, "warn"),
  CHANNEL_NOT_FOUND: entry(4, 404, "info", 4404),

  SENSING_PORT_MISSING: entry(4, 404, "warn"),
  SENSING_PORT_DENIED: entry(6, 403, "warn"),
  SENSING_PORT_BUSY: entry(8, 423, "warn"),
  SENSING_PORT_SILENT: entry(5, 504, "warn"),
  SENSING_PORT_LOST: entry(5, 503, "warn"),
  SENSING_PORT_FAILED: entry(5, 503, "warn"),
  SENSING_PORT_TAKEN: entry(7, 409, "info"),
  SENSING_PORT_GARBLED: entry(5, 504, "warn"),
  SENSING_PORT_NOT_SERIAL: entry(7, 422, "warn"),
  SENSING_PORT_ENDED: entry(0, 410, "info", 1000),
  SENSING_PORT_WRITE_FAILED: entry(5, 503, "warn"),
  SENSING_PTY_UNAVAILABLE: entry(4, 501, "info"),
  SENSING_DRIVER_UNKNOWN: entry(4, 404, "info"),
  SENSING_DRIVER_NOT_SIMULATED: entry(4, 404, "info"),
  SENSING_DEVICE_OTHER: entry(7, 409, "warn"),
  SENSING_DEVICE_MOVED: entry(7, 409, "warn"),
  SENSING_DEVICE_FILE_INVALID: entry(2, 400, "info"),
  SENSING_PUSH_TOKEN_WEAK: entry(2, 400, "info"),
  SENSING_PUSH_PORT_TAKEN: entry(7, 409, "warn"),
  SENSING_PUSH_UNREADABLE: entry(7, 400, "info"),
  SENSING_PUSH_TOKEN: entry(6, 401, "info"),
  SENSING_PUSH_HOST: entry(6, 421, "warn"),
  SENSING_PUSH_RATE: entry(5, 429, "warn"),
  SENSING_PUSH_LARGE: entry(7, 413, "info"),
  SENSING_PUSH_PATH: entry(4, 404, "info"),
  SENSING_PUSH_METHOD: entry(2, 405, "info"),
  CALIBRATION_TOO_SHORT: entry(7, 422, "info"),
  CALIBRATION_NO_VARIATION: entry(7, 422, "info"),
  CALIBRATION_NO_BASELINE: entry(7, 422, "info"),
  CALIBRATION_MISMATCH: entry(7, 409, "info"),
  CALIBRATION_REFUSED: entry(7, 422, "info"),
  CALIBRATION_UNVALIDATED: entry(7, 409, "info"),
  SENSING_MAPPING_INVALID: entry(2, 400, "info"),
  SENSING_CANNOT_REST: entry(2, 400, "info"),
  SENSING_CANNOT_CONFIGURE: entry(2, 400, "info"),
  SENSING_UNIT_UNKNOWN: entry(2, 400, "info"),
  SENSING_UNIT_MISMATCH: entry(2, 400, "info"),
  SENSING_FRAME_PARTIAL: FRAME,
  SENSING_FRAME_CHECKSUM: FRAME,
  SENSING_FRAME_MALFORMED: FRAME,
  SENSING_FRAME_TOO_LONG: FRAME,
  SENSING_FRAME_UNSUPPORTED: FRAME,
  SENSING_FRAME_NOT_A_READING: FRAME,
  SENSING_BYTES_UNRECOGNISED: FRAME,
  SENSOR_NOT_FOUND: entry(4, 404, "info", 4404),

  IMPORT_NOT_FOUND: entry(4, 404, "info", 4404),
  IMPORT_COLUMNS_UNKNOWN: entry(2, 400, "info"),
  IMPORT_FORMAT_UNKNOWN: entry(7, 422, "info"),
  IMPORT_ROW_TIME_INVALID: entry(3, 422, "debug"),
  IMPORT_ROW_VALUE_INVALID: entry(3, 422, "debug"),
  IMPORT_ROW_TRUNCATED: entry(3, 422, "debug"),
  IMPORT_LINE_TOO_LONG: entry(7, 422, "info"),
  IMPORT_STOPPED: entry(5, 507, "error"),
  IMPORT_ROWS_REJECTED: entry(3, 207, "info"),
  IMPORT_FILE_UNREADABLE: entry(4, 404, "info"),

  EXPORT_FILE_REFUSED: entry(6, 403, "info"),

  JUDGEMENT_INDEX_UNKNOWN: entry(4, 404, "info"),
  JUDGEMENT_INPUT_INVALID: entry(2, 400, "info"),
  JUDGEMENT_INPUT_MISSING: entry(2, 400, "info"),
  JUDGEMENT_INPUT_UNKNOWN: entry(2, 400, "info"),
  JUDGEMENT_OUT_OF_TABLE: entry(7, 422, "info"),

  IMPACT_DIVISION_BY_ZERO: entry(7, 422, "warn"),
  IMPACT_FORMULA_INVALID: entry(7, 422, "warn"),
  IMPACT_NAME_UNKNOWN: entry(7, 422, "warn"),
  IMPACT_NOT_FINITE: entry(7, 422, "warn"),
  KNOWLEDGE_INVALID: entry(7, 422, "error"),

  METRIC_NOT_FOUND: entry(4, 404, "info", 4404),
  METRIC_UNIT_MISMATCH: entry(2, 400, "info"),
  METRIC_VALUE_IMPLAUSIBLE: entry(2, 400, "info"),
  RECOMMENDATION_NOT_FOUND: entry(4, 404, "info", 4404),
  PROJECT_NOT_FOUND: entry(4, 404, "info", 4404),
  TASK_NOT_FOUND: entry(4, 404, "info", 4404),
  TASK_DEPENDENCY_CYCLE: entry(7, 409, "info"),
  PLANNING_DAY_INVALID: entry(2, 400, "info"),

  DOCUMENT_NOT_FOUND: entry(4, 404, "info", 4404),
  DOCUMENT_EXISTS: entry(7, 409, "info"),
  DOCUMENT_NEWER: entry(7, 426, "warn", 4426),
  DOCUMENT_DAMAGED: entry(7, 500, "error", 1011),
  DOCUMENT_UPDATE_INVALID: entry(7, 422, "warn"),
  DOCUMENT_UPDATE_TOO_LARGE: entry(7, 413, "warn", 4413),
  DOCUMENT_VERSION_NOT_FOUND: entry(4, 404, "info", 4404),

  BACKUP_NOT_FOUND: entry(4, 404, "info", 4404),
  BACKUP_DAMAGED: entry(7, 422, "error"),

  SERVE_HOST_REFUSED: entry(6, 421, "warn"),
  SERVE_INTERFACE_MISSING: entry(4, 404, "error"),
  SERVE_ORIGIN_REFUSED: entry(6, 403, "warn", 4403),
  SERVE_TOKEN_REFUSED: entry(6, 401, "warn", 4401),
  SERVE_PORT_BUSY: entry(5, 503, "warn"),

  SYNC_ALREADY_JOINED: entry(7, 409, "info"),
  SYNC_ARCHIVE_DAMAGED: entry(8, 422, "error"),
  SYNC_ARCHIVE_NOT_READABLE: entry(4, 404, "error"),
  SYNC_ARCHIVE_TOO_NEW: entry(7, 426, "error"),
  SYNC_BACKUP_FAILED: entry(5, 503, "error"),
  SYNC_CONFIG_INVALID: entry(2, 400, "error", 1011),
  SYNC_DEMO: entry(7, 409, "info"),
  SYNC_DEVICE_REVOKED: entry(6, 403, "warn", 4401),
  SYNC_DEVICE_UNKNOWN: entry(4, 404, "info", 4404),
  SYNC_DRILL_FAILED: entry(1, 500, "error"),
  SYNC_EPOCH_CHANGED: entry(7, 409, "warn", 4409),
  SYNC_HOST_NAME_MISSING: entry(2, 400, "info"),
  SYNC_HOST_PORT_BUSY: entry(5, 503, "warn"),
  SYNC_INVITATION_EXPIRED: entry(7, 410, "info", 4410),
  SYNC_INVITATION_UNKNOWN: entry(4, 404, "info", 4404),
  SYNC_INVITATION_USED: entry(7, 410, "info", 4410),
  SYNC_KEY_UNREADABLE: entry(1, 500, "error", 4401),
  SYNC_LAST_STEWARD: entry(7, 409, "info", 4400),
  SYNC_LINK_INVALID: entry(2, 400, "info"),
  SYNC_MALFORMED: entry(2, 400, "warn", 4400),
  SYNC_MEMBER_UNKNOWN: entry(4, 404, "info", 4404),
  SYNC_NOT_FOUND: entry(4, 404, "info", 4404),
  SYNC_NOT_JOINED: entry(10, 409, "info"),
  SYNC_NOT_READY: entry(5, 503, "info"),
  SYNC_PATCH_FOREIGN: entry(7, 409, "info"),
  SYNC_PATCH_INVALID: entry(7, 422, "warn"),
  SYNC_PATCH_UNTRUSTED: entry(6, 403, "warn"),
  SYNC_RATE_LIMITED: entry(5, 429, "warn", 4529),
  SYNC_RESTORE_REFUSED: entry(7, 409, "info"),
  SYNC_ROLE_INSUFFICIENT: entry(6, 403, "info", 4403),
  SYNC_ROOM_FULL: entry(5, 503, "warn", 4503),
  SYNC_ROOM_UNAVAILABLE: entry(5, 503, "warn", 1013),
  SYNC_SEGMENT_EMPTY: entry(4, 404, "info"),
  SYNC_SEGMENT_FOREIGN: entry(6, 403, "warn"),
  SYNC_SEGMENT_INVALID: entry(7, 422, "warn"),
  SYNC_SEGMENT_QUOTA: entry(5, 507, "warn"),
  SYNC_SEGMENT_STALE: entry(7, 409, "info"),
  SYNC_SERVER_INSECURE: entry(6, 403, "warn"),
  SYNC_SERVER_INVALID: entry(7, 502, "warn"),
  SYNC_SERVER_NEWER: entry(7, 426, "warn", 4426),
  SYNC_SERVER_OLDER: entry(7, 426, "warn", 4426),
  SYNC_SERVER_UNREACHABLE: entry(5, 503, "info", 1013),
  SYNC_STORE_FAILED: entry(5, 503, "error", 1013),
  SYNC_STORE_FULL: entry(5, 507, "error", 1013),
  SYNC_STORE_LOCKED: entry(8, 423, "error", 1013),
  SYNC_STORE_NOT_DURABLE: entry(1, 500, "error", 1011),
  SYNC_TOKEN_EXPIRED: entry(5, 401, "info", 4401),
  SYNC_TOKEN_REFUSED: entry(6, 401, "warn", 4401),
  SYNC_TOO_LARGE: entry(7, 413, "warn", 4413),
  SYNC_UPDATE_REFUSED: entry(7, 422, "warn"),
  SYNC_WORKSPACE_EXISTS: entry(7, 409, "info", 4400),
  SYNC_WORKSPACE_UNKNOWN: entry(4, 404, "info", 4404),
} as const satisfies Record<string, ErrorEntry>;

export type FailureCode = keyof typeof ERROR_TABLE;

// Every reject code of a decoder must be explained here as well.
REJECT_CODES satisfies readonly FailureCode[];

export function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(ERROR_TABLE, code);
}

/** Looks up a code; unknown codes are treated as unexpected. */
export function errorEntry(code: string): ErrorEntry {
  return isFailureCode(code) ? ERROR_TABLE[code] : ERROR_TABLE.RPC_INTERNAL;
}
