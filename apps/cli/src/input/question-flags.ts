import * as Flags from "@oclif/core/flags";
import { timeFlags } from "./time-flags.ts";

/** Flags of every question about readings. */
export const questionFlags = {
  ...timeFlags,
  explain: Flags.boolean({ summary: "Print where the answer would come from, and nothing else." }),
  "no-header": Flags.boolean({ summary: "Leave out the header line." }),
};

export const UNITS = ["hour", "day", "week", "month", "year"] as const;

export const zoneFlag = Flags.string({
  summary: "Time zone of hours and days: Europe/Berlin, UTC. The workspace's when left out.",
});
