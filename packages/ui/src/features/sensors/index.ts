export const SensorsPage = () => null;
export const SensorPage = () => null;
