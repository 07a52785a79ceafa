import { errorEntry } from "@ecolocal/core/api";
import type { Failure } from "@ecolocal/core/shared";
import { failureText } from "@ecolocal/messages";
import type { Painter } from "../output/colour.ts";
import { loadTexts } from "../output/texts.ts";
import type { Thrown } from "./from-error.ts";

/** A failure as scripts read it. */
export interface FailureDocument {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly detail: string;
    readonly hint: string;
    readonly subject: string;
    readonly exit: number;
  };
}

export function exitCodeOf({ failure, exit }: Thrown): number {
  return exit ?? errorEntry(failure.code).exit;
}

/** The failure for `--json`: one stable shape for every command. */
export async function failureDocument(thrown: Thrown): Promise<FailureDocument> {
  const { failure } = thrown;
  const text = failureText(failure, await loadTexts("en"));
  return {
    error: {
      code: failure.code,
      message: text.what,
      detail: failure.detail,
      hint: text.todo,
      subject: failure.subject,
      exit: exitCodeOf(thrown),
    },
  };
}

/** The failure for people: what happened, what exactly, what to do, and the code to quote. */
export async function failureLines(failure: Failure, painter: Painter, locale: string): Promise<string> {
  const text = failureText(failure, await loadTexts(locale));
  const lines = [
    painter.red(`✗ ${text.what}`),
    ...(text.detail === "" || text.detail === text.what ? [] : [`  ${text.detail}`]),
    `  ${text.todo}`,
    painter.dim(`  ${text.code}`),
  ];
  return `${lines.join("\n")}\n`;
}
