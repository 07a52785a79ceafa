export { listFaults, type PretendedPort, type PretendedPortOptions, pretendPort } from "./pretended-port.ts";
