import { expect, test } from "vitest";
import { capturesIn, describeCaptures, framesOf } from "./capture-folder.ts";

interface BlocksExpected {
  readonly checksum_ok: number;
  readonly first_ok?: readonly Readonly<Record<string, string>>[];
  readonly last_ok?: Readonly<Record<string, string>>;
}

describeCaptures("captured VE.Direct blocks", () => {
  test.each(capturesIn<BlocksExpected>("vedirect"))("$name gives every good block", ({ bytes, expected }) => {
    const frames = framesOf("vedirect", bytes);
    expect(frames).toHaveLength(expected.checksum_ok);
    expect(frames.slice(0, expected.first_ok?.length ?? 0).map(({ raw }) => raw)).toEqual(expected.first_ok ?? []);
    if (expected.last_ok !== undefined) expect(frames.at(-1)?.raw).toEqual(expected.last_ok);
    for (const { raw, identity, readings } of frames) {
      expect(identity).toBe(raw["SER#"]);
      const volts = readings.find(({ quantity }) => quantity === "battery_voltage");
      expect([volts?.value, volts?.unit]).toEqual([Number(raw["V"]) / 1000, "V"]);
      const yielded = readings.find(({ channel }) => channel === "solar" && channel !== undefined);
      expect(yielded?.quantity).toBe("voltage");
    }
  });
});
