import * as Flags from "@oclif/core/flags";
import { usageFailure } from "../failure/cli-failure.ts";

/** A flag whose value is a number with a decimal point, negative ones included. */
export const decimalFlag = Flags.custom<number>({
  parse: (text) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isFinite(value)) return Promise.resolve(value);
    throw usageFailure("read number", text, `"${text}" is no number.`, "Write a number such as 25 or 0.5.");
  },
});
