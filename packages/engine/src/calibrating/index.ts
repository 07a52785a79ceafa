export { type ApplyWish, applyToChannel, removeCorrection } from "./apply.ts";
export { findCorrection, listCorrections } from "./correction-store.ts";
export { catchUp, declareCorrections } from "./derive.ts";
export { calibrationOptions, type FitWish, fitChannels } from "./fit.ts";
export { reviewChannel } from "./review.ts";
