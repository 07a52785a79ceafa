export {
  createDriverSession,
  type DriverFailure,
  type DriverSessionOptions,
  findDriver,
} from "./open-driver.ts";
