import type { SharingLevel } from "@ecolocal/core/api";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { usageFailure } from "../../failure/cli-failure.ts";
import { changeLines } from "../../sharing/sharing-lines.ts";
import { findChannel, findSensor } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

const AUDIENCES = { nobody: "none", group: "group", everyone: "public" } as const;
const DETAILS = { every: "raw", hourly: "hourly" } as const;

export default class ShareSet extends WorkspaceCommand {
  static override summary = "Choose who gets the readings of a channel, and in what detail.";
  static override description = [
    "Without --with nothing leaves this computer. The group is its members, not its guests; everyone is whoever knows the",
    "server. CO2 and power of a home show when somebody is there: one value an hour tells less.",
    "",
    "Less than before stops at once, and the server deletes what it has. What others have copied stays with them.",
  ].join("\n");
  static override examples = [
    {
      description: "See first what it would send",
      command: "<%= config.bin %> share set pm25@Balcony --with group --preview",
    },
    {
      description: "Every reading for the group, with what was measured before",
      command: "<%= config.bin %> share set pm25@Balcony --with group --detail every --history",
    },
    {
      description: "Take everything of a sensor back",
      command: '<%= config.bin %> share set --sensor "SDS011" --with nobody',
    },
  ];
  static override args = { channel: Args.string({ description: "The channel; or name a sensor with --sensor." }) };
  static override flags = {
    with: Flags.option({
      options: ["nobody", "group", "everyone"] as const,
      summary: "Who gets them.",
      required: true,
    })(),
    detail: Flags.option({
      options: ["hourly", "every"] as const,
      summary: "One value an hour, or every reading.",
      default: "hourly" as const,
    })(),
    history: Flags.boolean({ summary: "Also what was measured before today." }),
    sensor: Flags.string({ summary: "All channels of this sensor." }),
    preview: Flags.boolean({ summary: "Only tell what it would do." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ShareSet);
    const output = this.output(flags);
    if ((args.channel === undefined) === (flags.sensor === undefined)) {
      throw usageFailure("share", "channel", "Name a channel or a sensor.", "See: ecolocal share set --help");
    }
    const engine = await this.engine(flags);
    const channelIds =
      flags.sensor === undefined
        ? [findChannel(args.channel ?? "", await engine.call("channel.list", {})).id]
        : findSensor(flags.sensor, await engine.call("sensor.list", {})).channels.map(({ id }) => id);
    const level: SharingLevel = {
      channelIds,
      audience: AUDIENCES[flags.with],
      resolution: DETAILS[flags.detail],
      history: flags.history,
      preview: flags.preview,
    };
    const changes = await engine.call("share.setLevel", level);
    await output.document({ preview: flags.preview, changes }, () =>
      changes.flatMap((change) => changeLines(change, this.texts)),
    );
    if (flags.preview) output.note(this.say("share.preview"));
  }
}
