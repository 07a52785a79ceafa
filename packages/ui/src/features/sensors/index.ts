export { SensorPage } from "./sensor-page.tsx";
export { SensorsPage } from "./sensors-page.tsx";
