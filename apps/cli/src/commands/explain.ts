import { ERROR_TABLE, type ErrorEntry, errorEntry, isFailureCode } from "@ecolocal/core/api";
import * as Args from "@oclif/core/args";
import { BaseCommand, listFlags } from "../base-command.ts";
import { CliFailure } from "../failure/cli-failure.ts";
import { nearestOf } from "../input/nearest.ts";
import { loadTexts } from "../output/texts.ts";

interface Explanation extends ErrorEntry {
  readonly code: string;
  readonly what: string;
  readonly todo: string;
}

export default class Explain extends BaseCommand {
  static override summary = "Explain an error code: what it means and what to do.";
  static override description =
    "Without a code all codes are listed. The same codes appear in the app and on a server.";
  static override examples = [
    { description: "Explain one code", command: "<%= config.bin %> explain SENSING_PORT_DENIED" },
    { description: "All codes that end with exit code 5", command: "<%= config.bin %> explain --filter exit=5" },
  ];
  static override args = { code: Args.string({ description: "The code, in any case." }) };
  static override flags = listFlags;

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Explain);
    const output = this.output(flags);
    const texts = await loadTexts(output.forPeople ? this.environment.locale : "en");
    const explain = (code: string): Explanation => ({
      code,
      what: texts.message(`error.${code}.what`),
      todo: texts.message(`error.${code}.do`),
      ...errorEntry(code),
    });
    const codes = Object.keys(ERROR_TABLE);
    if (args.code === undefined) {
      return output.list("codes", codes.map(explain), [
        { key: "code", header: "CODE", value: (row) => row.code },
        { key: "exit", header: "EXIT", align: "right", value: (row) => row.exit },
        { key: "http", header: "HTTP", align: "right", value: (row) => row.http },
        { key: "what", header: "WHAT HAPPENED", value: (row) => row.what },
      ]);
    }
    const code = args.code.toUpperCase();
    if (!isFailureCode(code)) throw unknownCode(args.code, nearestOf(code, codes));
    const found = explain(code);
    await output.document(found, () => [
      output.painter.bold(found.what),
      found.todo,
      ["Exit code", String(found.exit)],
      ["HTTP status", String(found.http)],
      ["Close code", String(found.close)],
      ["Logged as", found.level],
    ]);
  }
}

function unknownCode(typed: string, nearest: string | undefined): CliFailure {
  return new CliFailure({
    code: "ERROR_CODE_UNKNOWN",
    op: "explain",
    subject: typed,
    detail: `There is no code ${typed}.`,
    hint: nearest === undefined ? "List all codes: ecolocal explain" : `Did you mean: ecolocal explain ${nearest}`,
    retry: "after-change",
  });
}
