import type { RecommendationSummary } from "@ecolocal/core/api";
import { Dots } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./ideas.module.css";

const EFFORT_STEPS = 3;

/** What an idea takes: effort, cost and hours, each as a range. */
export function IdeaFigures({ idea }: { readonly idea: RecommendationSummary }) {
  const { t, formats } = useText();
  const effort = t(`effort.${idea.effort}`);
  return (
    <ul className={css["figures"]}>
      <li>
        {t("idea.effort")} <Dots value={idea.effort} max={EFFORT_STEPS} label={effort} />
      </li>
      <li>{formats.moneyRange(idea.cost.lo, idea.cost.hi, idea.cost.currency)}</li>
      <li>{t("idea.hours", { range: formats.range(idea.hours.lo, idea.hours.hi) })}</li>
    </ul>
  );
}
