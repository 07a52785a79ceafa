import type { RecommendationView } from "@ecolocal/core/api";
import { Card, CatalogueText, SentenceText } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { SourceLine } from "./evidence-tab.tsx";
import { metricWords, ruleWords, statisticWords } from "./evidence-words.ts";
import css from "./ideas.module.css";

/** The rule behind an idea in words, and what it takes besides data. */
export function WhyTab({ idea }: { readonly idea: RecommendationView }) {
  const text = useText();
  const { t } = text;
  return (
    <div className={css["stack"]}>
      <Card>
        <h2 className={css["quietTitle"]}>{t("why.reason")}</h2>
        <p className={css["strong"]}>
          <SentenceText sentence={idea.why} />
        </p>
        <h3 className={css["subTitle"]}>{t("why.rule")}</h3>
        <ul className={css["bullets"]}>
          {idea.evidence.map((evidence) => (
            <li key={`${evidence.metricId}/${evidence.statistic}/${evidence.threshold}`}>
              {t("why.ruleLine", {
                metric: metricWords(evidence, text),
                statistic: statisticWords(evidence, text),
                rule: ruleWords(evidence, text),
              })}
              <SourceLine evidence={evidence} />
            </li>
          ))}
        </ul>
      </Card>
      <CatalogueList title={t("why.prerequisites")} items={idea.prerequisites} />
      <CatalogueList title={t("why.permits")} items={idea.permits} />
      {idea.risks.length > 0 && (
        <Card>
          <h2 className={css["quietTitle"]}>{t("why.risks")}</h2>
          <ul className={css["bullets"]}>
            {idea.risks.map((risk) => (
              <li key={risk.risk}>
                <strong>
                  <CatalogueText text={risk.risk} />
                </strong>
                <p className={css["muted"]}>
                  <CatalogueText text={risk.response} />
                </p>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <p className={css["muted"]}>{t("why.catalogue", { version: idea.catalogueVersion, id: idea.id })}</p>
    </div>
  );
}

function CatalogueList({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <Card>
      <h2 className={css["quietTitle"]}>{title}</h2>
      <ul className={css["bullets"]}>
        {items.map((item) => (
          <li key={item}>
            <CatalogueText text={item} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
