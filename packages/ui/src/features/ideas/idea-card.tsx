import type { RecommendationSummary } from "@ecolocal/core/api";
import { Link } from "@tanstack/react-router";
import { useEngineAction, useNow } from "../../client/index.ts";
import { Button, Card, CatalogueText, Chip, Progress, SentenceText } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { IdeaFigures } from "./idea-figures.tsx";
import { listOf } from "./idea-lists.ts";
import css from "./ideas.module.css";

/** One idea in a list: what, why, and what it takes. */
export function IdeaCard({ idea }: { readonly idea: RecommendationSummary }) {
  const { t } = useText();
  const list = listOf(idea);
  return (
    <Card as="li" className={css["card"]}>
      <div className={css["cardTop"]}>
        <span className={css["category"]}>{t(`category.${idea.category}`)}</span>
        {list === "suggested" && <span>{t("idea.confidence", { level: t(`confidence.${idea.confidence}`) })}</span>}
      </div>
      <h2>
        <Link to="/ideas/$ideaId" params={{ ideaId: idea.id }}>
          <CatalogueText text={idea.title} />
        </Link>
      </h2>
      <p className={css["why"]}>
        <SentenceText sentence={idea.why} />
      </p>
      {list === "not-enough-data" && <DataProgress idea={idea} />}
      {list === "dismissed" && <Dismissal idea={idea} />}
      {idea.feedback?.kind === "accepted" && idea.feedback.projectId !== null && (
        <p className={css["started"]}>
          <Chip tone="good" icon="done">
            {t("idea.started")}
          </Chip>
          <Link to="/projects/$projectId" params={{ projectId: idea.feedback.projectId }}>
            {t("idea.toProject")}
          </Link>
        </p>
      )}
      <IdeaFigures idea={idea} />
    </Card>
  );
}

/** How much of the needed measuring is done, and when it will be enough. */
export function DataProgress({ idea }: { readonly idea: RecommendationSummary }) {
  const { t, formats } = useText();
  const now = useNow(60_000);
  const progress = idea.dataProgress;
  if (progress === null) return null;
  const words = t("idea.progress", { have: progress.haveDays, need: progress.needDays });
  return (
    <div className={css["progress"]}>
      <Progress value={progress.haveDays} max={progress.needDays} label={words} />
      <p>
        {progress.enoughOn === null
          ? words
          : t("idea.progressUntil", { progress: words, day: formats.calendarDay(progress.enoughOn, now) })}
      </p>
    </div>
  );
}

function Dismissal({ idea }: { readonly idea: RecommendationSummary }) {
  const { t, formats } = useText();
  const reconsider = useEngineAction("recommendation.reconsider");
  const { feedback } = idea;
  if (feedback === null) return null;
  return (
    <div className={css["dismissal"]}>
      <p>
        {t(feedback.kind === "wrong" ? "idea.saidWrong" : "idea.saidNotNow", {
          day: formats.day(feedback.at),
          reason: feedback.reason,
        })}
      </p>
      <Button size="s" icon="undo" onPress={() => reconsider.mutate({ id: idea.id })}>
        {t("idea.reconsider")}
      </Button>
    </div>
  );
}
