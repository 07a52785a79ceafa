import type { EvidenceView, ImpactRangeView, RecommendationView } from "@ecolocal/core/api";
import type { SentenceLike } from "@ecolocal/messages";
import * as Args from "@oclif/core/args";
import type { Field, Output } from "../../output/output.ts";
import { createSpeaker, unitWords } from "../../output/speaker.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class RecommendShow extends WorkspaceCommand {
  static override summary = "Show one idea: why, on what evidence, what it brings and what it takes.";
  static override examples = [
    { description: "With its evidence", command: "<%= config.bin %> recommend show air.box-fan-cleaners" },
    { description: "For a script", command: "<%= config.bin %> recommend show air.box-fan-cleaners --json" },
  ];
  static override args = {
    idea: Args.string({ description: "Id of the idea, as `recommend list` prints it.", required: true }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(RecommendShow);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const idea = await engine.call("recommendation.get", { id: args.idea });
    await output.document(idea, () => this.describe(idea, output));
  }

  private describe(idea: RecommendationView, { painter }: Output): (string | Field)[] {
    const { show } = this;
    const speak = createSpeaker(this.texts);
    const section = (title: string, lines: readonly (string | Field)[]): (string | Field)[] =>
      lines.length === 0 ? [] : ["", painter.bold(this.label(title)), ...lines];
    return [
      painter.bold(idea.title),
      idea.summary,
      "",
      speak(idea.why),
      ["Status", idea.feedback?.kind ?? this.texts.message(`recommendationStatus.${idea.status}`)],
      [
        "Confidence",
        [this.texts.message(`confidence.${idea.confidence}`), ...idea.confidenceReasons.map(speak)].join("; "),
      ],
      ["Cost", show.span(idea.cost.lo, idea.cost.hi, idea.cost.currency)],
      ["Work", show.span(idea.hours.lo, idea.hours.hi, "h")],
      ...section(
        "Evidence",
        idea.evidence.map((evidence) => this.evidenceLine(evidence, speak)),
      ),
      ...section(
        "Impact",
        idea.impact.map((impact) => this.impactLine(impact)),
      ),
      ...section(
        "Assumptions",
        idea.assumptions.map(
          ({ name, lo, hi, unit, verification }): Field => [
            name,
            `${show.span(lo, hi, unitWords(unit, this.texts))} (${this.texts.message(`verification.${verification}`)})`,
          ],
        ),
      ),
      ...section(
        "What would change this",
        idea.wouldChange.map((change) => `- ${speak(change)}`),
      ),
      ...section(
        "Needed before",
        [...idea.prerequisites, ...idea.permits].map((text) => `- ${text}`),
      ),
      ...section(
        "Risks",
        idea.risks.map(({ risk, response }) => `- ${risk}: ${response}`),
      ),
    ];
  }

  private evidenceLine(evidence: EvidenceView, speak: (sentence: SentenceLike) => string): Field {
    const { metricId, metricName, value, unit, threshold, statistic } = evidence;
    const known = `metric.${metricId}`;
    const name = this.texts.has(known) ? this.texts.message(known) : metricName;
    if (evidence.unboundBecause !== null) {
      return [name, this.say("recommend.cannotJudge", { reason: speak(evidence.unboundBecause) })];
    }
    const source = evidence.sourceTitle === null ? "" : ` · ${evidence.sourceTitle}`;
    const statisticId = `statistic.${statistic}`;
    const line = this.say("recommend.evidence", {
      statistic: this.texts.has(statisticId) ? this.texts.message(statisticId) : statistic,
      measured:
        value === null ? this.say("recommend.notMeasured") : this.show.measured(value, unitWords(unit, this.texts)),
      op: evidence.op,
      threshold: this.show.measured(threshold, unitWords(unit, this.texts)),
      hits: evidence.daysSatisfied,
      measuredDays: evidence.daysWithData,
      needed: evidence.daysNeeded,
      coverage: this.texts.number(evidence.coverage, { style: "percent" }),
    });
    return [name, `${line}${source}`];
  }

  private impactLine({ label, p10, p50, p90, unit, grade }: ImpactRangeView): Field {
    const { show } = this;
    const range = `${show.number(p10)} – ${show.number(p50)} – ${show.measured(p90, unitWords(unit, this.texts))}`;
    return [label, this.say("recommend.impact", { range, grade })];
  }
}
