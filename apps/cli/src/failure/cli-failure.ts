import type { Failure } from "@ecolocal/core/shared";

/** A failure as it comes from our own code or, with its hint possibly undefined, from a schema of the contract. */
type GivenFailure = Omit<Failure, "hint"> & { readonly hint?: string | undefined };

/** Carries an expected failure from where a command meets it to the one place that prints it. */
export class CliFailure extends Error {
  override readonly name = "CliFailure";
  readonly failure: Failure;
  /** Set where the exit code is not the one of the failure's code. */
  readonly exit: number | undefined;

  constructor({ hint, ...failure }: GivenFailure, exit?: number) {
    super(failure.detail);
    this.failure = hint === undefined ? failure : { ...failure, hint };
    this.exit = exit;
  }
}

/** A mistake on the command line, with what to write instead. */
export function usageFailure(op: string, subject: string, detail: string, hint: string): CliFailure {
  return new CliFailure({ code: "CLI_USAGE", op, subject, detail, hint, retry: "after-change" });
}
