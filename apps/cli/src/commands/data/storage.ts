import { instantToIso } from "@ecolocal/core/shared";
import { createShow } from "../../output/show.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class DataStorage extends WorkspaceCommand {
  static override summary = "Print how much room the readings take, and will take in a year.";
  static override examples = [{ description: "Size per channel", command: "<%= config.bin %> data storage" }];

  async run(): Promise<void> {
    const { flags } = await this.parse(DataStorage);
    const output = this.output(flags);
    const show = createShow(this.environment.locale);
    const engine = await this.engine(flags);
    const channels = new Map((await engine.call("channel.list", {})).map((channel) => [channel.id, channel]));
    const storage = await engine.call("data.storage", {});
    const named = storage.channels.map((channel) => {
      const { quantity = "", place = "" } = channels.get(channel.channelId) ?? {};
      return { quantity, place, ...channel };
    });
    const report = { bytes: storage.bytes, bytesPerYear: storage.bytesPerYear, channels: named };
    await output.document(report, () => [
      `${show.bytes(report.bytes)} now, ${show.bytes(report.bytesPerYear)} a year at this rate`,
      ...named.map(({ quantity, place, channelId, readings, bytes, bytesPerYear, lastAt }): [string, string] => [
        place === "" ? quantity || channelId : `${quantity}@${place}`,
        `${readings} readings, ${show.bytes(bytes)}, ${show.bytes(bytesPerYear)} a year, last ${lastAt === null ? "never" : instantToIso(lastAt)}`,
      ]),
    ]);
  }
}
