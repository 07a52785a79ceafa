import type { RecommendationView } from "@ecolocal/core/api";
import { Button, Card, CatalogueText, EmptyState, NumberField, VerificationMark } from "../../kit/index.ts";
import { unitWords, useText } from "../../text/index.ts";
import { type Assumptions, assumptionName, ordered } from "./assumption-model.ts";
import css from "./ideas.module.css";

type Assumption = RecommendationView["assumptions"][number];

interface AssumptionsTabProps {
  readonly idea: RecommendationView;
  readonly changed: Assumptions;
  readonly onChange: (assumptions: Assumptions) => void;
}

/** The inputs that are not measured; changing one computes the impact again. */
export function AssumptionsTab({ idea, changed, onChange }: AssumptionsTabProps) {
  const { t } = useText();
  if (idea.assumptions.length === 0) {
    return <EmptyState icon="done" title={t("assumptions.noneTitle")} text={t("assumptions.noneText")} />;
  }
  return (
    <Card>
      <div className={css["tabHead"]}>
        <p className={css["muted"]}>{t("assumptions.lead")}</p>
        {Object.keys(changed).length > 0 && (
          <Button size="s" icon="reset" onPress={() => onChange({})}>
            {t("assumptions.reset")}
          </Button>
        )}
      </div>
      <ul className={css["assumptions"]}>
        {idea.assumptions.map((assumption) => (
          <AssumptionRow
            key={assumption.name}
            assumption={assumption}
            changed={changed[assumption.name]}
            onChange={(next) => onChange({ ...changed, [assumption.name]: next })}
          />
        ))}
      </ul>
    </Card>
  );
}

interface AssumptionRowProps {
  readonly assumption: Assumption;
  readonly changed: Assumptions[string] | undefined;
  readonly onChange: (next: Assumptions[string]) => void;
}

function AssumptionRow({ assumption, changed, onChange }: AssumptionRowProps) {
  const text = useText();
  const { t } = text;
  const { lo, likely, hi } = changed ?? assumption;
  const words = unitWords(assumption.unit, text);
  // Some units are whole phrases ("kWh heating per room and year"): the field shows their first word.
  const unit = words.split(" ")[0] ?? "";
  const set = (part: Partial<Assumptions[string]>) => onChange(ordered({ lo, likely, hi, ...part }));
  return (
    <li>
      <div className={css["assumptionHead"]}>
        <h2>
          {assumptionName(assumption.name)}
          {words !== unit && (
            <small>
              <CatalogueText text={words} />
            </small>
          )}
        </h2>
        <VerificationMark mark={assumption.verification} />
      </div>
      <div className={css["triple"]}>
        <NumberField label={t("assumptions.low")} unit={unit} value={lo} onChange={(next) => set({ lo: next })} />
        <NumberField
          label={t("assumptions.likely")}
          unit={unit}
          value={likely}
          onChange={(next) => set({ likely: next })}
        />
        <NumberField label={t("assumptions.high")} unit={unit} value={hi} onChange={(next) => set({ hi: next })} />
      </div>
    </li>
  );
}
