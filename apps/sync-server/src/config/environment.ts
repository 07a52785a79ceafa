import process from "node:process";

/** The environment this program was started with; the only place that reads it. */
export const ENVIRONMENT: Readonly<Record<string, string | undefined>> = process.env;
