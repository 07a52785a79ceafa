import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { CliFailure, usageFailure } from "../../failure/cli-failure.ts";
import { parseRange } from "../../input/time.ts";
import { timeFlags } from "../../input/time-flags.ts";
import { FORMATS } from "../../output/output.ts";
import { createProgress } from "../../output/progress.ts";
import { writeOut } from "../../output/stdout.ts";
import { findChannel } from "../../workspace/find.ts";
import { type Engine, WorkspaceCommand } from "../../workspace-command.ts";

export default class DataExport extends WorkspaceCommand {
  static override summary = "Export readings as CSV, JSON lines or Parquet, to stdout or to a file.";
  static override description =
    "Without a channel all own channels are exported. Times are UTC, units are UCUM codes. A file named *.parquet is Parquet.";
  static override examples = [
    {
      description: "Everything of the last month to a file",
      command: "<%= config.bin %> data export --since 30d --output readings.csv",
    },
    {
      description: "For pandas or DuckDB",
      command: "<%= config.bin %> data export --since 365d --output readings.parquet",
    },
    {
      description: "One channel into another program",
      command: "<%= config.bin %> data export co2 --since 7d --format ndjson | jq .value",
    },
  ];
  static override args = { channel: Args.string({ description: "Only this channel." }) };
  static override flags = {
    ...timeFlags,
    format: Flags.option({
      options: [...FORMATS, "parquet"] as const,
      summary: "Format of the export; a file's name says it as well.",
      exclusive: ["json"],
      helpGroup: "COMMON",
    })(),
    output: Flags.string({ char: "o", summary: "File to write; - is stdout.", default: "-" }),
  };
  protected override readonly streaming = true;

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DataExport);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const all = await engine.call("channel.list", {});
    const own = all.filter(({ owner }) => owner === undefined);
    const channels = args.channel === undefined ? own : [findChannel(args.channel, all)];
    if (channels.length === 0) throw nothingToExport();
    const toFile = flags.output !== "-";
    const format: string | undefined = flags.format;
    const parquet = format === "parquet" || (format === undefined && isParquet(flags.output));
    if (parquet && !toFile) throw noParquetStream();
    const query = {
      channelIds: channels.map(({ id }) => id),
      ...parseRange(flags, Date.now()),
      format: parquet ? ("ndjson" as const) : exportFormat(flags.format, flags.json, toFile ? flags.output : undefined),
    };
    const progress = createProgress(!flags.quiet && toFile, this.texts);
    const counted = chunks(engine, query, this.interrupted, (rows) => progress.show(this.say("data.soFar", { rows })));
    if (toFile) await writeFileWhole(flags.output, counted.texts, parquet);
    else for await (const text of counted.texts) await writeOut(text);
    progress.end();
    if (toFile) {
      const { rows } = counted;
      await output.document({ file: flags.output, rows: rows() }, () => [
        this.say("data.written", { rows: rows(), file: flags.output }),
      ]);
    }
  }
}

type ExportQuery = Parameters<typeof openExport>[1];

function openExport(
  engine: Engine,
  query: { channelIds: string[]; from: number; to: number; format: "csv" | "ndjson" },
  signal: AbortSignal,
) {
  return engine.stream("data.export", query, { signal });
}

function chunks(engine: Engine, query: ExportQuery, signal: AbortSignal, tell: (rows: number) => void) {
  let rows = 0;
  async function* texts(): AsyncGenerator<string> {
    for await (const chunk of openExport(engine, query, signal)) {
      rows += chunk.rows;
      tell(rows);
      yield chunk.text;
    }
  }
  return { texts: texts(), rows: () => rows };
}

/** `--json` and pipes mean JSON lines; a file's name says what it is to hold; a terminal gets CSV. */
function exportFormat(format: string | undefined, json: boolean, file: string | undefined): "csv" | "ndjson" {
  if (json || format === "json" || format === "ndjson") return "ndjson";
  if (format !== undefined) return "csv";
  if (file !== undefined) return /\.(ndjson|jsonl|json)$/i.test(file) ? "ndjson" : "csv";
  return process.stdout.isTTY === true ? "csv" : "ndjson";
}

/** Parquet is written from JSON lines; it has its index at its end, so it is for files only. */
function isParquet(file: string): boolean {
  return /\.parquet$/i.test(file);
}

/** The file gets its name only when it is complete. */
async function writeFileWhole(path: string, texts: AsyncIterable<string>, parquet: boolean): Promise<void> {
  const draft = `${path}.partial`;
  try {
    if (parquet) await (await import("@ecolocal/engine/parquet")).writeParquet(draft, texts);
    else await pipeline(texts, createWriteStream(draft));
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw fileFailure(path, error) ?? error;
  }
}

function fileFailure(path: string, error: unknown): CliFailure | undefined {
  const code = error instanceof Error && "code" in error && "syscall" in error ? String(error.code) : undefined;
  if (code === undefined) return undefined;
  const full = code === "ENOSPC";
  return new CliFailure({
    code: full ? "STORAGE_FULL" : "EXPORT_FILE_REFUSED",
    op: "export",
    subject: path,
    detail: `${path} could not be written (${code}).`,
    retry: "after-change",
  });
}

function noParquetStream(): CliFailure {
  return usageFailure("export", "parquet", "Parquet is written to a file.", "Add --output readings.parquet.");
}

function nothingToExport(): CliFailure {
  return new CliFailure({
    code: "CLI_NOTHING_TO_DO",
    op: "export",
    subject: "channels",
    detail: "The workspace has no channel yet.",
    hint: "Add a sensor or import a file first.",
    retry: "after-change",
  });
}
