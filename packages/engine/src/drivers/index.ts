export { createDriverCatalogue, DESCRIPTIONS_FOLDER, type DriverCatalogue } from "./driver-catalogue.ts";
