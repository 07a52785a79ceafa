import type { HomeOverview } from "@ecolocal/core/api";
import { Card, CatalogueText, LinkButton, SentenceText } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./home.module.css";

interface TopIdeaCardProps {
  readonly idea: HomeOverview["topIdea"];
  readonly measuring: boolean;
}

/** The one idea that the data supports best, or what is missing for one. */
export function TopIdeaCard({ idea, measuring }: TopIdeaCardProps) {
  const { t } = useText();
  return (
    <Card labelledBy="top-idea">
      <div className={css["cardHead"]}>
        <h2 id="top-idea">{t("home.idea")}</h2>
        {idea && (
          <span className={css["age"]}>{t("idea.confidence", { level: t(`confidence.${idea.confidence}`) })}</span>
        )}
      </div>
      <div className={css["ideaBody"]}>
        <div>
          <p className={css["ideaTitle"]}>{idea ? <CatalogueText text={idea.title} /> : t("home.noIdeaTitle")}</p>
          <p className={css["ideaText"]}>
            {idea ? <SentenceText sentence={idea.why} /> : measuring ? t("home.noIdeaMeasuring") : t("home.noIdeaText")}
          </p>
        </div>
        {idea ? (
          <LinkButton to="/ideas/$ideaId" params={{ ideaId: idea.id }} look="primary">
            {t("home.seeEvidence")}
          </LinkButton>
        ) : (
          <LinkButton to="/ideas">{t("home.allIdeas")}</LinkButton>
        )}
      </div>
    </Card>
  );
}
