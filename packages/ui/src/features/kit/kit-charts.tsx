import { useMemo } from "react";
import { Card, ChartFrame, EvidenceBars, RangeBar, ScheduleChart, Sparkline, scheduleLayout } from "../../kit/index.ts";
import { MultiSeriesChart, QualityStrip, qualitySegments, TimeSeriesChart } from "../../kit/time-series.ts";
import { useText } from "../../text/index.ts";
import css from "./kit.module.css";
import { SAMPLE_DAYS, SAMPLE_FROM, SAMPLE_NOW, SAMPLE_TASKS, SAMPLE_VALUES, sampleBuckets } from "./kit-samples.ts";

const buckets = sampleBuckets(0);
const lines = [0, 1, 2].map((shift) => ({ buckets: sampleBuckets(shift * 6), intervalMs: 300_000, shift }));

/** Every chart with sample data: a day with a gap, days of evidence, a range, a schedule. */
export function KitCharts() {
  const { t, formats } = useText();
  const summary = t("kit.prose");
  const time = { from: SAMPLE_FROM, to: SAMPLE_NOW, now: SAMPLE_NOW };
  const axis = useMemo(() => formats.axis("co2"), [formats]);
  const value = (amount: number) => formats.valueWithUnit(amount, "co2");
  const twin = {
    summary,
    columns: [{ id: "day", title: t("table.day"), cell: (row: { id: string }) => row.id }],
    rows: SAMPLE_DAYS,
  };
  const layout = scheduleLayout(SAMPLE_TASKS, SAMPLE_NOW);
  return (
    <div className={css["grid"]}>
      <Card>
        <ChartFrame {...twin} title={t("kit.timeSeries")}>
          <TimeSeriesChart
            {...time}
            buckets={buckets}
            intervalMs={300_000}
            label={t("kit.timeSeries")}
            formatValue={value}
            axis={axis}
            height={200}
          />
          <QualityStrip
            segments={qualitySegments(buckets, 300_000, SAMPLE_NOW, [SAMPLE_FROM + 3_600_000])}
            summary={summary}
            legend={(["measured", "suspect", "gap"] as const).map((kind) => ({
              kind,
              label: t(`qualityStrip.${kind}`),
            }))}
          />
        </ChartFrame>
      </Card>
      <Card>
        <ChartFrame {...twin} title={t("kit.lines")}>
          <MultiSeriesChart
            {...time}
            series={lines.map(({ shift, ...line }) => ({
              ...line,
              id: String(shift),
              name: t("kit.line", { number: shift + 1 }),
              colour: shift + 1,
            }))}
            label={t("kit.lines")}
            formatValue={value}
            axis={axis}
            syncKey="kit"
            height={200}
          />
        </ChartFrame>
      </Card>
      <Card>
        <ChartFrame {...twin} title={t("kit.bars")}>
          <EvidenceBars
            bars={SAMPLE_DAYS}
            threshold={1400}
            legend={{
              limit: t("evidence.legend.limit", { limit: value(1400) }),
              hit: t("evidence.legend.hit"),
              calm: t("evidence.legend.calm"),
              missing: t("evidence.legend.missing"),
            }}
            formatTick={formats.number}
            summary={summary}
          />
        </ChartFrame>
      </Card>
      <Card>
        <ChartFrame {...twin} title={t("kit.small")}>
          <div className={css["stack"]}>
            <Sparkline values={SAMPLE_VALUES} summary={summary} />
            <Sparkline values={SAMPLE_VALUES} summary={summary} series={2} dimmed />
            <RangeBar p10={8} p50={21} p90={38} summary={summary} />
            <RangeBar p10={-160} p50={-70} p90={-15} summary={summary} />
            <RangeBar p10={-20} p50={10} p90={60} summary={summary} />
          </div>
        </ChartFrame>
      </Card>
      <Card>
        <ChartFrame {...twin} title={t("schedule.title")}>
          {layout && (
            <ScheduleChart layout={layout} formatDay={formats.day} summary={summary} nowLabel={t("schedule.today")} />
          )}
        </ChartFrame>
      </Card>
    </div>
  );
}
