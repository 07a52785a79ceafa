import { type Measure, UNIT_CHOICES, type UnitChoices } from "@ecolocal/core/shared";
import { NumberField, Segmented, Select } from "../../kit/index.ts";
import {
  type ClockForm,
  DEFAULT_PREFERENCES,
  type FirstWeekday,
  habitsOf,
  setPreferences,
  usePreferences,
} from "../../preferences/index.ts";
import { capitalised, useText } from "../../text/index.ts";

const MEASURES = Object.keys(UNIT_CHOICES) as readonly Measure[];
const CLOCKS: readonly ClockForm[] = ["system", "12", "24"];
const WEEKDAYS = ["1", "6", "7"] as const satisfies readonly FirstWeekday[];

/** In which units, clock, week and currency this reader reads; applied at once. */
export function UnitFields() {
  const { t } = useText();
  const clock = usePreferences((preferences) => preferences.clock);
  return (
    <>
      {MEASURES.map((measure) => (
        <MeasureField key={measure} measure={measure} />
      ))}
      <Segmented
        label={t("settings.clock")}
        options={CLOCKS.map((id) => ({ id, label: t(`settings.clock.${id}`) }))}
        value={clock}
        onChange={(next) => setPreferences({ clock: next })}
      />
      <WeekField />
      <CurrencyFields />
    </>
  );
}

function usual() {
  return habitsOf(DEFAULT_PREFERENCES, navigator.languages);
}

function MeasureField({ measure }: { readonly measure: Measure }) {
  const { t } = useText();
  const chosen = usePreferences((preferences) => preferences[measure]);
  const name = (code: string): string => t(`unitName.${code}`);
  const codes: readonly UnitChoices[Measure][] = UNIT_CHOICES[measure];
  return (
    <Select<UnitChoices[Measure] | "system">
      label={t(`settings.measure.${measure}`)}
      options={[
        { id: "system", label: t("settings.usual", { choice: name(usual().units[measure]) }) },
        ...codes.map((id) => ({ id, label: name(id) })),
      ]}
      value={chosen}
      onChange={(next) => setPreferences({ [measure]: next })}
    />
  );
}

function WeekField() {
  const { t, formats } = useText();
  const chosen = usePreferences((preferences) => preferences.firstWeekday);
  const name = (day: number): string => formats.weekdayName(day);
  return (
    <Select<FirstWeekday>
      label={t("settings.firstWeekday")}
      options={[
        { id: "system", label: t("settings.usual", { choice: name(usual().firstWeekday) }) },
        ...WEEKDAYS.map((id) => ({ id, label: name(Number(id)) })),
      ]}
      value={chosen}
      onChange={(next) => setPreferences({ firstWeekday: next })}
    />
  );
}

/** The catalogue's costs are in euro; without knowing what one is worth they stay so. */
function CurrencyFields() {
  const { t, formats } = useText();
  const { currency, perEuro } = usePreferences();
  const names = new Intl.DisplayNames(formats.locale, { type: "currency" });
  const options = Intl.supportedValuesOf("currency")
    .map((id) => ({ id, label: `${capitalised(names.of(id) ?? id, formats.locale)} (${id})` }))
    .sort((a, b) => a.label.localeCompare(b.label, formats.locale));
  return (
    <>
      <Select
        label={t("settings.currency")}
        hint={t("settings.currencyHint")}
        options={options}
        value={currency}
        onChange={(next) => setPreferences({ currency: next, perEuro: 0 })}
      />
      {currency !== "EUR" && (
        <NumberField
          label={t("settings.perEuro", { currency })}
          value={perEuro === 0 ? Number.NaN : perEuro}
          onChange={(next) => setPreferences({ perEuro: Number.isFinite(next) ? Math.max(0, next) : 0 })}
          minValue={0}
          formatOptions={{ maximumFractionDigits: 6 }}
        />
      )}
    </>
  );
}
