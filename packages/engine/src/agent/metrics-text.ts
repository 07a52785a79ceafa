import type { SensorView, WorkspaceStatus } from "@ecolocal/core/api";
import type { Instant } from "@ecolocal/core/shared";

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge";
  readonly values: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

const STATES: readonly SensorView["state"][] = [
  "starting",
  "reading",
  "silent",
  "disconnected",
  "waiting",
  "stopped",
  "failed",
];

/** The counters of every port and the state of every sensor, in Prometheus' text format 0.0.4. */
export function renderMetrics(
  status: Pick<WorkspaceStatus, "counts">,
  sensors: readonly SensorView[],
  now: Instant,
): string {
  const per = (
    name: string,
    help: string,
    read: (sensor: SensorView) => number | null,
    type: Metric["type"] = "counter",
  ): Metric => ({
    name,
    help,
    type,
    values: sensors.flatMap((sensor) => {
      const value = read(sensor);
      return value === null ? [] : [{ labels: labelsOf(sensor), value }];
    }),
  });
  const metrics: Metric[] = [
    per("ecolocal_port_frames_ok_total", "Good messages.", ({ counters }) => counters.framesOk),
    per("ecolocal_port_frames_bad_total", "Damaged messages.", ({ counters }) => counters.framesBad),
    per("ecolocal_port_bytes_discarded_total", "Bytes of no good message.", ({ counters }) => counters.bytesDiscarded),
    per(
      "ecolocal_port_reconnects_total",
      "How often the port was opened again.",
      ({ counters }) => counters.reconnects,
    ),
    per(
      "ecolocal_sensor_last_reading_age_seconds",
      "Seconds since the last reading.",
      ({ lastReadingAt }) => (lastReadingAt === null ? null : Math.max(0, (now - lastReadingAt) / 1000)),
      "gauge",
    ),
    {
      name: "ecolocal_sensor_state",
      help: "1 for the state that the sensor is in.",
      type: "gauge",
      values: sensors.flatMap((sensor) =>
        STATES.map((state) => ({ labels: { ...labelsOf(sensor), state }, value: sensor.state === state ? 1 : 0 })),
      ),
    },
    {
      name: "ecolocal_readings",
      help: "Stored readings.",
      type: "gauge",
      values: [{ labels: {}, value: status.counts.readings }],
    },
  ];
  return metrics.map(renderMetric).join("");
}

/** Neither names nor places: a metrics store is often read by more people than the workspace. */
function labelsOf({ id, driverId }: SensorView): Record<string, string> {
  return { sensor: id, driver: driverId };
}

function renderMetric({ name, help, type, values }: Metric): string {
  const lines = values.map(({ labels, value }) => {
    const text = Object.entries(labels)
      .map(([key, label]) => `${key}="${escapeLabel(label)}"`)
      .join(",");
    return `${name}${text === "" ? "" : `{${text}}`} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ""].join("\n");
}

function escapeLabel(text: string): string {
  return text.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}
