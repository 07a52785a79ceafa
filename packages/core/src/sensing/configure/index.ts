export {
  CONFIGURABLE_DRIVERS,
  type Co2Change,
  type ConfigureFailure,
  type ConfigurePlan,
  type ConfigureStep,
  FRESH_AIR_PPM,
  planCo2Change,
} from "./co2-plan.ts";
