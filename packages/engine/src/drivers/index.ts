export { checkDeviceFile, type DeviceFileFailure } from "./device-file.ts";
export { createDriverCatalogue, DESCRIPTIONS_FOLDER, type DriverCatalogue } from "./driver-catalogue.ts";
