import type { RecommendationSummary } from "@ecolocal/core/api";
import type { SentenceLike } from "@ecolocal/messages";
import * as Flags from "@oclif/core/flags";
import { listFlags } from "../../base-command.ts";
import type { Show } from "../../output/show.ts";
import { createSpeaker } from "../../output/speaker.ts";
import type { Column } from "../../output/table.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

const STATUSES = ["suggested", "not-enough-data", "cannot-judge", "not-needed"] as const;

export default class RecommendList extends WorkspaceCommand {
  static override summary = "List ideas: which your readings justify, and which need more data.";
  static override examples = [
    { description: "What the readings justify now", command: "<%= config.bin %> recommend list --status suggested" },
    { description: "Everything, dismissed ideas included", command: "<%= config.bin %> recommend list --all --json" },
  ];
  static override flags = {
    ...listFlags,
    status: Flags.option({
      options: STATUSES,
      summary: "Only ideas of this status. May be repeated.",
      multiple: true,
    })(),
    all: Flags.boolean({ summary: "Dismissed ideas as well." }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(RecommendList);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const ideas = await engine.call("recommendation.list", {
      ...(flags.status === undefined ? {} : { status: [...flags.status] }),
      includeDismissed: flags.all,
    });
    await output.list("recommendations", ideas, columns(this.show, createSpeaker(this.texts)));
    if (ideas.length === 0) output.note(this.say("recommend.none"));
  }
}

function columns(show: Show, say: (sentence: SentenceLike) => string): Column<RecommendationSummary>[] {
  return [
    { key: "id", header: "IDEA", value: ({ id }) => id },
    { key: "status", header: "STATUS", value: ({ status, feedback }) => feedback?.kind ?? status },
    { key: "confidence", header: "SURE", value: ({ confidence }) => confidence },
    {
      key: "cost",
      header: "COST",
      align: "right",
      value: ({ cost }) => cost.likely,
      show: ({ cost }) => show.span(cost.lo, cost.hi, cost.currency),
    },
    {
      key: "hours",
      header: "HOURS",
      align: "right",
      value: ({ hours }) => hours.likely,
      show: ({ hours }) => show.span(hours.lo, hours.hi, "h"),
    },
    { key: "title", header: "TITLE", value: ({ title }) => title },
    { key: "why", header: "WHY", value: ({ why }) => why.text, show: ({ why }) => say(why) },
  ];
}
