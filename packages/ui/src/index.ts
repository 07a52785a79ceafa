export type { EcolocalBridge } from "./app/connection/index.ts";
