import type { ChannelView, SensorView } from "@ecolocal/core/api";
import { CoverageChart } from "./coverage-chart.tsx";
import css from "./health.module.css";
import { HealthStrip } from "./health-strip.tsx";
import { QualityCard } from "./quality-card.tsx";

interface HealthTabProps {
  readonly sensor: SensorView;
  readonly channel: ChannelView;
}

/** How well a sensor has been heard: its line, its days, and what its values look like. */
export function HealthTab({ sensor, channel }: HealthTabProps) {
  return (
    <div className={css["tab"]}>
      <HealthStrip sensor={sensor} />
      <CoverageChart channel={channel} since={sensor.createdAt} />
      <QualityCard channel={channel} />
    </div>
  );
}
