import { isQuantity, type Quantity } from "@ecolocal/core/shared";

/** What the address of the map says: the quantity whose values it shows, and the sensor that is picked. */
export interface MapSearch {
  readonly quantity?: Quantity;
  readonly sensor?: string;
}

export function mapSearch(search: Readonly<Record<string, unknown>>): MapSearch {
  const { quantity, sensor } = search;
  return {
    ...(typeof quantity === "string" && isQuantity(quantity) ? { quantity } : {}),
    ...(typeof sensor === "string" && sensor !== "" ? { sensor } : {}),
  };
}
