import type { Formatter, MessageValues } from "@ecolocal/messages";
import { Command } from "@oclif/core/command";
import * as Flags from "@oclif/core/flags";
import { type Environment, environmentOf, LANGUAGES } from "./config/index.ts";
import { failureFromError } from "./failure/from-error.ts";
import { createPainter } from "./output/colour.ts";
import { labelText } from "./output/label.ts";
import { createOutput, FORMATS, type Output } from "./output/output.ts";
import { createShow, type Show } from "./output/show.ts";
import { writeNote, writeOut } from "./output/stdout.ts";

const COMMON = "COMMON";

/** Flags of every command. */
export interface CommonFlags {
  readonly json: boolean;
  readonly format: string | undefined;
  readonly "no-color": boolean;
  readonly "no-input": boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
}

/** Flags of commands that print a list. */
export const listFlags = {
  columns: Flags.string({ summary: "Only these columns, separated by commas.", helpGroup: "LIST" }),
  sort: Flags.string({ summary: "Sort by a column; -column for highest first.", helpGroup: "LIST" }),
  filter: Flags.string({
    summary: "Keep rows whose column contains the text: column=text. May be repeated.",
    multiple: true,
    helpGroup: "LIST",
  }),
  "no-header": Flags.boolean({ summary: "Leave out the header line.", helpGroup: "LIST" }),
};

interface ListFlags {
  readonly columns?: string | undefined;
  readonly sort?: string | undefined;
  readonly filter?: readonly string[] | undefined;
  readonly "no-header"?: boolean;
}

/**
 * What every command shares: the common flags, output on the right stream, and failures printed as what happened,
 * what to do, and a code, with the exit code of that code.
 */
export abstract class BaseCommand extends Command {
  static override baseFlags = {
    json: Flags.boolean({ summary: "Print one JSON document (a stream: one JSON line per item).", helpGroup: COMMON }),
    format: Flags.option({
      options: FORMATS,
      summary: "How data is printed.",
      helpGroup: COMMON,
      exclusive: ["json"],
    })(),
    quiet: Flags.boolean({ char: "q", summary: "Print data and errors only.", helpGroup: COMMON }),
    "no-color": Flags.boolean({ summary: "Print without colour (as NO_COLOR does).", helpGroup: COMMON }),
    "no-input": Flags.boolean({ summary: "Never ask; fail where an answer is needed.", helpGroup: COMMON }),
    language: Flags.option({
      options: LANGUAGES,
      summary: "Language of texts for people; that of your locale when left out.",
      helpGroup: COMMON,
    })(),
    debug: Flags.boolean({ char: "d", summary: "Print the details of an unexpected error.", helpGroup: COMMON }),
  };

  /** Whether the command prints many items while it runs. */
  protected readonly streaming: boolean = false;
  protected readonly environment: Environment = environmentOf(this.argv);
  private words: Formatter | undefined;

  /** What the command says to people, in their language. */
  protected get texts(): Formatter {
    if (this.words === undefined) throw new TypeError("Texts are there from `init` on.");
    return this.words;
  }

  /** A text of `cli.json`; `name` is its id without `cli.`. */
  protected say(name: string, values?: MessageValues): string {
    return this.texts.message(`cli.${name}`, values);
  }

  /** Numbers and times for people. */
  protected get show(): Show {
    return createShow(this.environment.locale, this.say("never"));
  }

  /** A header or label of a table in the reader's language. */
  protected readonly label = (label: string): string => labelText(label, this.texts);

  protected override async init(): Promise<void> {
    await super.init();
    const { loadTexts } = await import("./output/texts.ts");
    this.words = await loadTexts(this.environment.locale);
  }

  /** Chooses where and how to print, from the flags of this run. */
  protected output(flags: CommonFlags & ListFlags): Output {
    return createOutput(
      {
        json: flags.json,
        format: FORMATS.find((format) => format === flags.format),
        noHeader: flags["no-header"] === true,
        noColor: flags["no-color"],
        quiet: flags.quiet,
        columns: flags.columns,
        sort: flags.sort,
        filter: flags.filter ?? [],
        environment: this.environment,
        words: this.texts,
      },
      this.streaming,
    );
  }

  /** `--json` is our own flag: oclif's prints its configuration with every parse error. */
  override jsonEnabled(): boolean {
    return false;
  }

  /** Prints the failure and sets the exit code; nothing reaches oclif's own error printer. */
  protected override async catch(error: Error): Promise<void> {
    this.parsed = true;
    if (isExit(error)) throw error;
    const thrown = failureFromError(error, this.id ?? "");
    const { exitCodeOf, failureDocument, failureLines } = await import("./failure/report.ts");
    process.exitCode = exitCodeOf(thrown);
    const words = this.argv.slice(0, this.argv.includes("--") ? this.argv.indexOf("--") : undefined);
    if (words.includes("--json") || words.includes("--format=json")) {
      const indent = this.streaming ? undefined : 2;
      await writeOut(`${JSON.stringify(await failureDocument(thrown), null, indent)}\n`);
    } else {
      const painter = createPainter({
        isTty: process.stderr.isTTY === true,
        noColor: words.includes("--no-color") || this.environment.noColor,
        forceColor: this.environment.forceColor,
      });
      writeNote(await failureLines(thrown.failure, painter, this.environment.locale));
    }
    const wantsStack = this.environment.debug || words.includes("--debug") || words.includes("-d");
    if (wantsStack && error.stack !== undefined) writeNote(`${error.stack}\n`);
  }
}

/** oclif ends a run early by throwing; help and `--version` do. */
function isExit(error: Error): boolean {
  return "code" in error && error.code === "EEXIT";
}
