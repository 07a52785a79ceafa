/** Changed inputs of an idea's formulas, by name. */
export type Assumptions = Readonly<
  Record<string, { readonly lo: number; readonly likely: number; readonly hi: number }>
>;

/** Keeps low ≤ likely ≤ high by moving the neighbours of what was just typed; an emptied field counts as zero. */
export function ordered({ lo, likely, hi }: Assumptions[string]): Assumptions[string] {
  const number = (value: number): number => (Number.isFinite(value) ? value : 0);
  const middle = number(likely);
  return { lo: Math.min(number(lo), middle), likely: middle, hi: Math.max(number(hi), middle) };
}

const NAME_PARTS: Readonly<Record<string, string>> = {
  co2: "CO₂",
  kwh: "kWh",
  eff: "efficiency",
  ef: "emission factor",
  out: "outdoors",
  vol: "volume",
};

/** A variable of a formula as words: `extra_kwh` reads "extra kWh". */
export function assumptionName(name: string): string {
  return name
    .split("_")
    .map((part) => NAME_PARTS[part.toLowerCase()] ?? part)
    .join(" ");
}
