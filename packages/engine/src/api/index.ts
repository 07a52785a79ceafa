export { createEngine, type Engine, type EngineOptions } from "./engine.ts";
export type { ResetDemo } from "./services.ts";
