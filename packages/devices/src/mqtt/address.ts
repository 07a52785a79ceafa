/** Where messages come from, as a port name says it. */
export interface MqttAddress {
  /** `mqtt://host:1883`, without anything secret. */
  readonly broker: string;
  readonly topics: readonly string[];
  /** File with the user name on its first line and the password on its second. */
  readonly credentialsFile: string | null;
  /** File with the certificates of the authority to trust (PEM). */
  readonly caFile: string | null;
  readonly clientId: string | null;
}

const ADDRESS = /^(mqtts?):\/\/(\[[0-9a-fA-F:.]+\]|[\w.-]+)(?::(\d{1,5}))?(?:\/([^?]*))?(?:\?(.*))?$/;
const DEFAULT_PORTS = { mqtt: "1883", mqtts: "8883" } as const;

/** Announcements are subscribed to first, so that retained ones explain the values that follow. */
const ANNOUNCEMENTS = ["homeassistant/sensor/#", "homeassistant/device/#"] as const;

/**
 * Reads a port name such as `mqtt://broker.local/zigbee2mqtt/#` or
 * `mqtts://host:8883/?topic=a/%2B&topic=homeassistant&credentials=/etc/ecolocal/mqtt&ca=/etc/ssl/own.pem`.
 *
 * The path is a topic filter (`#` and `+` as they are); more filters come as `topic`; `homeassistant` stands for all
 * announcements. User names and passwords never stand in a port name, which is shown and stored; `null` when the text
 * is no such address or contains one.
 */
export function parseMqttAddress(port: string): MqttAddress | null {
  const [found, scheme = "", host = "", digits, path = "", query = ""] = ADDRESS.exec(port) ?? [];
  if (found === undefined || (scheme !== "mqtt" && scheme !== "mqtts")) return null;
  const number = Number(digits ?? DEFAULT_PORTS[scheme]);
  if (number < 1 || number > 65_535) return null;
  const parameters = new URLSearchParams(query);
  const named = parameters
    .getAll("topic")
    .flatMap((topic) => (topic === "homeassistant" ? [...ANNOUNCEMENTS] : [topic]));
  const own = decodePath(path);
  const topics = [...named, ...(own === null || own === "" ? [] : [own])];
  if (own === null || topics.length === 0 || !topics.every(isTopicFilter)) return null;
  return {
    broker: `${scheme}://${host}:${number}`,
    topics,
    credentialsFile: parameters.get("credentials"),
    caFile: parameters.get("ca"),
    clientId: parameters.get("client"),
  };
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** Source: OASIS, MQTT Version 5.0, §4.7.1. */
function isTopicFilter(filter: string): boolean {
  const levels = filter.split("/");
  const isLevel = (level: string, i: number): boolean =>
    level === "+" || (level === "#" ? i === levels.length - 1 : !/[+#\0]/.test(level));
  return filter.length > 0 && filter.length <= 1024 && levels.every(isLevel);
}
