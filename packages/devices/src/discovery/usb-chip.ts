/** USB chips that make serial ports, by `vid:pid`; several families share a chip, so this never tells the device. */
const CHIPS: Readonly<Record<string, string>> = {
  "1a86:7523": "CH340 adapter",
  "1a86:7522": "CH340 adapter",
  "1a86:5523": "CH341 adapter",
  "1a86:55d4": "CH9102 adapter",
  "1a86:55d3": "CH343 adapter",
  "10c4:ea60": "CP210x adapter",
  "10c4:ea70": "CP2105 adapter",
  "10c4:ea71": "CP2108 adapter",
  "0403:6001": "FTDI FT232 adapter",
  "0403:6010": "FTDI FT2232 adapter",
  "0403:6011": "FTDI FT4232 adapter",
  "0403:6014": "FTDI FT232H adapter",
  "0403:6015": "FTDI FT-X adapter",
  "067b:2303": "PL2303 adapter",
  "067b:23a3": "PL2303 adapter",
  "303a:1001": "ESP32 board",
  "2e8a:0005": "Raspberry Pi Pico",
  "2e8a:000a": "Raspberry Pi Pico",
  "2e8a:000f": "Raspberry Pi Pico 2",
  "16c0:0483": "Teensy board",
  "0d28:0204": "micro:bit",
  "0483:5740": "STM32 board",
  "04d8:00dd": "MCP2221 adapter",
};

const VENDORS: Readonly<Record<string, string>> = {
  "2341": "Arduino board",
  "2a03": "Arduino board",
  "239a": "Adafruit board",
  "1b4f": "SparkFun board",
  "1546": "u-blox GPS receiver",
  "303a": "ESP32 board",
};

/**
 * What a person would call the thing behind a `vid:pid`; `null` when we do not know it.
 *
 * Source: usb.ids, espressif/usb-pids, ArduinoCore-avr boards.txt.
 */
export function chipName(usbId: string): string | null {
  return CHIPS[usbId] ?? VENDORS[usbId.slice(0, 4)] ?? null;
}
