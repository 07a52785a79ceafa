export { CHANGE_TOPICS, type ChangeHub, createChangeHub, pause } from "./change-hub.ts";
export { type Circumstances, readCircumstances, writeCircumstances } from "./circumstances.ts";
export { isCompressionPaused, pauseCompression } from "./compression.ts";
export { findReadableChannel } from "./find-channel.ts";
export { channelNotFound, zoneUnknown } from "./not-found.ts";
export { createStore, type Store, type StoreContext } from "./store.ts";
