import type { ChannelView, SensorView } from "@ecolocal/core/api";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { failureOf, type RangeName, useEngine, useEngineAction } from "../../client/index.ts";
import { EmptyState, FailureNotice, LinkButton, Page, PendingPage, Segmented, Select, Tabs } from "../../kit/index.ts";
import { channelName, useText } from "../../text/index.ts";
import { CalibrationTab } from "./calibration/calibration-tab.tsx";
import { ChannelChart } from "./channel-chart.tsx";
import { HealthTab } from "./health/health-tab.tsx";
import { HealthCard } from "./health-card.tsx";
import { MovedSensor } from "./moved-sensor.tsx";
import { NowCard } from "./now-card.tsx";
import { SENSOR_TABS, type SensorTab } from "./search.ts";
import { SensorActions } from "./sensor-actions.tsx";
import css from "./sensors.module.css";
import { StateChip } from "./state-chip.tsx";

/** One sensor: what it says now, what it said, and how it is doing. */
export function SensorPage() {
  const { t } = useText();
  const { sensorId } = useParams({ from: "/sensors/$sensorId" });
  const { data, error, refetch } = useEngine("sensor.get", { sensorId });
  const crumbs = <Link to="/sensors">{t("sensors.title")}</Link>;
  if (data === undefined) {
    return (
      <PendingPage
        title={t("sensor.title")}
        crumbs={crumbs}
        failure={error ? failureOf(error) : null}
        onRetry={() => void refetch()}
      >
        <LinkButton to="/sensors" size="s">
          {t("sensor.toList")}
        </LinkButton>
      </PendingPage>
    );
  }
  return (
    <Page
      title={data.name}
      crumbs={crumbs}
      chips={<SensorChips sensor={data} />}
      actions={<SensorActions sensor={data} />}
    >
      <SensorProblem sensor={data} />
      <SensorBody sensor={data} />
    </Page>
  );
}

function SensorChips({ sensor }: { readonly sensor: SensorView }) {
  const { t } = useText();
  const place = sensor.place === "" ? t("sensors.noPlace") : sensor.place;
  return (
    <>
      <StateChip state={sensor.state} />
      <span className={css["dimmedNote"]}>
        {sensor.exposure === "unknown"
          ? place
          : t("sensor.placeAndExposure", { place, exposure: t(`exposure.${sensor.exposure}`) })}
      </span>
    </>
  );
}

function SensorProblem({ sensor }: { readonly sensor: SensorView }) {
  const retry = useEngineAction("sensor.retry");
  if (sensor.problem === null) return null;
  return (
    <FailureNotice failure={sensor.problem} onRetry={() => retry.mutate({ sensorId: sensor.id })}>
      {MOVABLE.includes(sensor.problem.code) && <MovedSensor sensor={sensor} />}
    </FailureNotice>
  );
}

/** What another socket may be the reason for. */
const MOVABLE: readonly string[] = ["SENSING_DEVICE_MOVED", "SENSING_PORT_MISSING"];

function SensorBody({ sensor }: { readonly sensor: SensorView }) {
  const { t } = useText();
  const search = useSearch({ from: "/sensors/$sensorId" });
  const navigate = useNavigate({ from: "/sensors/$sensorId" });
  const channel = sensor.channels.find(({ id }) => id === search.channel) ?? sensor.channels[0];
  if (channel === undefined) {
    return (
      <div className={css["columns"]}>
        <EmptyState icon="waiting" title={t("sensor.noValuesTitle")} text={t("sensor.noValuesText")} />
        <HealthCard sensor={sensor} />
      </div>
    );
  }
  return (
    <>
      {sensor.channels.length > 1 && (
        <ChannelPicker
          channels={sensor.channels}
          value={channel.id}
          onChange={(id) => void navigate({ search: (before) => ({ ...before, channel: id }), replace: true })}
        />
      )}
      <Tabs
        label={t("sensor.tabs")}
        value={tabsOf(sensor).find((id) => id === search.view) ?? "values"}
        onChange={(view) => void navigate({ search: (before) => ({ ...before, view }), replace: true })}
        tabs={tabsOf(sensor).map((id) => ({
          id,
          label: t(`sensor.tab.${id}`),
          content: (
            <SensorSide side={id} sensor={sensor} channel={channel} range={search.range ?? firstRange(sensor)} />
          ),
        }))}
      />
    </>
  );
}

/** Of another member's sensor only the values are here: its line and its corrections are at home with its owner. */
function tabsOf({ owner }: SensorView): readonly SensorTab[] {
  return owner === undefined ? SENSOR_TABS : ["values"];
}

interface SensorSideProps {
  readonly side: SensorTab;
  readonly sensor: SensorView;
  readonly channel: ChannelView;
  readonly range: RangeName;
}

function SensorSide({ side, sensor, channel, range }: SensorSideProps) {
  if (side === "health") return <HealthTab sensor={sensor} channel={channel} />;
  if (side === "calibration") return <CalibrationTab channel={channel} />;
  return (
    <div className={css["columns"]}>
      <ChannelChart channel={channel} range={range} />
      <div className={css["side"]}>
        <NowCard channel={channel} freshness={sensor.freshness} />
        <HealthCard sensor={sensor} />
      </div>
    </div>
  );
}

const YOUNG_MS = 6 * 3_600_000;

/** A sensor of today has little to show over a day: its last hour says more. */
function firstRange(sensor: SensorView): RangeName {
  return Date.now() - sensor.createdAt < YOUNG_MS ? "1h" : "24h";
}

const SEGMENTS_AT_MOST = 4;

interface ChannelPickerProps {
  readonly channels: readonly ChannelView[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

function ChannelPicker({ channels, value, onChange }: ChannelPickerProps) {
  const text = useText();
  const { t } = text;
  const options = channels.map((channel) => ({
    id: channel.id,
    label: channelName(channel, text),
  }));
  const props = { label: t("sensor.value"), labelHidden: true, options, value, onChange };
  if (channels.length <= SEGMENTS_AT_MOST) return <Segmented {...props} />;
  return (
    <div className={css["picker"]}>
      <Select {...props} />
    </div>
  );
}
