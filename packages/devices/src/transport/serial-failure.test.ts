import { describe, expect, test } from "vitest";
import { classifyOpenError, openFailure } from "./serial-failure.ts";

describe("why a port does not open", () => {
  test.each([
    ["linux", "Error: No such file or directory, cannot open /dev/ttyUSB9", "SENSING_PORT_MISSING"],
    ["linux", "Error: Permission denied, cannot open /dev/ttyUSB0", "SENSING_PORT_DENIED"],
    ["linux", "Error Resource temporarily unavailable Cannot lock port", "SENSING_PORT_BUSY"],
    ["linux", "Error: Inappropriate ioctl for device setting custom baud rate", "SENSING_PORT_NOT_SERIAL"],
    ["win32", "Opening COM3: Access denied", "SENSING_PORT_BUSY"],
    ["win32", "Opening COM9: File not found", "SENSING_PORT_MISSING"],
    ["linux", "Error: something new", "SENSING_PORT_FAILED"],
  ] as const)("on %s, “%s” is %s", (platform, message, code) => {
    expect(classifyOpenError(message, platform)).toBe(code);
  });

  test("prints the exact command when the user may not open it", () => {
    const { hint } = openFailure("SENSING_PORT_DENIED", "/dev/ttyUSB0", "");
    expect(hint).toContain("sudo usermod -aG dialout $USER");
    expect(hint).toContain("log out and in again");
  });

  test("names the program that has it open", () => {
    const { detail } = openFailure("SENSING_PORT_BUSY", "/dev/ttyUSB0", "", { pid: 812, name: "brltty" });
    expect(detail).toBe("Another program has /dev/ttyUSB0 open: brltty (process 812).");
  });
});
