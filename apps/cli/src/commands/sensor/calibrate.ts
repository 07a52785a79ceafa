import type { CalibrationFitView } from "@ecolocal/core/api";
import { instantToIso } from "@ecolocal/core/shared";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { parseRange } from "../../input/time.ts";
import { timeFlags } from "../../input/time-flags.ts";
import { findChannel } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

const METHODS = ["linear", "multilinear"] as const;

export default class SensorCalibrate extends WorkspaceCommand {
  static override summary = "Compare a sensor with a reference that stood beside it, and correct it if you like.";
  static override description = [
    "Prints how well both agree, the correction, what it leaves, and whether the EPA's targets are met. With --apply a",
    "corrected channel is made beside the raw one, which stays as it is. Two weeks side by side are the least that is",
    "worth much. multilinear also takes humidity and temperature of the same box into account.",
  ].join("\n");
  static override examples = [
    {
      description: "Compare",
      command: "<%= config.bin %> sensor calibrate pm25@Balcony --reference pm25@Station --since 30d",
    },
    {
      description: "Correct with humidity",
      command:
        "<%= config.bin %> sensor calibrate pm25@Balcony --reference pm25@Station --since 30d --method multilinear --apply",
    },
  ];
  static override args = { channel: Args.string({ description: "Channel of the sensor.", required: true }) };
  static override flags = {
    ...timeFlags,
    reference: Flags.string({ summary: "Channel of the reference.", required: true }),
    method: Flags.option({ options: METHODS, summary: "Form of the correction.", default: "linear" as const })(),
    daily: Flags.boolean({ summary: "Compare daily instead of hourly means." }),
    apply: Flags.boolean({ summary: "Make a corrected channel." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SensorCalibrate);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const channels = await engine.call("channel.list", {});
    const channel = findChannel(args.channel, channels);
    const reference = findChannel(flags.reference, channels);
    const fit = await engine.call("calibration.fit", {
      channelId: channel.id,
      referenceId: reference.id,
      ...parseRange(flags, Date.now()),
      method: flags.method,
      step: flags.daily ? "day" : "hour",
    });
    const { pairs: _, ...shown } = fit;
    const { correction, expiresAt } = fit;
    const applied = flags.apply
      ? await engine.call("calibration.apply", { channelId: channel.id, correction, expiresAt })
      : null;
    await output.document({ fit: shown, applied }, () => [
      ...describe(fit, channel.symbol),
      ...(applied === null ? [] : [this.say("calibrate.made", { id: applied.channelId, name: applied.name })]),
    ]);
    for (const warning of fit.warnings) {
      const known = `cli.calibrate.warning.${warning}`;
      output.note(this.texts.has(known) ? this.texts.message(known) : warning);
    }
  }
}

function describe(fit: CalibrationFitView, symbol: string): string[] {
  const { correction, raw, corrected, rawVerdict, correctedVerdict } = fit;
  const agreement = ({ slope, intercept, r2, rmse, nrmse }: CalibrationFitView["raw"]): string =>
    `slope ${slope.toFixed(2)}, intercept ${intercept.toFixed(1)}, R² ${r2.toFixed(2)}, RMSE ${rmse.toFixed(1)} ${symbol} (${nrmse.toFixed(0)} %)`;
  const met = (verdict: CalibrationFitView["rawVerdict"]): string => {
    if (verdict === null) return "";
    return verdict.met ? `; meets ${verdict.source}` : `; misses ${verdict.source}`;
  };
  return [
    `${fit.n} pairs from ${instantToIso(fit.from)} to ${instantToIso(fit.to)}`,
    `Raw:       ${agreement(raw)}${met(rawVerdict)}`,
    `Corrected: ${agreement(corrected)}${met(correctedVerdict)}`,
    `Expected from now on: RMSE ${fit.expectedRmse.toFixed(1)} ${symbol}; compare again by ${instantToIso(fit.expiresAt)}`,
    `Correction: ${JSON.stringify(correction)}`,
  ];
}
