const MAGNUS_A = 17.62;
const MAGNUS_B = 243.12;

/**
 * Dew point in °C from air temperature in °C and relative humidity in % (0 < humidity ≤ 100).
 * Source: Magnus formula with the WMO guide's constants 17.62 and 243.12 (U).
 */
export function dewPointC(airC: number, humidityPct: number): number {
  const gamma = Math.log(humidityPct / 100) + (MAGNUS_A * airC) / (MAGNUS_B + airC);
  return (MAGNUS_B * gamma) / (MAGNUS_A - gamma);
}

/**
 * Relative humidity in % at a surface of `surfaceC` in a room of `airC` and `humidityPct`, at most 100.
 * Above about 80 % for days a surface grows mould (ISO 13788 criterion, U).
 */
export function surfaceHumidityPct(airC: number, humidityPct: number, surfaceC: number): number {
  return Math.min(100, (humidityPct * saturation(airC)) / saturation(surfaceC));
}

function saturation(airC: number): number {
  return Math.exp((MAGNUS_A * airC) / (MAGNUS_B + airC));
}
