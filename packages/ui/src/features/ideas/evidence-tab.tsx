import type { EvidenceView, RecommendationView } from "@ecolocal/core/api";
import { OPERATOR_NAMES } from "@ecolocal/messages";
import { useEngine, useNow } from "../../client/index.ts";
import {
  Card,
  ChartFrame,
  EmptyState,
  EvidenceBars,
  LinkButton,
  SentenceText,
  VerificationMark,
} from "../../kit/index.ts";
import { amountWords, catalogueUnit, useText } from "../../text/index.ts";
import { metricWords, statisticWords } from "./evidence-words.ts";
import { DataProgress } from "./idea-card.tsx";
import css from "./ideas.module.css";
import { ManualMetric } from "./manual-metric.tsx";

/** What was measured, day by day, against the limit that counts. */
export function EvidenceTab({ idea }: { readonly idea: RecommendationView }) {
  const { t } = useText();
  return (
    <div className={css["stack"]}>
      {idea.status === "not-enough-data" && (
        <Card>
          <h2 className={css["quietTitle"]}>{t("evidence.stillMeasuring")}</h2>
          <DataProgress idea={idea} />
        </Card>
      )}
      {idea.evidence.length === 0 && (
        <EmptyState icon="help" title={t("evidence.noneTitle")} text={t("evidence.noneText")} />
      )}
      {idea.evidence.map((evidence) => (
        <EvidenceCard key={`${evidence.metricId}/${evidence.statistic}/${evidence.threshold}`} evidence={evidence} />
      ))}
    </div>
  );
}

function EvidenceCard({ evidence }: { readonly evidence: EvidenceView }) {
  return (
    <Card>
      {evidence.unboundBecause !== null ? (
        <UnboundEvidence evidence={evidence} />
      ) : evidence.daysIn > 1 && evidence.days.length > 0 ? (
        <EvidenceChart evidence={evidence} />
      ) : (
        <EvidenceFigure evidence={evidence} />
      )}
      <SourceLine evidence={evidence} />
    </Card>
  );
}

function UnboundEvidence({ evidence }: { readonly evidence: EvidenceView }) {
  const text = useText();
  const { t } = text;
  return (
    <>
      <h2 className={css["quietTitle"]}>{metricWords(evidence, text)}</h2>
      <p className={css["strong"]}>{t("evidence.unbound")}</p>
      <p className={css["muted"]}>{evidence.unboundBecause && <SentenceText sentence={evidence.unboundBecause} />}</p>
      <ManualMetric metricId={evidence.metricId} />
    </>
  );
}

/** One number held against one limit, where there are no days to show. */
function EvidenceFigure({ evidence }: { readonly evidence: EvidenceView }) {
  const text = useText();
  const { t } = text;
  return (
    <>
      <h2 className={css["quietTitle"]}>
        {t("evidence.figureTitle", { metric: metricWords(evidence, text), statistic: statisticWords(evidence, text) })}
      </h2>
      <p className={css["value"]}>
        {evidence.value === null ? t("value.missing") : amountWords(evidence.value, evidence.unit, text)}
      </p>
      <p className={css["muted"]}>
        {t("evidence.limit", {
          op: OPERATOR_NAMES[evidence.op] ?? "other",
          threshold: amountWords(evidence.threshold, evidence.unit, text),
        })}
      </p>
      {evidence.manual && <ManualMetric metricId={evidence.metricId} />}
    </>
  );
}

function EvidenceChart({ evidence }: { readonly evidence: EvidenceView }) {
  const text = useText();
  const { t, formats } = text;
  const now = useNow(600_000);
  const unit = catalogueUnit(evidence.unit, text);
  const limit = amountWords(evidence.threshold, evidence.unit, text);
  const summary = t("evidence.summary", {
    hits: evidence.daysSatisfied,
    measured: evidence.daysWithData,
    op: OPERATOR_NAMES[evidence.op] ?? "other",
    threshold: limit,
    needed: evidence.daysNeeded,
    in: evidence.daysIn,
    median: evidence.value === null ? t("value.missing") : amountWords(evidence.value, evidence.unit, text),
  });
  return (
    <ChartFrame
      title={t("evidence.chartTitle", {
        statistic: statisticWords(evidence, text),
        where: evidence.channelName ?? metricWords(evidence, text),
      })}
      note={t("evidence.note", { days: evidence.daysIn, coverage: formats.percent(evidence.coverage) })}
      summary={summary}
      actions={<ReadingsLink channelId={evidence.channelId} />}
      columns={[
        { id: "day", title: t("table.day"), cell: (day) => formats.calendarDay(day.on, now) },
        {
          id: "value",
          title: t("table.valueIn", { unit: unit.words }),
          cell: (day) => (day.value === null ? t("value.missing") : formats.number(unit.toShown(day.value))),
          numeric: true,
        },
        { id: "hit", title: t("table.counts"), cell: (day) => (day.satisfied ? t("table.yes") : t("table.no")) },
        { id: "coverage", title: t("table.measured"), cell: (day) => formats.percent(day.coverage), numeric: true },
      ]}
      rows={evidence.days}
    >
      <EvidenceBars
        bars={evidence.days.map((day) => ({
          id: day.on,
          label: formats.weekday(day.on),
          value: day.value === null ? null : unit.toShown(day.value),
          satisfied: day.satisfied,
        }))}
        threshold={unit.toShown(evidence.threshold)}
        legend={{
          limit: t("evidence.legend.limit", { limit }),
          hit: t("evidence.legend.hit"),
          calm: t("evidence.legend.calm"),
          missing: t("evidence.legend.missing"),
        }}
        formatTick={formats.number}
        summary={summary}
      />
    </ChartFrame>
  );
}

function ReadingsLink({ channelId }: { readonly channelId: string | null }) {
  const { t } = useText();
  const { data } = useEngine("channel.list", {}, { enabled: channelId !== null });
  const sensorId = data?.find(({ id }) => id === channelId)?.sensorId;
  if (!sensorId || channelId === null) return null;
  return (
    <LinkButton
      to="/sensors/$sensorId"
      params={{ sensorId }}
      search={{ channel: channelId, range: "30d" }}
      size="s"
      look="quiet"
      icon="data"
    >
      {t("evidence.readings")}
    </LinkButton>
  );
}

/** Where the limit comes from, and how it was checked. */
export function SourceLine({ evidence }: { readonly evidence: EvidenceView }) {
  const { t } = useText();
  const source = evidence.sourceTitle ?? evidence.sourceId;
  return (
    <p className={css["source"]}>
      {source === null ? t("evidence.noSource") : t("evidence.source", { source })}
      <VerificationMark mark={evidence.verification} />
    </p>
  );
}
