import { basename } from "node:path";
import type { ImportProgress } from "@ecolocal/core/api";
import { isRpcError } from "@ecolocal/core/api/rpc";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { EXIT } from "../../exit-codes.ts";
import { openBytes, sizeOf } from "../../input/byte-source.ts";
import { parquetPieces, piecesBehind, type SentPiece } from "../../input/import-pieces.ts";
import { parseDuration } from "../../input/time.ts";
import { createProgress } from "../../output/progress.ts";
import { type BegunImport, beginImport } from "../../workspace/begin-import.ts";
import { findSensor } from "../../workspace/find.ts";
import { parseImportColumn } from "../../workspace/import-columns.ts";
import { type Engine, WorkspaceCommand } from "../../workspace-command.ts";

/** Problems that are printed one by one; the rest is counted. */
const SHOWN_PROBLEMS = 20;

type Totals = Omit<ImportProgress, "importId" | "done"> & { problems: ImportProgress["problems"] };

export default class DataImport extends WorkspaceCommand {
  static override summary = "Import readings from a file; importing the same file again changes nothing.";
  static override description = [
    "Reads CSV, JSON lines, Parquet (*.parquet) and sensor.community archives. A broken row is reported with its number and reason, the rest is",
    "imported, and the exit code is 3. Without --column the header must name quantities unambiguously.",
    "An import that was stopped (Ctrl-C, a crash, a full disk) keeps what it read; the same command goes on from there.",
  ].join("\n");
  static override examples = [
    {
      description: "A CSV whose header names the quantities",
      command: "<%= config.bin %> data import readings.csv",
    },
    {
      description: "Say what a column means",
      command:
        "<%= config.bin %> data import log.csv --column PM2.5=pm25 --column t=temperature:[degF] --place Kitchen",
    },
    {
      description: "Look first, from stdin",
      command: "cat readings.ndjson | <%= config.bin %> data import - --dry-run --json",
    },
  ];
  static override args = { file: Args.string({ description: "The file; - is stdin.", required: true }) };
  static override flags = {
    as: Flags.option({
      options: ["auto", "csv", "ndjson", "sensor-community"] as const,
      summary: "Format of the file.",
      default: "auto",
    })(),
    column: Flags.string({
      summary: "What a column means: COLUMN=quantity[:unit][@place]. May be repeated.",
      multiple: true,
    }),
    sensor: Flags.string({
      char: "s",
      summary: "Keep them as readings of this sensor of the workspace.",
      dependsOn: ["column"],
      exclusive: ["place", "exposure", "interval"],
    }),
    place: Flags.string({ summary: "Where the values were measured." }),
    exposure: Flags.option({
      options: ["indoor", "outdoor", "mobile", "unknown"] as const,
      summary: "Inside or outside.",
    })(),
    interval: Flags.string({ summary: "Time between readings (60s, 5m); estimated from the file when left out." }),
    "time-zone": Flags.string({ summary: "Zone of times without one; the workspace's zone when left out." }),
    "dry-run": Flags.boolean({ char: "n", summary: "Read and check everything, keep nothing." }),
    resume: Flags.boolean({
      summary: "Go on where an earlier import of this file stopped; on unless you say --no-resume.",
      allowNo: true,
      default: true,
    }),
    "error-on-empty": Flags.boolean({ summary: "Exit with 9 when nothing new was imported." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DataImport);
    const output = this.output(flags);
    const parquet = args.file.endsWith(".parquet");
    const open = () => openBytes(args.file);
    const source = await open();
    const engine = await this.engine(flags);
    const sensor =
      flags.sensor === undefined ? undefined : findSensor(flags.sensor, await engine.call("sensor.list", {}));
    const where = {
      channels: sensor?.channels,
      place: flags.place,
      exposure: flags.exposure,
      intervalMs: flags.interval === undefined ? undefined : parseDuration(flags.interval),
    };
    const columns = (flags.column ?? []).map((text) => parseImportColumn(text, where));
    const request = {
      fileName: args.file === "-" ? "stdin" : basename(args.file),
      format: parquet ? ("parquet" as const) : flags.as,
      columns,
      defaults: defaultsOf(where),
      dryRun: flags["dry-run"],
      ...(flags["time-zone"] === undefined ? {} : { timeZone: flags["time-zone"] }),
    };
    const mayResume = flags.resume && args.file !== "-" && !parquet && !flags["dry-run"];
    const begun = await beginImport(engine, request, mayResume ? open : undefined);
    if (begun.rowsBefore > 0) output.note(this.say("data.goingOn", { rows: begun.rowsBefore }));
    const progress = createProgress(!flags.quiet && output.forPeople, this.texts);
    // Rows of a Parquet file are read when all of it was sent.
    const bytes = parquet ? undefined : await sizeOf(args.file);
    const pieces = parquet ? parquetPieces(source) : piecesBehind(source, begun.offset);
    const totals = await send(engine, begun, pieces, this.interrupted, (rows, sent) =>
      progress.share(this.say("data.rowsSoFar", { rows }), sent, bytes),
    ).catch((error: unknown) => {
      progress.end();
      if (wasCutShort(error) && !flags["dry-run"]) output.note(this.say("data.stopped"));
      throw error;
    });
    progress.end();
    for (const line of this.describeProblems(totals)) output.note(line);
    await output.document({ dryRun: flags["dry-run"], rowsBefore: begun.rowsBefore, ...totals }, () => [
      this.describe(totals, flags["dry-run"]),
    ]);
    process.exitCode = exitCode(totals, flags["error-on-empty"]);
  }

  private describeProblems({ problems, rejected }: Totals): string[] {
    const shown = problems.slice(0, SHOWN_PROBLEMS);
    const more = rejected - shown.length;
    return [
      ...shown.map(({ row, code, reason }) => this.say("data.rowProblem", { row, code, reason })),
      ...(more > 0 ? [this.say("data.moreRows", { count: more })] : []),
    ];
  }

  private describe({ rowsRead, inserted, corrected, unchanged, rejected }: Totals, dryRun: boolean): string {
    return this.say("data.imported", {
      read: rowsRead,
      fresh: inserted,
      dry: dryRun ? "yes" : "no",
      corrected,
      known: unchanged,
      refused: rejected,
    });
  }
}

/** Whether sending ended by Ctrl-C or with the engine, which says nothing about the file. */
function wasCutShort(error: unknown): boolean {
  return isRpcError(error) && ["RPC_CANCELLED", "LINK_LOST"].includes(error.code);
}

type Where = Parameters<typeof parseImportColumn>[1];

function defaultsOf({ place, exposure, intervalMs }: Where) {
  return {
    ...(place === undefined ? {} : { place }),
    ...(exposure === undefined ? {} : { exposure }),
    ...(intervalMs === undefined ? {} : { intervalMs }),
  };
}

async function send(
  engine: Engine,
  { importId }: BegunImport,
  pieces: AsyncIterable<SentPiece>,
  signal: AbortSignal,
  onRows: (rows: number, sentBytes: number) => void,
): Promise<Totals> {
  const totals: Totals = {
    rowsRead: 0,
    inserted: 0,
    corrected: 0,
    unchanged: 0,
    rejected: 0,
    problems: [],
    channels: [],
  };
  for await (const { sentBytes, ...piece } of pieces) {
    const answer = await engine.call("data.importChunk", { importId, ...piece }, { signal });
    // Counts are running totals of the import; problems are those of the piece.
    Object.assign(totals, {
      rowsRead: answer.rowsRead,
      inserted: answer.inserted,
      corrected: answer.corrected,
      unchanged: answer.unchanged,
      rejected: answer.rejected,
      channels: answer.channels,
    });
    totals.problems.push(...answer.problems);
    onRows(totals.rowsRead, sentBytes);
    if (answer.done) break;
  }
  return totals;
}

function exitCode({ rejected, inserted, corrected }: Totals, errorOnEmpty: boolean): number {
  if (rejected > 0) return EXIT.partial;
  return errorOnEmpty && inserted + corrected === 0 ? EXIT.nothingToDo : EXIT.ok;
}
