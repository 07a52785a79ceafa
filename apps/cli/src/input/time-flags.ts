import * as Flags from "@oclif/core/flags";

/** Flags that name a span of time; see `parseRange`. */
export const timeFlags = {
  since: Flags.string({ summary: "From this long ago: 24h, 7d.", exclusive: ["from"] }),
  from: Flags.string({ summary: "From this time: 2026-11-01, 2026-11-01T08:00:00Z, or counted back from now." }),
  to: Flags.string({ summary: "Up to this time, not included; now when left out." }),
};
