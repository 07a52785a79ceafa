import type { AnnotationView, ChannelView } from "@ecolocal/core/api";
import { instantToIso } from "@ecolocal/core/shared";
import type { Formatter } from "@ecolocal/messages";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { usageFailure } from "../../failure/cli-failure.ts";
import { parseRange } from "../../input/time.ts";
import { timeFlags } from "../../input/time-flags.ts";
import { findChannel } from "../../workspace/find.ts";
import { type Engine, WorkspaceCommand } from "../../workspace-command.ts";

interface Wishes {
  readonly exclude: boolean;
  readonly replace: number | undefined;
  readonly offset: number | undefined;
  readonly factor: number | undefined;
}

export default class DataFlag extends WorkspaceCommand {
  static override summary =
    "Exclude or adjust a stretch of readings, with a reason; without --reason, list what holds.";
  static override description =
    "What was measured stays as it is: --undo takes an exclusion or adjustment back, --restore makes it hold again.";
  static override examples = [
    {
      description: "The wall was painted that day",
      command:
        '<%= config.bin %> data flag pm25@Kitchen --from 2026-11-20 --to 2026-11-21 --exclude --reason "Wall painted"',
    },
    {
      description: "The sensor read 0.4 too high",
      command: '<%= config.bin %> data flag temperature --since 30d --offset -0.4 --reason "Compared in ice water"',
    },
    { description: "What holds", command: "<%= config.bin %> data flag pm25@Kitchen" },
  ];
  static override args = { channel: Args.string({ description: "The channel.", required: true }) };
  static override flags = {
    ...timeFlags,
    exclude: Flags.boolean({ summary: "Leave the readings out of all statistics.", exclusive: ["replace", "offset"] }),
    replace: Flags.string({ summary: "Show this value instead.", exclusive: ["offset", "factor"] }),
    offset: Flags.string({ summary: "Add this, in the unit of the channel." }),
    factor: Flags.string({ summary: "Multiply by this, before the offset.", exclusive: ["exclude"] }),
    reason: Flags.string({ summary: "Why." }),
    author: Flags.string({ summary: "Who says so.", default: "" }),
    undo: Flags.string({ summary: "Take this exclusion or adjustment back.", exclusive: ["restore", "reason"] }),
    restore: Flags.string({ summary: "Make one that was taken back hold again.", exclusive: ["reason"] }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DataFlag);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const channel = findChannel(args.channel, await engine.call("channel.list", {}));
    const annotationId = flags.undo ?? flags.restore;
    if (annotationId !== undefined) {
      const restore = flags.restore !== undefined;
      await engine.call("data.undoAnnotation", { annotationId, restore });
      await output.document({ annotationId, holds: restore }, () => [
        `${output.painter.green("✓")} ${this.say(restore ? "flag.holds" : "flag.undone")}`,
      ]);
      return;
    }
    const wishes = {
      exclude: flags.exclude,
      replace: parseNumber("--replace", flags.replace),
      offset: parseNumber("--offset", flags.offset),
      factor: parseNumber("--factor", flags.factor),
    };
    if (flags.reason === undefined) {
      const { exclude, ...figures } = wishes;
      if (exclude || Object.values(figures).some((figure) => figure !== undefined)) throw noReason();
      return output.list("annotations", await list(engine, channel), columns(this.texts));
    }
    const range = parseRange(flags, Date.now());
    const { reason, author } = flags;
    const made = await engine.call("data.annotate", {
      channelId: channel.id,
      ...range,
      ...kindOf(wishes),
      reason,
      author,
    });
    await output.document(made, () => [
      `${output.painter.green("✓")} ${this.say("flag.fromTo", {
        what: describe(made, this.texts),
        from: instantToIso(made.from),
        to: instantToIso(made.to),
      })}`,
      `  ${this.say("sensor.takeBack", { command: `ecolocal data flag ${args.channel} --undo ${made.id}` })}`,
    ]);
  }
}

function list(engine: Engine, { id }: ChannelView): Promise<AnnotationView[]> {
  return engine.call("data.annotations", { channelId: id });
}

function kindOf({ exclude, replace, offset, factor }: Wishes) {
  if (exclude) return { kind: "exclude" } as const;
  if (replace !== undefined) return { kind: "adjust", factor: 0, offset: replace } as const;
  if (offset === undefined && factor === undefined) {
    throw usageFailure("flag", "", "Nothing says what to do.", "Add --exclude, --replace, --offset or --factor.");
  }
  return { kind: "adjust", factor: factor ?? 1, offset: offset ?? 0 } as const;
}

/** For scripts, the same in every language. */
function plainly({ kind, factor, offset }: AnnotationView): string {
  if (kind === "exclude") return "Excluded";
  return factor === 0 ? `Replaced by ${offset}` : `Adjusted (× ${factor}, + ${offset})`;
}

function describe({ kind, factor, offset }: AnnotationView, texts: Formatter): string {
  if (kind === "exclude") return texts.message("cli.flag.excluded");
  if (factor === 0) return texts.message("cli.flag.replaced", { value: String(offset) });
  return texts.message("cli.flag.adjusted", { factor: String(factor), offset: String(offset) });
}

function parseNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw usageFailure("flag", text, `${flag} needs a number, not "${text}".`, `For example: ${flag}=-0.4`);
}

function noReason() {
  return usageFailure("flag", "", "Readings are never changed without a reason.", "Add --reason.");
}

const columns = (texts: Formatter) => [
  { key: "id", header: "ID", value: ({ id }: AnnotationView) => id },
  { key: "from", header: "FROM (UTC)", value: ({ from }: AnnotationView) => instantToIso(from) },
  { key: "to", header: "TO (UTC)", value: ({ to }: AnnotationView) => instantToIso(to) },
  {
    key: "what",
    header: "WHAT",
    value: plainly,
    show: (annotation: AnnotationView) => describe(annotation, texts),
  },
  {
    key: "holds",
    header: "HOLDS",
    value: ({ undoneAt }: AnnotationView) => (undoneAt === null ? "yes" : "no"),
    show: ({ undoneAt }: AnnotationView) => texts.message(undoneAt === null ? "cli.yes" : "cli.no"),
  },
  { key: "reason", header: "REASON", value: ({ reason }: AnnotationView) => reason },
];
