export { type ApplyWish, applyToChannel, extendAll, removeCorrection } from "./apply.ts";
export { findCorrection, listCorrections } from "./correction-store.ts";
export { calibrationOptions, type FitWish, fitChannels } from "./fit.ts";
export { reviewChannel } from "./review.ts";
