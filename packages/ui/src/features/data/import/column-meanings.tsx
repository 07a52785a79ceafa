import { QUANTITIES, type Quantity, quantitySpec } from "@ecolocal/core/shared";
import { useState } from "react";
import { Button, FailureNotice, Select, TextField } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import { proposeRows, unitSymbol, unitsFor } from "../../sensors/add/mapping-units.ts";
import css from "./import.module.css";
import type { ImportState, useImport } from "./use-import.ts";

type Failure = Extract<ImportState, { kind: "columns" }>["failure"];
type Check = ReturnType<typeof useImport>["check"];

interface Meaning {
  readonly quantity: Quantity | "skip";
  readonly unit: string;
}

interface ColumnMeaningsProps {
  readonly names: readonly string[];
  readonly failure: Failure;
  readonly onCheck: Check;
}

/** Lets the reader say what columns mean that their names do not tell. */
export function ColumnMeanings({ names, failure, onCheck }: ColumnMeaningsProps) {
  const { t, formatter } = useText();
  const [meanings, setMeanings] = useState<Readonly<Record<string, Meaning>>>(() => guessed(names));
  const [place, setPlace] = useState("");
  const used = names.flatMap((column) => {
    const meaning = meanings[column];
    if (meaning === undefined || meaning.quantity === "skip") return [];
    return [{ column, unit: meaning.unit, target: { quantity: meaning.quantity, place: place.trim() } }];
  });
  const quantities = (Object.keys(QUANTITIES) as Quantity[])
    .map((id) => ({ id, label: t(`quantity.${id}`) }))
    .sort((a, b) => a.label.localeCompare(b.label, formatter.locale));
  const set = (column: string, meaning: Meaning) => setMeanings({ ...meanings, [column]: meaning });
  if (names.length === 0) return <FailureNotice failure={failure} />;
  return (
    <div className={css["stack"]}>
      <h3>{t("import.columns")}</h3>
      <p className={css["hint"]}>{t("import.columnsText")}</p>
      <ul className={css["columns"]}>
        {names.map((column) => {
          const { quantity, unit } = meanings[column] ?? SKIP;
          return (
            <li key={column}>
              <code>{column}</code>
              <Select
                label={t("mapping.quantityOf", { key: column })}
                labelHidden
                options={[{ id: "skip" as const, label: t("import.skip") }, ...quantities]}
                value={quantity}
                onChange={(next) =>
                  set(column, next === "skip" ? SKIP : { quantity: next, unit: quantitySpec(next).unit })
                }
              />
              {quantity !== "skip" && (
                <Select
                  label={t("mapping.unitOf", { key: column })}
                  labelHidden
                  options={[...new Set([...unitsFor(quantity), unit])].map((id) => ({
                    id,
                    label: unitSymbol(quantity, id) || t("value.noUnit"),
                  }))}
                  value={unit}
                  onChange={(next) => set(column, { quantity, unit: next })}
                />
              )}
            </li>
          );
        })}
      </ul>
      <TextField
        label={t("sensor.place")}
        value={place}
        onChange={setPlace}
        hint={t("sensor.placeHint")}
        maxLength={300}
      />
      <div>
        <Button look="primary" isDisabled={used.length === 0} onPress={() => onCheck(used)}>
          {t("import.check")}
        </Button>
      </div>
    </div>
  );
}

const SKIP: Meaning = { quantity: "skip", unit: "" };

/** Columns whose names tell are filled in; a number stands for any value, because the header has none. */
function guessed(names: readonly string[]): Readonly<Record<string, Meaning>> {
  return Object.fromEntries(names.map((name) => [name, proposeRows({ [name]: 1 })[0] ?? SKIP]));
}
