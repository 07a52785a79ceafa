import { createAir, round } from "./air.ts";
import { asciiBytes } from "./ascii.ts";
import type { DeviceSimulator, SimulatorOptions } from "./device-simulator.ts";

const DEVICE = "ecolocal-room";

/** A room sensor behind a broker: it announces its values once, then publishes them together. */
export function simulateMqtt({ random, identity = DEVICE }: SimulatorOptions): DeviceSimulator {
  const air = createAir(random);
  const line = (topic: string, payload: unknown): string => `${JSON.stringify({ topic, payload })}\n`;
  const announce = (name: string, deviceClass: string, unit: string): string =>
    line(`homeassistant/sensor/${identity}/${name}/config`, {
      state_topic: `${identity}/state`,
      device_class: deviceClass,
      unit_of_measurement: unit,
      value_template: `{{ value_json.${name} }}`,
      unique_id: `${identity}-${name}`,
    });
  return {
    boot: () =>
      asciiBytes(
        announce("temperature", "temperature", "C") +
          announce("humidity", "humidity", "%") +
          announce("co2", "carbon_dioxide", "ppm"),
      ),
    frame(at) {
      const { temperatureCelsius, humidityPercent, co2Ppm } = air(at);
      const values = { temperature: round(temperatureCelsius, 1), humidity: round(humidityPercent, 1), co2: co2Ppm };
      return asciiBytes(line(`${identity}/state`, values));
    },
  };
}
