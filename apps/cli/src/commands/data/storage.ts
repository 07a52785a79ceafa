import { instantToIso } from "@ecolocal/core/shared";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class DataStorage extends WorkspaceCommand {
  static override summary = "Print how much room the readings take, and will take in a year.";
  static override examples = [{ description: "Size per channel", command: "<%= config.bin %> data storage" }];

  async run(): Promise<void> {
    const { flags } = await this.parse(DataStorage);
    const output = this.output(flags);
    const { show } = this;
    const engine = await this.engine(flags);
    const channels = new Map((await engine.call("channel.list", {})).map((channel) => [channel.id, channel]));
    const storage = await engine.call("data.storage", {});
    const named = storage.channels.map((channel) => {
      const { quantity = "", place = "" } = channels.get(channel.channelId) ?? {};
      return { quantity, place, ...channel };
    });
    const { bytes, bytesPerYear, compressionPaused } = storage;
    const report = { bytes, bytesPerYear, compressionPaused, channels: named };
    await output.document(report, () => [
      this.say("data.room", { now: show.bytes(report.bytes), year: show.bytes(report.bytesPerYear) }),
      ...(compressionPaused ? ["Compression is paused; let it go on with: ecolocal data compact --resume"] : []),
      ...named.map(({ quantity, place, channelId, readings, bytes, bytesPerYear, lastAt }): [string, string] => [
        place === "" ? quantity || channelId : `${quantity}@${place}`,
        this.say("data.roomOf", {
          readings,
          now: show.bytes(bytes),
          year: show.bytes(bytesPerYear),
          last: lastAt === null ? this.say("never") : instantToIso(lastAt),
        }),
      ]),
    ]);
  }
}
