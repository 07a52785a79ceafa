/** Vapour pressure in hPa from air temperature in °C and relative humidity in %. Source: Australian BoM, Thermal comfort observations. */
export function vapourPressureHpa(airC: number, humidityPct: number): number {
  return (humidityPct / 100) * 6.105 * Math.exp((17.27 * airC) / (237.7 + airC));
}

/**
 * Heat index in °F from air temperature in °F and relative humidity in %, for shade and light wind.
 * Source: US NWS WPC, The Heat Index Equation (Rothfusz SR 90-23, 1990).
 */
export function heatIndexF(airF: number, humidityPct: number): number {
  const simple = (0.5 * (airF + 61 + (airF - 68) * 1.2 + humidityPct * 0.094) + airF) / 2;
  if (simple < 80) return simple;
  return rothfusz(airF, humidityPct) + heatIndexAdjustment(airF, humidityPct);
}

function rothfusz(t: number, rh: number): number {
  return (
    -42.379 +
    2.04901523 * t +
    10.14333127 * rh -
    0.22475541 * t * rh -
    0.00683783 * t ** 2 -
    0.05481717 * rh ** 2 +
    0.00122874 * t ** 2 * rh +
    0.00085282 * t * rh ** 2 -
    0.00000199 * t ** 2 * rh ** 2
  );
}

function heatIndexAdjustment(t: number, rh: number): number {
  if (rh < 13 && t >= 80 && t <= 112) return -((13 - rh) / 4) * Math.sqrt((17 - Math.abs(t - 95)) / 17);
  if (rh > 85 && t >= 80 && t <= 87) return ((rh - 85) / 10) * ((87 - t) / 5);
  return 0;
}

/** Heat index in °C from air temperature in °C and relative humidity in %. Source: as `heatIndexF`. */
export function heatIndexC(airC: number, humidityPct: number): number {
  return ((heatIndexF((airC * 9) / 5 + 32, humidityPct) - 32) * 5) / 9;
}

/**
 * Humidex from air temperature and dew point in °C (a number without unit).
 * Source: Environment Canada, Masterson & Richardson 1979 (CLI 1-79).
 */
export function humidex(airC: number, dewPointC: number): number {
  const vapour = 6.11 * Math.exp(5417.753 * (1 / 273.16 - 1 / (273.15 + dewPointC)));
  return airC + (5 / 9) * (vapour - 10);
}

/**
 * Wet-bulb globe temperature in °C from natural wet bulb and globe temperature, and the air temperature in the sun.
 * Source: ISO 7243:2017.
 */
export function wbgt(naturalWetBulbC: number, globeC: number, airInSunC?: number): number {
  if (airInSunC === undefined) return 0.7 * naturalWetBulbC + 0.3 * globeC;
  return 0.7 * naturalWetBulbC + 0.2 * globeC + 0.1 * airInSunC;
}

/**
 * Rough WBGT in °C from air temperature and humidity alone; assumes moderate sun and light wind, reads high at night.
 * Source: Australian BoM, Thermal comfort observations; this line is from memory (U): label it "estimate".
 */
export function wbgtEstimate(airC: number, humidityPct: number): number {
  return 0.567 * airC + 0.393 * vapourPressureHpa(airC, humidityPct) + 3.94;
}

/** Apparent temperature in °C with wind in m/s. Source: Australian BoM, Thermal comfort observations. */
export function apparentTemperatureC(airC: number, humidityPct: number, windMs: number): number {
  return airC + 0.33 * vapourPressureHpa(airC, humidityPct) - 0.7 * windMs - 4;
}
