export { type DeviceFacts, diagnoseDevices, type Finding, type FindingId, readFacts } from "./diagnose.ts";
export { UDEV_RULES, UDEV_RULES_FILE } from "./udev-rules.ts";
export { listUsbDevices, type UsbDevice } from "./usb-devices.ts";
