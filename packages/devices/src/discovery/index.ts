export { createDeviceFinder, type DeviceFinder, type DeviceFinderOptions } from "./device-finder.ts";
export { type DevicePlace, type FindDeviceContext, findDevice, type KnownDevice } from "./find-device.ts";
export { type ListPortsOptions, listPorts, locatePort, type PortInfo, systemLister } from "./list-ports.ts";
export {
  deviceIdentityKey,
  isGenericSerial,
  type PortIdentity,
  type PortTraits,
  portIdentity,
} from "./port-identity.ts";
export type { PortLister, RawPort } from "./raw-port.ts";
export { toRawPort } from "./serialport-lister.ts";
export { createSysfsLister, type SysfsRoots } from "./sysfs-lister.ts";
export { chipName } from "./usb-chip.ts";
