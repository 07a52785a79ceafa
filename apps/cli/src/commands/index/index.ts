import type { IndexDefinition, IndexResult } from "@ecolocal/core/judgement";
import * as Args from "@oclif/core/args";
import { BaseCommand } from "../../base-command.ts";
import { CliFailure } from "../../failure/cli-failure.ts";
import type { Field } from "../../output/output.ts";

export default class Index extends BaseCommand {
  static override summary = "Judge values on a named scale, such as the US AQI.";
  static override description = [
    "Values are name=number pairs in the unit the scale asks for; without values the scale's inputs are listed,",
    "without a scale all scales are. No workspace is needed.",
  ].join("\n");
  static override examples = [
    {
      description: "US AQI of a 24-hour mean of 35.9 µg/m³ PM2.5",
      command: "<%= config.bin %> index us-aqi pm25=35.9 --json",
    },
    { description: "European index from two pollutants", command: "<%= config.bin %> index eaqi pm25=12 o3=80" },
    { description: "What a scale needs", command: "<%= config.bin %> index who" },
  ];
  static override args = {
    scale: Args.string({ description: "Name of the scale; leave it out to list all." }),
  };
  static override strict = false;

  async run(): Promise<void> {
    const { args, argv, flags } = await this.parse(Index);
    const { computeIndex, INDEXES, parseIndexInputs } = await import("@ecolocal/core/judgement");
    const output = this.output(flags);
    if (args.scale === undefined) return output.list("scales", Object.values(INDEXES), scaleColumns);
    const pairs = (argv as string[]).slice(1);
    const definition = Object.hasOwn(INDEXES, args.scale) ? INDEXES[args.scale] : undefined;
    if (pairs.length === 0 && definition !== undefined) return output.list("inputs", definition.inputs, inputColumns);
    const inputs = parseIndexInputs(pairs);
    if (!inputs.ok) throw new CliFailure(inputs.error);
    const result = computeIndex(args.scale, inputs.value);
    if (!result.ok) throw new CliFailure(result.error);
    await output.document(result.value, () => describe(result.value));
  }
}

const scaleColumns = [
  { key: "name", header: "SCALE", value: (scale: IndexDefinition) => scale.name },
  { key: "title", header: "TITLE", value: (scale: IndexDefinition) => scale.title },
  { key: "version", header: "VERSION", value: (scale: IndexDefinition) => scale.version },
  { key: "inputs", header: "VALUES", value: (scale: IndexDefinition) => scale.inputs.map(({ key }) => key).join(" ") },
];

type Input = IndexDefinition["inputs"][number];

const inputColumns = [
  { key: "name", header: "VALUE", value: (input: Input) => input.key },
  { key: "aliases", header: "ALSO", value: (input: Input) => input.aliases.join(" ") },
  { key: "unit", header: "UNIT", value: (input: Input) => input.unit },
  { key: "statistic", header: "AVERAGED AS", value: (input: Input) => input.statistic },
];

function describe(result: IndexResult): (string | Field)[] {
  const number = result.value === null ? "" : `${result.value} · `;
  return [
    ["Result", `${number}${result.bandLabel ?? result.band ?? "not judged"}`],
    ...(result.responsible === undefined ? [] : [["Decided by", result.responsible] as const]),
    ...(result.advice === null ? [] : [["Advice", result.advice] as const]),
    ["Scale", `${result.bandSet.title} (${result.bandSet.id} ${result.bandSet.version})`],
    ...result.perPollutant.map(
      (part) =>
        [
          part.input,
          `${part.value} ${part.unit}, ${part.statistic}: ${part.index ?? part.band ?? part.note ?? "–"}`,
        ] as const,
    ),
  ];
}
