import type { ErrorEntry } from "../../packages/core/src/api/error-table.ts";

/** Puts every failure code into one page: what it means to a caller, and what people read. */
export function renderErrorsDoc(
  table: Readonly<Record<string, ErrorEntry>>,
  sentences: Readonly<Record<string, string>>,
): string {
  const areas = Map.groupBy(Object.keys(table).sort(), (code) => code.slice(0, code.indexOf("_")));
  return [
    "# Error codes",
    "",
    "Generated from `packages/core/src/api/error-table.ts` and the English messages by `node tools/errors-doc/main.ts`;",
    "do not edit. `ecolocal explain CODE` prints the same.",
    "",
    "Exit: exit code of the CLI. HTTP: status of an answer. Close: WebSocket close code. Log: level at which it is logged.",
    ...[...areas].flatMap(([area, codes]) => [
      "",
      `## ${area}`,
      ...codes.map((code) => section(code, table[code], sentences)),
    ]),
    "",
  ].join("\n");
}

function section(code: string, entry: ErrorEntry | undefined, sentences: Readonly<Record<string, string>>): string {
  const say = (id: string) => sentences[`error.${code}.${id}`] ?? "";
  return [
    "",
    `### ${code}`,
    "",
    `${say("what")} ${say("do")}`.trim(),
    "",
    `Exit ${entry?.exit} · HTTP ${entry?.http} · Close ${entry?.close} · Log ${entry?.level}`,
  ].join("\n");
}
