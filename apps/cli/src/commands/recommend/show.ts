import type { EvidenceView, ImpactRangeView, RecommendationView } from "@ecolocal/core/api";
import type { SentenceLike } from "@ecolocal/messages";
import * as Args from "@oclif/core/args";
import type { Field, Output } from "../../output/output.ts";
import { createShow, type Show } from "../../output/show.ts";
import { createSpeaker } from "../../output/speaker.ts";
import { loadTexts } from "../../output/texts.ts";
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
    const texts = await loadTexts(this.environment.locale);
    const wording = { show: createShow(this.environment.locale), say: createSpeaker(texts) };
    await output.document(idea, () => describe(idea, output, wording));
  }
}

interface Wording {
  readonly show: Show;
  readonly say: (sentence: SentenceLike) => string;
}

function describe(idea: RecommendationView, { painter }: Output, wording: Wording): (string | Field)[] {
  const { show, say } = wording;
  const section = (title: string, lines: readonly (string | Field)[]): (string | Field)[] =>
    lines.length === 0 ? [] : ["", painter.bold(title), ...lines];
  return [
    painter.bold(idea.title),
    idea.summary,
    "",
    say(idea.why),
    ["Status", idea.feedback?.kind ?? idea.status],
    ["Confidence", [idea.confidence, ...idea.confidenceReasons.map(say)].join("; ")],
    ["Cost", show.span(idea.cost.lo, idea.cost.hi, idea.cost.currency)],
    ["Work", show.span(idea.hours.lo, idea.hours.hi, "h")],
    ...section(
      "Evidence",
      idea.evidence.map((evidence) => evidenceLine(evidence, wording)),
    ),
    ...section(
      "Impact",
      idea.impact.map((impact) => impactLine(impact, show)),
    ),
    ...section(
      "Assumptions",
      idea.assumptions.map(
        ({ name, lo, hi, unit, verification }): Field => [name, `${show.span(lo, hi, unit)} (${verification})`],
      ),
    ),
    ...section(
      "What would change this",
      idea.wouldChange.map((change) => `- ${say(change)}`),
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

function evidenceLine(evidence: EvidenceView, { show, say }: Wording): Field {
  const { metricName, value, unit, op, threshold, statistic } = evidence;
  if (evidence.unboundBecause !== null) return [metricName, `cannot judge: ${say(evidence.unboundBecause)}`];
  const source = evidence.sourceTitle === null ? "" : ` (${evidence.sourceTitle})`;
  const measured = value === null ? "not measured" : show.measured(value, unit);
  const days = `on ${evidence.daysSatisfied} of ${evidence.daysWithData} days with data, ${evidence.daysNeeded} needed`;
  const coverage = `${Math.round(evidence.coverage * 100)} % covered`;
  return [
    metricName,
    `${statistic} ${measured} ${op} ${show.measured(threshold, unit)}${source}; ${days}; ${coverage}`,
  ];
}

function impactLine({ label, p10, p50, p90, unit, grade }: ImpactRangeView, show: Show): Field {
  const range = `${show.number(p10)} – ${show.number(p50)} – ${show.measured(p90, unit)}`;
  return [label, `${range} (P10–P50–P90, grade ${grade})`];
}
