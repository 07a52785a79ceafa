import { driverSummary, driverTitle } from "@ecolocal/messages";
import { BaseCommand, listFlags } from "../../base-command.ts";

export default class SensorDrivers extends BaseCommand {
  static override summary = "List the sensors EcoLocal understands.";
  static override description = "No workspace is needed.";
  static override examples = [
    { description: "All drivers", command: "<%= config.bin %> sensor drivers" },
    { description: "Those that measure CO2", command: "<%= config.bin %> sensor drivers --filter quantities=co2" },
  ];
  static override flags = listFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(SensorDrivers);
    const { DRIVERS } = await import("@ecolocal/core/sensing");
    const rows = DRIVERS.map(({ id, title, summary, quantities, expectedIntervalMs, storeIntervalMs, serial }) => ({
      id,
      title,
      summary,
      quantities,
      expectedIntervalMs,
      storeIntervalMs,
      serial,
    }));
    await this.output(flags).list("drivers", rows, [
      { key: "id", header: "DRIVER", value: (row) => row.id },
      {
        key: "title",
        header: "TITLE",
        value: (row) => row.title,
        show: (row) => driverTitle(row, this.texts),
      },
      { key: "quantities", header: "MEASURES", value: (row) => row.quantities.join(" ") },
      {
        key: "summary",
        header: "SUMMARY",
        value: (row) => row.summary,
        show: (row) => driverSummary(row, this.texts),
      },
    ]);
  }
}
