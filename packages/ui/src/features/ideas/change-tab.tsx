import type { RecommendationView } from "@ecolocal/core/api";
import { Card, SentenceText } from "../../kit/index.ts";
import { type SentenceLike, useText } from "../../text/index.ts";
import css from "./ideas.module.css";

/** How sure we are, why not surer, and what would change our mind. */
export function ChangeTab({ idea }: { readonly idea: RecommendationView }) {
  const { t } = useText();
  return (
    <div className={css["stack"]}>
      <SentenceList title={t("change.title")} sentences={idea.wouldChange} />
      <SentenceList
        title={t("change.confidence", { level: t(`confidence.${idea.confidence}`) })}
        sentences={idea.confidenceReasons}
      />
      <SentenceList title={t("change.rank")} sentences={idea.rank.map(({ sentence }) => sentence)} />
    </div>
  );
}

interface SentenceListProps {
  readonly title: string;
  readonly sentences: readonly SentenceLike[];
}

function SentenceList({ title, sentences }: SentenceListProps) {
  if (sentences.length === 0) return null;
  return (
    <Card>
      <h2 className={css["quietTitle"]}>{title}</h2>
      <ul className={css["bullets"]}>
        {sentences.map((sentence) => (
          <li key={sentence.text}>
            <SentenceText sentence={sentence} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
