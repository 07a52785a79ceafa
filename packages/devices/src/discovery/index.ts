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
