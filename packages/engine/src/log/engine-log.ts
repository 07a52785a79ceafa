/** Where the engine writes what an operator must know; the app decides where that goes. */
export interface EngineLog {
  write(level: "debug" | "info" | "warn" | "error", message: string, fields?: Readonly<Record<string, unknown>>): void;
}

export const silentLog: EngineLog = { write: () => undefined };
