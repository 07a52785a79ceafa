export {
  compileDeviceText,
  type DeviceFileFailure,
  type PlacedProblem,
  readDeviceFile,
  readDeviceFolder,
} from "./read-device-file.ts";
