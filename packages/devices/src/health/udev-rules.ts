/** Where the rules belong; before 73, where systemd gives devices tagged `uaccess` to who sits at the computer. */
export const UDEV_RULES_FILE = "/etc/udev/rules.d/60-ecolocal-sensors.rules";

/** Writes the rules where udev reads them, and applies them to what is plugged in. */
export const INSTALL_UDEV_RULES: string = [
  `ecolocal doctor --udev-rules | sudo tee ${UDEV_RULES_FILE}`,
  "sudo udevadm control --reload",
  "sudo udevadm trigger",
].join(" && ");

/**
 * The udev rules for the adapters that `chipName` knows.
 *
 * Source: udev(7); 70-uaccess.rules and 73-seat-late.rules of systemd; ModemManager, ID_MM_DEVICE_IGNORE.
 */
export const UDEV_RULES = `# Serial adapters and boards that sensors come on: whoever sits at the computer may open them, members of \`dialout\`
# too, and ModemManager leaves them alone (it would talk to a new board for about 15 seconds).
#
#   ecolocal doctor --udev-rules | sudo tee /etc/udev/rules.d/60-ecolocal-sensors.rules
#   sudo udevadm control --reload && sudo udevadm trigger

ACTION=="remove", GOTO="ecolocal_end"
SUBSYSTEM!="tty", GOTO="ecolocal_end"

# WCH CH340, CH341, CH343, CH9102
ATTRS{idVendor}=="1a86", ATTRS{idProduct}=="7523|7522|5523|55d3|55d4", GOTO="ecolocal_sensor"
# Silicon Labs CP2102, CP2105, CP2108
ATTRS{idVendor}=="10c4", ATTRS{idProduct}=="ea60|ea70|ea71", GOTO="ecolocal_sensor"
# FTDI FT232R, FT2232, FT4232, FT232H, FT-X
ATTRS{idVendor}=="0403", ATTRS{idProduct}=="6001|6010|6011|6014|6015", GOTO="ecolocal_sensor"
# Prolific PL2303
ATTRS{idVendor}=="067b", ATTRS{idProduct}=="2303|23a3", GOTO="ecolocal_sensor"
# Espressif ESP32 with USB, Raspberry Pi Pico, Teensy, micro:bit, STM32, MCP2221, u-blox
ATTRS{idVendor}=="303a", ATTRS{idProduct}=="1001", GOTO="ecolocal_sensor"
ATTRS{idVendor}=="2e8a", ATTRS{idProduct}=="0005|000a|000f", GOTO="ecolocal_sensor"
ATTRS{idVendor}=="16c0", ATTRS{idProduct}=="0483", GOTO="ecolocal_sensor"
ATTRS{idVendor}=="0d28", ATTRS{idProduct}=="0204", GOTO="ecolocal_sensor"
ATTRS{idVendor}=="0483", ATTRS{idProduct}=="5740", GOTO="ecolocal_sensor"
ATTRS{idVendor}=="04d8", ATTRS{idProduct}=="00dd", GOTO="ecolocal_sensor"
ATTRS{idVendor}=="1546", ATTRS{idProduct}=="01a4|01a5|01a6|01a7|01a8|01a9", GOTO="ecolocal_sensor"
# Arduino, Adafruit, SparkFun
ATTRS{idVendor}=="2341|2a03|239a|1b4f", GOTO="ecolocal_sensor"
GOTO="ecolocal_end"

LABEL="ecolocal_sensor"
TAG+="uaccess", GROUP="dialout", MODE="0660", ENV{ID_MM_DEVICE_IGNORE}="1", ENV{ID_MM_PORT_IGNORE}="1"

LABEL="ecolocal_end"
`;
