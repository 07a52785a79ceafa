import type { Failure } from "@ecolocal/core/shared";
import { createFormatter, failureText, type Locale, loadCatalogue } from "@ecolocal/messages";

/** A failure as a dialog shows it: what happened, what it was about, what to do, and the code to quote. */
export async function describeFailure(failure: Failure, locale: Locale): Promise<string> {
  const formatter = createFormatter(locale, await loadCatalogue(locale, ["errors"]));
  const { what, todo, code, detail } = failureText(failure, formatter);
  return [what, `${failure.subject}: ${detail}`, todo, code].join("\n\n");
}
