import type { ImpactRangeView, RecommendationView } from "@ecolocal/core/api";
import { Link } from "@tanstack/react-router";
import { Card, CatalogueText, Chip, classNames, Fact, FactList, RangeBar } from "../../kit/index.ts";
import { unitWords, useText } from "../../text/index.ts";
import { IdeaDecision } from "./idea-decision.tsx";
import css from "./ideas.module.css";

interface ImpactCardProps {
  readonly idea: RecommendationView;
  readonly recomputing: boolean;
  /** The reader changed assumptions: the figures are no longer the catalogue's. */
  readonly changed: boolean;
}

/** What an idea may bring, as ranges, what it takes, and the decision. */
export function ImpactCard({ idea, recomputing, changed }: ImpactCardProps) {
  const { t, formats } = useText();
  return (
    <Card className={css["impact"]} label={t("impact.title")}>
      <div className={css["cardTop"]}>
        <h2 className={css["quietTitle"]}>{t("impact.title")}</h2>
        {changed && (
          <Chip tone="info" icon="edit">
            {t("impact.changed")}
          </Chip>
        )}
      </div>
      <ul className={classNames(css["impacts"], recomputing && css["busy"])} aria-live="polite">
        {idea.impact.map((range) => (
          <Impact key={range.indicatorId} range={range} />
        ))}
        {idea.impact.length === 0 && <li className={css["muted"]}>{t("impact.none")}</li>}
      </ul>
      <FactList>
        <Fact name={t("impact.cost")}>{formats.moneyRange(idea.cost.lo, idea.cost.hi, idea.cost.currency)}</Fact>
        <Fact name={t("impact.hours")}>{t("idea.hours", { range: formats.range(idea.hours.lo, idea.hours.hi) })}</Fact>
        <Fact name={t("impact.tasks")}>{formats.number(idea.taskCount)}</Fact>
      </FactList>
      {idea.feedback?.kind === "accepted" && idea.feedback.projectId !== null ? (
        <p className={css["started"]}>
          <Chip tone="good" icon="done">
            {t("idea.started")}
          </Chip>
          <Link to="/projects/$projectId" params={{ projectId: idea.feedback.projectId }}>
            {t("idea.toProject")}
          </Link>
        </p>
      ) : (
        <IdeaDecision idea={idea} />
      )}
    </Card>
  );
}

function Impact({ range }: { readonly range: ImpactRangeView }) {
  const text = useText();
  const { t, formats } = text;
  const unit = unitWords(range.unit, text);
  const words = {
    range: formats.range(range.p10, range.p90),
    middle: formats.number(range.p50, Math.abs(range.p50) < 10 ? 1 : 0),
    unit,
  };
  return (
    <li>
      <p className={css["impactLabel"]}>
        <CatalogueText text={range.label} />
      </p>
      <p className={css["impactValue"]}>
        {words.range} <small>{unit}</small>
      </p>
      <RangeBar p10={range.p10} p50={range.p50} p90={range.p90} summary={t("impact.summary", words)} />
      <p className={css["impactNote"]}>
        {t("impact.middle", words)} {t("impact.grade", { grade: range.grade })}
      </p>
      {(range.claim !== null || range.formula !== "") && (
        <details className={css["formula"]}>
          <summary>{t("impact.how")}</summary>
          {range.claim !== null && (
            <p>
              <CatalogueText text={range.claim} />
            </p>
          )}
          <code>{range.formula}</code>
          <p>{t("impact.draws")}</p>
        </details>
      )}
    </li>
  );
}
