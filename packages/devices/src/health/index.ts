export { type DeviceFacts, diagnoseDevices, type Finding, type FindingId, readFacts } from "./diagnose.ts";
export { listUsbDevices, type UsbDevice } from "./usb-devices.ts";
