import type { RecommendationView } from "@ecolocal/core/api";
import { sentenceText, useText } from "../../text/index.ts";
import css from "./ideas.module.css";
import { TextList } from "./why-tab.tsx";

/** How sure we are, why not surer, and what would change our mind. */
export function ChangeTab({ idea }: { readonly idea: RecommendationView }) {
  const text = useText();
  const { t } = text;
  return (
    <div className={css["stack"]}>
      <TextList title={t("change.title")} items={idea.wouldChange.map((sentence) => sentenceText(sentence, text))} />
      <TextList
        title={t("change.confidence", { level: t(`confidence.${idea.confidence}`) })}
        items={idea.confidenceReasons}
      />
      <TextList title={t("change.rank")} items={idea.rank.map(({ sentence }) => sentenceText(sentence, text))} />
    </div>
  );
}
