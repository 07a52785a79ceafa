export { metricKey, splitMetricKey } from "./evaluate.ts";
export { createMetricSource } from "./metric-source.ts";
export { viewMetric, viewRecommendation, viewRecommendationSummary, viewSentence } from "./recommendation-view.ts";
export { createRecommending, type Recommending, recommendationNotFound } from "./recommending.ts";
