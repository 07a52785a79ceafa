/** A unit as a straight line into the canonical one: canonical = value × factor + offset. */
export type UnitLine = readonly [factor: number, offset?: number];

/**
 * Units that are converted, by canonical UCUM unit; anything else is refused, never guessed.
 *
 * Source: UCUM 2.1 for codes; NIST SP 811 (2008) appendix B for factors.
 */
export const UNIT_LINES: Readonly<Record<string, Readonly<Record<string, UnitLine>>>> = {
  Cel: { "[degF]": [5 / 9, -160 / 9], K: [1, -273.15] },
  hPa: { Pa: [0.01], kPa: [10], mbar: [1], bar: [1000], "[in_i'Hg]": [33.863_89], "mm[Hg]": [1.333_224] },
  "ug/m3": { "mg/m3": [1000], "ng/m3": [0.001] },
  "mg/m3": { "ug/m3": [0.001] },
  "[ppm]": { "[ppb]": [0.001] },
  lx: { klx: [1000] },
  "m/s": { "km/h": [1 / 3.6], "[mi_i]/h": [0.447_04], "[kn_i]": [1852 / 3600] },
  mm: { cm: [10], "[in_i]": [25.4], "L/m2": [1] },
  "mm/h": { "[in_i]/h": [25.4], "L/m2/h": [1] },
  "kW.h": { "W.h": [0.001], "MW.h": [1000], MJ: [1 / 3.6], GJ: [1000 / 3.6] },
  W: { kW: [1000], mW: [0.001], MW: [1e6] },
  var: { kvar: [1000] },
  "V.A": { "kV.A": [1000] },
  V: { mV: [0.001], kV: [1000] },
  A: { mA: [0.001] },
  m3: { L: [0.001], dm3: [0.001], "[gal_us]": [0.003_785_411_784] },
  um: { nm: [0.001] },
  "1/cm3": { "/0.1L": [0.01], "1/L": [0.001] },
  "uS/cm": { "mS/cm": [1000], "S/m": [10_000] },
  "Bq/m3": { "pCi/L": [37] },
  "W/m2": { "mW/cm2": [10], "uW/cm2": [0.01], "kW/m2": [1000] },
  m: { km: [1000], cm: [0.01], "[ft_i]": [0.3048], "[mi_i]": [1609.344] },
};
