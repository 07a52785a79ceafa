/**
 * Spellings of units whose meaning needs no context, with their UCUM code. The whole text has to match: people type
 * `dB`, `m`, `W`, `%RH` or `degrees` for many things, so that what is not here stays as it was typed.
 *
 * Source: the unit fields of 56,884 public sensors (671 spellings); UCUM 2.1 for codes.
 */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  Cel: ["°C", "°c", "ºC", "oC", "'C", "C", "Celsius", "Celcius"],
  "[degF]": ["°F", "ºF", "F"],
  hPa: ["hPa", "hpa", "HPa", "hPA", "HPA"],
  Pa: ["Pa", "PA", "Pascal"],
  kPa: ["kPa"],
  mbar: ["mbar", "mBar"],
  "[in_i'Hg]": ["inHg"],
  "%": ["%"],
  "ug/m3": ["ug/m3", "ug/m³", "ug/m^3", "mug/m3", "mug/m^3", "mug/m³"],
  "[ppm]": ["ppm", "PPM"],
  ppb: ["ppb", "PPB"],
  lx: ["lx", "lux", "Lux"],
  "uW/cm2": ["uW/cm²"],
  "m/s": ["m/s"],
  "km/h": ["km/h"],
  "[mi_i]/h": ["mph"],
  mm: ["mm"],
  "mm/h": ["mm/h"],
  V: ["V", "Volt"],
};

const CODES: ReadonlyMap<string, string> = new Map(
  Object.entries(SPELLINGS).flatMap(([code, spellings]) => spellings.map((spelling) => [spelling, code] as const)),
);

/** The micro sign, U+00B5, and the Greek mu, U+03BC, look alike. */
const MICRO_PREFIX = /^[\u00b5\u03bc](?=[gW])/;
/** Only in units of dust both are common; elsewhere a Greek mu is a sign that somebody typed something unusual. */
const GREEK_DUST = /^\u03bcg\//;

/**
 * Reads a unit as people type it; `null` where it could mean several things, which are then kept as typed and not
 * converted. Without a quantity beside it this is deliberately stricter than `unitCode`.
 */
export function normaliseUnit(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.startsWith("\u03bc") && !GREEK_DUST.test(trimmed)) return null;
  return CODES.get(trimmed.replace(MICRO_PREFIX, "u")) ?? null;
}
