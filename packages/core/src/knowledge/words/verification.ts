/**
 * How a fact was checked: `V` read in the source, `S` read in secondary material, `D` derived from those,
 * `U` from memory and unverified, `A` our own planning assumption. `U` and `A` are never shown as facts.
 */
export type Verification = "V" | "S" | "D" | "U" | "A";

/** Tells whether a mark lets a number be stated as a fact. */
export function isFact(ver: Verification): boolean {
  return ver === "V" || ver === "S" || ver === "D";
}

const WEAKNESS: readonly Verification[] = ["V", "S", "D", "U", "A"];

/** The weakest of several marks: what a combined statement may claim at most. */
export function weakestVerification(marks: readonly Verification[]): Verification {
  return marks.reduce<Verification>(
    (worst, mark) => (WEAKNESS.indexOf(mark) > WEAKNESS.indexOf(worst) ? mark : worst),
    "V",
  );
}
