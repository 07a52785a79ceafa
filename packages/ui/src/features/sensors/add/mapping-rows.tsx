import { QUANTITIES, type Quantity, quantitySpec } from "@ecolocal/core/shared";
import { Button, IconButton, Select } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import css from "./add.module.css";
import { type MappingRow, numberOf, proposeRows, unitSymbol, unitsFor } from "./mapping-units.ts";
import type { AddForm } from "./use-add-form.ts";

/** What each number that a text device prints means: proposed where its name tells, changeable everywhere. */
export function MappingRows({ form }: { readonly form: AddForm }) {
  const { t } = useText();
  const { mapping, setMapping, preview } = form;
  const keys = Object.keys(preview.raw);
  if (keys.length === 0) return null;
  const left = keys.filter((key) => !mapping.some((row) => row.key === key) && numberOf(preview.raw[key]) !== null);
  const change = (key: string, row: MappingRow) =>
    setMapping(mapping.map((known) => (known.key === key ? row : known)));
  return (
    <div className={css["mapping"]}>
      <h4>{t("mapping.title")}</h4>
      <p className={css["hint"]}>{t("mapping.text")}</p>
      <ul>
        {mapping.map((row) => (
          <MappingLine
            key={row.key}
            row={row}
            raw={preview.raw[row.key]}
            onChange={(next) => change(row.key, next)}
            onRemove={() => setMapping(mapping.filter(({ key }) => key !== row.key))}
          />
        ))}
      </ul>
      {left.length > 0 && (
        <div className={css["row"]}>
          <span className={css["hint"]}>{t("mapping.left")}</span>
          {left.map((key) => (
            <Button
              key={key}
              size="s"
              icon="add"
              onPress={() =>
                setMapping([...mapping, proposeRows({ [key]: preview.raw[key] ?? null })[0] ?? unnamed(key)])
              }
            >
              {key}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function unnamed(key: string): MappingRow {
  return { key, quantity: "unknown", unit: quantitySpec("unknown").unit };
}

interface MappingLineProps {
  readonly row: MappingRow;
  readonly raw: string | number | boolean | null | undefined;
  readonly onChange: (row: MappingRow) => void;
  readonly onRemove: () => void;
}

function MappingLine({ row, raw, onChange, onRemove }: MappingLineProps) {
  const { t, formatter } = useText();
  const quantities = (Object.keys(QUANTITIES) as Quantity[])
    .map((id) => ({ id, label: t(`quantity.${id}`) }))
    .sort((a, b) => a.label.localeCompare(b.label, formatter.locale));
  return (
    <li className={css["mapLine"]}>
      <span className={css["mapKey"]}>
        <code>{row.key}</code>
        <strong>{raw === undefined || raw === null ? t("value.missing") : String(raw)}</strong>
      </span>
      <Select
        label={t("mapping.quantityOf", { key: row.key })}
        labelHidden
        options={quantities}
        value={row.quantity}
        onChange={(quantity) => onChange({ ...row, quantity, unit: quantitySpec(quantity).unit })}
      />
      <Select
        label={t("mapping.unitOf", { key: row.key })}
        labelHidden
        options={[...new Set([...unitsFor(row.quantity), row.unit])].map((id) => ({
          id,
          label: unitSymbol(row.quantity, id) || t("value.noUnit"),
        }))}
        value={row.unit}
        onChange={(unit) => onChange({ ...row, unit })}
      />
      <IconButton icon="close" label={t("mapping.leaveOut", { key: row.key })} onPress={onRemove} />
    </li>
  );
}
