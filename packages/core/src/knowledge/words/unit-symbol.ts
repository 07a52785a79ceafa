const SYMBOLS: Readonly<Record<string, string>> = {
  "ug/m3": "µg/m³",
  "mg/m3": "mg/m³",
  "m3/m3": "m³/m³",
  "Bq/m3": "Bq/m³",
  degC: "°C",
  m2: "m²",
  m3: "m³",
  "m3/yr": "m³/yr",
  "W/m2": "W/m²",
  "kgCO2e/yr": "kg CO₂e/yr",
  kgCO2e: "kg CO₂e",
  "kgCO2/yr": "kg CO₂/yr",
  "kgCO2 over 10 years": "kg CO₂ over 10 years",
  ratio: "×",
  "1": "",
  count: "",
};

/** How a catalogue unit is shown to people; units without a symbol of their own stay as they are. */
export function unitSymbol(unit: string): string {
  return SYMBOLS[unit] ?? unit;
}

/** A number with its unit as people read it: at most three significant digits, `—` where there is none. */
export function formatQuantity(value: number | null, unit: string): string {
  if (value === null || !Number.isFinite(value)) return "—";
  const symbol = unitSymbol(unit);
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return symbol === "" ? String(rounded) : `${rounded}\u00a0${symbol}`;
}
