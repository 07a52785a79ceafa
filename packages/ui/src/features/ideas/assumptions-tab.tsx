import type { RecommendationView } from "@ecolocal/core/api";
import { Button, Card, EmptyState, NumberField, VerificationMark } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { unitWords } from "./evidence-words.ts";
import css from "./ideas.module.css";

type Assumption = RecommendationView["assumptions"][number];
export type Assumptions = Readonly<
  Record<string, { readonly lo: number; readonly likely: number; readonly hi: number }>
>;

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
  const { t } = useText();
  const { lo, likely, hi } = changed ?? assumption;
  const unit = unitWords(assumption.unit);
  const name = assumption.name.replaceAll("_", " ");
  const set = (part: Partial<Assumptions[string]>) => onChange(ordered({ lo, likely, hi, ...part }));
  return (
    <li>
      <div className={css["assumptionHead"]}>
        <h2>{name}</h2>
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

/** Keeps low ≤ likely ≤ high by moving the neighbours of what was just typed; an emptied field counts as zero. */
export function ordered({ lo, likely, hi }: Assumptions[string]): Assumptions[string] {
  const number = (value: number): number => (Number.isFinite(value) ? value : 0);
  const middle = number(likely);
  return { lo: Math.min(number(lo), middle), likely: middle, hi: Math.max(number(hi), middle) };
}
