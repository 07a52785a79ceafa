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
import { WorkspaceCommand } from "../../workspace-command.ts";

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
    const wanted: string | undefined = flags.format;
    const parquet = wanted === "parquet" || (wanted === undefined && isParquet(flags.output));
    if (parquet && !toFile) throw noParquetStream();
    const query = {
      channelIds: channels.map(({ id }) => id),
      ...parseRange(flags, Date.now()),
    };
    const progress = createProgress(!flags.quiet && toFile, this.texts);
    const options = { signal: this.interrupted };
    const format = exportFormat(flags.format, flags.json, toFile ? flags.output : undefined);
    const pieces = parquet
      ? engine.stream("data.exportParquet", query, options)
      : engine.stream("data.export", { ...query, format }, options);
    const counted = countRows(pieces, (rows) => progress.show(this.say("data.soFar", { rows })));
    await (toFile ? writeFileWhole(flags.output, counted.parts) : writeAll(counted.parts)).finally(progress.end);
    if (toFile) {
      const { rows } = counted;
      await output.document({ file: flags.output, rows: rows() }, () => [
        this.say("data.written", { rows: rows(), file: flags.output }),
      ]);
    }
  }
}

type ExportPiece = { readonly rows: number } & ({ readonly text: string } | { readonly bytes: Uint8Array });
type Parts = AsyncIterable<string | Uint8Array>;

function countRows(pieces: AsyncIterable<ExportPiece>, tell: (rows: number) => void) {
  let rows = 0;
  async function* parts(): AsyncGenerator<string | Uint8Array> {
    for await (const piece of pieces) {
      rows += piece.rows;
      tell(rows);
      yield "text" in piece ? piece.text : piece.bytes;
    }
  }
  return { parts: parts(), rows: () => rows };
}

async function writeAll(parts: Parts): Promise<void> {
  for await (const part of parts) await writeOut(part);
}

/** `--json` and pipes mean JSON lines; a file's name says what it is to hold; a terminal gets CSV. */
function exportFormat(format: string | undefined, json: boolean, file: string | undefined): "csv" | "ndjson" {
  if (json || format === "json" || format === "ndjson") return "ndjson";
  if (format !== undefined) return "csv";
  if (file !== undefined) return /\.(ndjson|jsonl|json)$/i.test(file) ? "ndjson" : "csv";
  return process.stdout.isTTY === true ? "csv" : "ndjson";
}

/** Parquet has its index at its end, so it is for files only. */
function isParquet(file: string): boolean {
  return /\.parquet$/i.test(file);
}

/** The file gets its name only when it is complete. */
async function writeFileWhole(path: string, parts: Parts): Promise<void> {
  const draft = `${path}.partial`;
  try {
    await pipeline(parts, createWriteStream(draft));
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
