/** What a device posted, as the line its driver reads. */
export interface PushedMessage {
  /** `esp8266-1234567`, or the id of an openSenseMap box. */
  readonly deviceId: string;
  readonly kind: "airrohr" | "opensensemap";
  /** One text line without its end, JSON. */
  readonly line: string;
}

const ID = /^[\w.:-]{1,80}$/;
const MAX_VALUES = 100;

/**
 * Reads what an airRohr node posts to its "own API" (`{"esp8266id": "…", "sensordatavalues": […]}`).
 *
 * Everything beside the values is left out of the line. `null` when it is no such post or does not say who sent it;
 * `header` is the `X-Sensor` header, which some firmwares send instead of an id in the body.
 *
 * Source: opendata-stuttgart/sensors-software, airrohr-firmware, sendData and custom API.
 */
export function readAirrohrPost(body: unknown, header: string | null): PushedMessage | null {
  const post = asRecord(body);
  const values = post?.["sensordatavalues"];
  if (post === null || !Array.isArray(values)) return null;
  const chip = (["esp8266id", "esp32id", "raspiid"] as const).find((key) => isId(post[key]));
  const deviceId = chip === undefined ? header : `${chip.slice(0, -2)}-${String(post[chip])}`;
  if (deviceId === null || !ID.test(deviceId)) return null;
  const sensordatavalues = values.slice(0, MAX_VALUES).flatMap((entry) => {
    const { value_type, value } = asRecord(entry) ?? {};
    return typeof value_type === "string" && isValue(value) ? [{ value_type, value }] : [];
  });
  if (sensordatavalues.length === 0) return null;
  return { deviceId, kind: "airrohr", line: JSON.stringify({ sensordatavalues }) };
}

/**
 * Reads what a senseBox posts to `/boxes/{id}/data`: a list of `{sensor, value}` or an object `{sensor: value}`.
 *
 * The line is an object of numbers by sensor id, to be mapped. `null` when it is none.
 * Source: openSenseMap API, POST /boxes/:senseBoxId/data, JSON and JSON object formats.
 */
export function readSenseMapPost(body: unknown, boxId: string): PushedMessage | null {
  if (!ID.test(boxId)) return null;
  const entries = Array.isArray(body) ? listEntries(body) : Object.entries(asRecord(body) ?? {});
  const values = entries.slice(0, MAX_VALUES).flatMap(([sensor, value]): [string, string | number][] => {
    // `[value, time]` is how the object format says when; values arrive as they are measured.
    const plain: unknown = Array.isArray(value) ? value[0] : value;
    return ID.test(sensor) && isValue(plain) ? [[sensor, plain]] : [];
  });
  if (values.length === 0) return null;
  return { deviceId: boxId, kind: "opensensemap", line: JSON.stringify(Object.fromEntries(values)) };
}

function listEntries(list: readonly unknown[]): [string, unknown][] {
  return list.flatMap((entry): [string, unknown][] => {
    const record = asRecord(entry);
    const sensor = record?.["sensor"] ?? record?.["sensor_id"];
    return typeof sensor === "string" ? [[sensor, record?.["value"]]] : [];
  });
}

function isId(value: unknown): boolean {
  return (typeof value === "string" || typeof value === "number") && ID.test(String(value));
}

function isValue(value: unknown): value is string | number {
  return (typeof value === "string" && value.length <= 40) || (typeof value === "number" && Number.isFinite(value));
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}
