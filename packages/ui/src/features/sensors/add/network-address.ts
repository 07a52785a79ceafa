/** What people say about a device on the network. */
export interface NetworkDevice {
  readonly kind: "mqtt" | "mqtts" | "tcp";
  readonly host: string;
  /** Empty for the usual one. */
  readonly port: string;
  /** MQTT: which messages; `homeassistant` stands for everything that announces itself. */
  readonly topic: string;
  /** MQTT: a file with user name and password, which never stand in an address. */
  readonly credentialsFile: string;
}

export type NetworkProblem = "host" | "port" | "topic";

const HOST = /^(?:[\w.-]+|\[[0-9a-fA-F:.]+\])$/;

/** What is missing or wrong, by field. */
export function networkProblems({ kind, host, port, topic }: NetworkDevice): NetworkProblem[] {
  const isPort = /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535;
  return [
    ...(HOST.test(host.trim()) ? [] : ["host" as const]),
    ...(isPort || (port === "" && kind !== "tcp") ? [] : ["port" as const]),
    ...(kind === "tcp" || topic.trim() !== "" ? [] : ["topic" as const]),
  ];
}

/** The port name of a network device: `tcp://host:port`, `mqtt://host/?topic=…`. */
export function networkAddress({ kind, host, port, topic, credentialsFile }: NetworkDevice): string {
  const at = `${kind}://${host.trim()}${port === "" ? "" : `:${port}`}`;
  if (kind === "tcp") return at;
  const query = [`topic=${encodeURIComponent(topic.trim())}`];
  if (credentialsFile.trim() !== "") query.push(`credentials=${encodeURIComponent(credentialsFile.trim())}`);
  return `${at}/?${query.join("&")}`;
}
