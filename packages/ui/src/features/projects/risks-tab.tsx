import type { ProjectView } from "@ecolocal/core/api";
import { Card, Chip, EmptyState, type Tone } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./projects.module.css";

const TONES: Readonly<Record<string, Tone>> = { low: "plain", medium: "fair", high: "warn" };

/** What may go wrong, how likely and how bad, and what to do about it. */
export function RisksTab({ project }: { readonly project: ProjectView }) {
  const { t } = useText();
  if (project.risks.length === 0) {
    return <EmptyState icon="done" title={t("risks.noneTitle")} text={t("risks.noneText")} />;
  }
  return (
    <ul className={css["cards"]}>
      {project.risks.map((risk) => (
        <Card as="li" key={risk.id}>
          <h2>{risk.risk}</h2>
          <p className={css["chips"]}>
            <Chip tone={TONES[risk.likelihood] ?? "plain"}>
              {t("risks.likelihood", { level: t(`level.${risk.likelihood}`) })}
            </Chip>
            <Chip tone={TONES[risk.severity] ?? "plain"}>
              {t("risks.severity", { level: t(`level.${risk.severity}`) })}
            </Chip>
          </p>
          <p>{risk.response}</p>
        </Card>
      ))}
    </ul>
  );
}
