import type { ComponentProps } from "react";
import {
  Card,
  type ChancePoint,
  ChartFrame,
  FailureNotice,
  type HeatRow,
  Histogram,
  type HistogramBin,
  PeriodBars,
  SCurve,
  Skeleton,
  Tornado,
  type TornadoRow,
  WeekHeatMap,
} from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./kit.module.css";
import { SAMPLE_BINS, SAMPLE_CHANCES, SAMPLE_PERIODS, SAMPLE_SWINGS, SAMPLE_WEEK } from "./kit-samples.ts";

/** Charts that show a pattern instead of a course: full, with gaps, without data, waiting and failed. */
export function KitPatterns() {
  const { t, formats } = useText();
  return (
    <div className={css["grid"]}>
      <SampleHeatMap title={t("kit.heatMap")} measured />
      <SampleHeatMap title={t("kit.heatMapEmpty")} measured={false} />
      <SampleHistogram />
      <SamplePeriods />
      <SampleSCurve />
      <SampleTornado />
      <Skeleton rows={1} height={220} />
      <FailureNotice
        failure={{
          code: "STORAGE_FAILED",
          op: "data.profile",
          subject: formats.weekdayName(1),
          detail: "",
          retry: "now",
        }}
        onRetry={() => undefined}
      />
    </div>
  );
}

function SampleHeatMap({ title, measured }: { readonly title: string; readonly measured: boolean }) {
  const { t, formats } = useText();
  const value = (amount: number | null) =>
    amount === null ? t("value.missing") : formats.valueWithUnit(amount, "co2");
  const rows: readonly HeatRow[] = formats.weekOrder.map((day) => ({
    name: formats.weekday(`2024-01-0${day}`),
    values: SAMPLE_WEEK.slice((day - 1) * 24, day * 24).map((amount) => (measured ? amount : null)),
  }));
  return (
    <Card>
      <WeekHeatMap title={title} summary={t("kit.prose")} rows={rows} formatValue={value} />
    </Card>
  );
}

function SamplePeriods() {
  const { t, formats } = useText();
  const value = (amount: number | null) =>
    amount === null ? t("value.missing") : formats.valueWithUnit(amount, "energy_import");
  return (
    <Sample
      title={t("kit.periods")}
      columns={[
        { id: "from", title: t("table.from"), cell: (bar) => formats.day(bar.from) },
        { id: "certain", title: t("table.measured"), cell: (bar) => value(bar.certain), numeric: true },
        { id: "estimated", title: t("data.estimated"), cell: (bar) => value(bar.estimated), numeric: true },
      ]}
      rows={SAMPLE_PERIODS}
    >
      <PeriodBars
        label={t("kit.periods")}
        bars={SAMPLE_PERIODS}
        formatPeriod={formats.day}
        formatValue={formats.number}
        read={(bar) => t("chart.readValue", { time: formats.day(bar.from), value: value(bar.certain) })}
      />
    </Sample>
  );
}

function SampleHistogram() {
  const { t, formats } = useText();
  const title = t("kit.histogram");
  const value = (amount: number) => formats.valueWithUnit(amount, "co2");
  const read = ({ from, to, count }: HistogramBin) =>
    t("data.distributionRead", { from: value(from), to: value(to), count });
  return (
    <Sample
      title={title}
      columns={[
        { id: "from", title: t("table.lowest"), cell: (bin) => value(bin.from) },
        { id: "count", title: t("coverage.values"), cell: (bin) => formats.number(bin.count), numeric: true },
      ]}
      rows={SAMPLE_BINS}
    >
      <Histogram
        label={title}
        bins={SAMPLE_BINS}
        formatEdge={(amount) => formats.value(amount, "co2")}
        formatCount={(count) => formats.number(count)}
        read={read}
      />
    </Sample>
  );
}

function SampleSCurve() {
  const { t, formats } = useText();
  const title = t("kit.sCurve");
  const read = ({ value, chance }: ChancePoint) =>
    t("coverage.day", { day: formats.day(value), share: formats.percent(chance) });
  return (
    <Sample
      title={title}
      columns={[
        { id: "day", title: t("table.day"), cell: ({ value }) => formats.day(value) },
        { id: "chance", title, cell: ({ chance }) => formats.percent(chance), numeric: true },
      ]}
      rows={SAMPLE_CHANCES}
    >
      <SCurve
        label={title}
        points={SAMPLE_CHANCES}
        mark={{ value: SAMPLE_CHANCES[7]?.value ?? 0, name: t("schedule.today") }}
        formatValue={formats.day}
        formatChance={formats.percent}
        read={read}
      />
    </Sample>
  );
}

function SampleTornado() {
  const { t, formats } = useText();
  const title = t("kit.tornado");
  const days = (count: number) => formats.number(count, 0);
  const read = ({ name, low, high }: TornadoRow) =>
    t("chart.readMany", { time: name, values: formats.range(low, high) });
  return (
    <Sample
      title={title}
      columns={[
        { id: "name", title: t("table.task"), cell: ({ name }) => name },
        { id: "low", title: t("table.lowest"), cell: ({ low }) => days(low), numeric: true },
        { id: "high", title: t("table.highest"), cell: ({ high }) => days(high), numeric: true },
      ]}
      rows={SAMPLE_SWINGS}
    >
      <Tornado label={title} rows={SAMPLE_SWINGS} base={60} formatValue={days} read={read} />
    </Sample>
  );
}

/** A chart of the kit in its card; every sample says the same. */
function Sample<Row>(props: Omit<ComponentProps<typeof ChartFrame<Row>>, "summary">) {
  const { t } = useText();
  return (
    <Card>
      <ChartFrame summary={t("kit.prose")} {...props} />
    </Card>
  );
}
