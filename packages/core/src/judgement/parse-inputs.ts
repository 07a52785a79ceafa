import { err, ok, type Result } from "../shared/index.ts";
import { type JudgementFailure, judgementFailure } from "./failure.ts";
import type { IndexInputs } from "./index-definition.ts";

/**
 * Reads `key=number` pairs as typed on a command line.
 *
 * ### Example
 * ```ts
 * parseIndexInputs(["pm25=35.9", "co=8.4"]); // { ok: true, value: { pm25: 35.9, co: 8.4 } }
 * ```
 */
export function parseIndexInputs(pairs: readonly string[]): Result<IndexInputs, JudgementFailure> {
  const inputs: Record<string, number> = {};
  for (const pair of pairs) {
    const match = /^([A-Za-z][\w.-]*)=(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$/.exec(pair.trim());
    const [, rawKey, rawValue] = match ?? [];
    if (rawKey === undefined || rawValue === undefined) {
      return err(
        judgementFailure("JUDGEMENT_INPUT_INVALID", pair, `"${pair}" is no name=number pair.`, "Write pm25=35.9."),
      );
    }
    const key = rawKey.toLowerCase().replaceAll(".", "").replaceAll("-", "_");
    if (Object.hasOwn(inputs, key)) {
      return err(judgementFailure("JUDGEMENT_INPUT_INVALID", pair, `${key} is given twice.`));
    }
    inputs[key] = Number(rawValue);
  }
  return ok(inputs);
}
