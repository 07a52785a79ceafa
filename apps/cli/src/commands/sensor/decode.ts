import type { DecodeLine } from "@ecolocal/core/sensing";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../../base-command.ts";
import { EXIT } from "../../exit-codes.ts";
import { CliFailure } from "../../failure/cli-failure.ts";
import { isDeviceFile, readDeviceFile } from "../../workspace/device-file.ts";

export default class SensorDecode extends BaseCommand {
  static override summary = "Decode recorded bytes of a sensor, from a file or from stdin.";
  static override description = [
    "Prints one line per accepted frame (a telegram for P1, a line for text sensors) and one per rejected stretch.",
    "No workspace is needed and nothing is stored.",
    "",
    "With --json each line is {offset, length, identity?, at?, readings: [{quantity, value, unit, quality}], raw}",
    "or {offset, length, rejected: CODE}; `ecolocal explain CODE` explains a code.",
  ].join("\n");
  static override examples = [
    {
      description: "Decode a recording of an SDS011",
      command: "<%= config.bin %> sensor decode sds011 recording.bin --json",
    },
    {
      description: "Decode what another program prints",
      command: "cat meter.txt | <%= config.bin %> sensor decode dsmr - --json",
    },
    {
      description: "Fail when any byte was refused",
      command: "<%= config.bin %> sensor decode sds011 recording.bin --strict",
    },
  ];
  static override args = {
    driver: Args.string({
      description: "Driver that understands the bytes, or a file that describes it.",
      required: true,
    }),
    file: Args.string({ description: "File with the recorded bytes; - is stdin.", required: true }),
  };
  static override flags = {
    strict: Flags.boolean({ summary: "Exit with 3 when any stretch was rejected." }),
    map: Flags.string({
      summary: "What a key of a text line means: key=quantity[:unit[:channel]]. May be repeated.",
      multiple: true,
    }),
    variant: Flags.string({ summary: "Which member of the driver's family it was, where bytes do not tell." }),
    header: Flags.string({ summary: "Header line of a CSV recording that starts after its header." }),
  };
  protected override readonly streaming = true;

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SensorDecode);
    const { driverById, DRIVERS } = await import("@ecolocal/core/sensing");
    const { decodeStream } = await import("../../decode/decode-stream.ts");
    const { openBytes } = await import("../../input/byte-source.ts");
    const { parseLineMapping } = await import("../../input/line-mapping.ts");
    const driver = isDeviceFile(args.driver) ? await readDeviceFile(args.driver) : driverById(args.driver);
    if (driver === undefined) {
      throw new CliFailure({
        code: "SENSING_DRIVER_UNKNOWN",
        op: "decode",
        subject: args.driver,
        detail: `There is no driver "${args.driver}".`,
        hint: `Drivers are: ${DRIVERS.map(({ id }) => id).join(", ")}`,
        retry: "after-change",
      });
    }
    const output = this.output(flags);
    const mapping = (flags.map ?? []).map(parseLineMapping);
    const { variant } = flags;
    const decoder = driver.createDecoder({
      ...(variant === undefined ? {} : { variant }),
      ...(mapping.length > 0 ? { mapping } : {}),
      ...(flags.header === undefined ? {} : { header: flags.header }),
    });
    const counts = await decodeStream(await openBytes(args.file), decoder, (line) =>
      output.item(line, () => describeLine(line)),
    );
    const { frames, readings, rejected } = counts;
    output.summary(this.say("sensor.decoded", { frames, readings, rejected }));
    if (flags.strict && counts.rejected > 0) process.exitCode = EXIT.partial;
  }
}

function describeLine(line: DecodeLine): string {
  const where = `${String(line.offset).padStart(8)} +${line.length}`.padEnd(16);
  if ("rejected" in line) return `${where}✗ ${line.rejected}`;
  const values = line.readings.map(({ quantity, channel, value, unit, quality }) => {
    const name = channel === undefined ? quantity : `${quantity}/${channel}`;
    const marks = quality.length > 0 ? ` (${quality.join(", ")})` : "";
    return `${name} ${value} ${unit}${marks}`;
  });
  if (line.readings.length === 0) values.push(`nothing mapped: ${JSON.stringify(line.raw)}`);
  const identity = line.identity === undefined ? "" : `[${line.identity}] `;
  return `${where}${identity}${line.at === undefined ? "" : `${line.at} `}${values.join(" · ")}`;
}
