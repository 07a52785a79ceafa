export { type BandPosition, findBand, judgeScale } from "./bands.ts";
export { type BathingClass, bathingPercentiles, classifyBathingWater } from "./bathing.ts";
export { judgeVentilation, steadyStateCo2, steadyStatePmShare } from "./co2.ts";
export type { JudgementFailure, JudgementFailureCode } from "./failure.ts";
export {
  apparentTemperatureC,
  heatIndexC,
  heatIndexF,
  humidex,
  vapourPressureHpa,
  wbgt,
  wbgtEstimate,
} from "./heat.ts";
export { dewPointC, surfaceHumidityPct } from "./humidity.ts";
export type { IndexDefinition, IndexInputSpec, IndexInputs } from "./index-definition.ts";
export { type BandSetRef, bandLabelKey, type IndexPart, type IndexResult } from "./index-result.ts";
export { computeIndex, INDEXES } from "./indexes.ts";
export { judgeSeries, type SeriesQuestion } from "./judge-series.ts";
export type { Judgement, SeriesJudgement } from "./judgement.ts";
export { energyMeanDb, lden } from "./noise.ts";
export { computeNowCast, type NowCast } from "./nowcast.ts";
export { parseIndexInputs } from "./parse-inputs.ts";
export { judgePollutant, type PollutantBandPart } from "./pollutant-bands.ts";
export { type AqiPart, aqiLevel, indexFromTable, truncateConcentration, US_AQI } from "./us-aqi.ts";
export { availableWaterShare, rainwaterYieldL } from "./water.ts";
