import type { RetentionPolicies, RetentionReport } from "@ecolocal/core/api";
import { DAY_MS } from "@ecolocal/core/shared";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { CliFailure } from "../../failure/cli-failure.ts";
import { readKeepDays } from "../../input/keep-days.ts";
import { parseInstant } from "../../input/time.ts";
import { createShow } from "../../output/show.ts";
import { findChannel } from "../../workspace/find.ts";
import { type Engine, WorkspaceCommand } from "../../workspace-command.ts";

type Channel = ReturnType<typeof findChannel>;

export default class DataRetention extends WorkspaceCommand {
  static override summary = "Say how long readings are kept, and show what dropping old ones would do.";
  static override description = [
    "Readings are kept for ever until you say otherwise. With --keep, older ones are dropped once a day while a workspace is",
    "open; with --before and --apply, once and now. The last year stays in any case, and so do the year before each project",
    "that came from an idea, because its evidence is in them, and what your group does not have yet.",
  ].join("\n");
  static override examples = [
    { description: "What is kept for how long", command: "<%= config.bin %> data retention" },
    {
      description: "What keeping three years would drop",
      command: "<%= config.bin %> data retention --keep 3y --dry-run",
    },
    { description: "Keep three years of everything", command: "<%= config.bin %> data retention --keep 3y" },
    {
      description: "But this channel for ever",
      command: "<%= config.bin %> data retention co2@Kitchen --keep forever",
    },
    {
      description: "What would go now",
      command: "<%= config.bin %> data retention co2@Kitchen --before 2024-01-01 --preview",
    },
    { description: "Let it go", command: "<%= config.bin %> data retention co2@Kitchen --before 2024-01-01 --apply" },
  ];
  static override args = { channel: Args.string({ description: "The channel; every channel when left out." }) };
  static override flags = {
    keep: Flags.string({
      summary: "Keep readings for so long (3y, 18mo, 500d), `forever`, or as the `workspace` does.",
      exclusive: ["before"],
    }),
    "dry-run": Flags.boolean({ summary: "Only show what --keep would drop.", dependsOn: ["keep"] }),
    before: Flags.string({ summary: "Readings before this time, cut back to a whole UTC day." }),
    preview: Flags.boolean({ summary: "Only show what would go; this is the default.", exclusive: ["apply"] }),
    apply: Flags.boolean({ summary: "Drop the readings for good.", dependsOn: ["before"] }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DataRetention);
    const engine = await this.engine(flags);
    const all = await engine.call("channel.list", {});
    const channel = args.channel === undefined ? null : findChannel(args.channel, all);
    const own = all.filter(({ owner }) => owner === undefined);
    const output = this.output(flags);
    if (flags.before !== undefined) {
      if (channel === null) throw new CliFailure(nameChannel());
      const before = parseInstant(flags.before, Date.now());
      const report = await engine.call("data.retention", { channelId: channel.id, before, apply: flags.apply });
      await output.document(report, () => this.describe(report));
      if (!flags.apply && report.readings > 0) output.note("Drop them for good with --apply.");
      return;
    }
    const keepDays = flags.keep === undefined ? undefined : readKeepDays(flags.keep);
    if (flags["dry-run"] && keepDays !== undefined) {
      const reports = await whatWouldGo(engine, channel === null ? own : [channel], keepDays);
      await output.document({ dryRun: true, reports }, () => this.describe(sumOf(reports)));
      return;
    }
    const policies =
      keepDays === undefined
        ? await engine.call("data.retentionPolicies", {})
        : await engine.call("data.setRetention", { channelId: channel?.id ?? null, keepDays });
    await output.document(policies, () => this.list(policies, own));
  }

  private describe({ readings, bytes, spans, kept, applied }: RetentionReport): string[] {
    const show = createShow(this.environment.locale);
    return [
      `${readings} readings (${show.bytes(bytes)}) ${applied ? "were dropped" : "would be dropped"}.`,
      ...spans.map(({ from, to }) => `  ${show.time(from)} – ${show.time(to)}`),
      ...kept.map(({ reason, readings: count }) => `${count} older readings stay: ${WHY[reason]}.`),
    ];
  }

  private list(
    { keepDays, channels, lastRun }: RetentionPolicies,
    own: readonly Channel[],
  ): (string | [string, string])[] {
    const show = createShow(this.environment.locale);
    const names = new Map(own.map((channel) => [channel.id, `${channel.quantity}@${channel.place}`]));
    return [
      ["Workspace", kept(keepDays)],
      ...channels.map(({ channelId, keepDays: days }): [string, string] => [
        names.get(channelId) ?? channelId,
        kept(days),
      ]),
      lastRun === null
        ? "Nothing was dropped by this yet."
        : `Last run ${show.time(lastRun.at)}: ${lastRun.readings} readings dropped, ${lastRun.kept} older ones stayed.`,
    ];
  }
}

type KeepDays = ReturnType<typeof readKeepDays>;

async function whatWouldGo(
  engine: Engine,
  channels: readonly Channel[],
  keepDays: KeepDays,
): Promise<RetentionReport[]> {
  const days = keepDays === "workspace" ? (await engine.call("data.retentionPolicies", {})).keepDays : keepDays;
  const before = days === null ? 0 : Date.now() - days * DAY_MS;
  const reports: RetentionReport[] = [];
  for (const { id } of channels) reports.push(await engine.call("data.retention", { channelId: id, before }));
  return reports;
}

const WHY = {
  quoted: "ideas or projects rest on them",
  unshared: "your group does not have them yet",
} as const;

function kept(days: number | null): string {
  return days === null ? "kept for ever" : `kept for ${days} days`;
}

function sumOf(reports: readonly RetentionReport[]): RetentionReport {
  const count = (reason: keyof typeof WHY): number =>
    reports
      .flatMap(({ kept: stays }) => stays)
      .reduce((sum, one) => sum + (one.reason === reason ? one.readings : 0), 0);
  return {
    channelId: reports[0]?.channelId ?? "",
    spans: [],
    readings: reports.reduce((sum, { readings }) => sum + readings, 0),
    bytes: reports.reduce((sum, { bytes }) => sum + bytes, 0),
    kept: (["quoted", "unshared"] as const)
      .map((reason) => ({ reason, readings: count(reason) }))
      .filter(({ readings }) => readings > 0),
    applied: false,
  };
}

function nameChannel() {
  return {
    code: "CLI_USAGE",
    op: "data retention",
    subject: "--before",
    detail: "Readings before a time are dropped from one channel at a time.",
    hint: "Name the channel, or say how long all of them are kept: --keep 3y",
    retry: "after-change",
  } as const;
}
