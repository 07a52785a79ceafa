import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import { readColours } from "../../kit/index.ts";
import type { OpenArea } from "./area-source.ts";

const TOKENS = ["raised", "surface", "line", "border", "grid-line", "info-bg", "tint", "muted"] as const;
type Colours = Readonly<Record<(typeof TOKENS)[number], string>>;

export const GRID_SOURCE = "grid";
const AREA_SOURCE = "area";

/** The map's look in the colours of the app: a plain grid, and the map area under it where one was added. */
export function mapStyle(element: HTMLElement, area: OpenArea | null): StyleSpecification {
  const colours = readColours(element, TOKENS);
  const empty = { type: "FeatureCollection", features: [] } as const;
  return {
    version: 8,
    sources: {
      [GRID_SOURCE]: { type: "geojson", data: empty },
      ...(area === null ? {} : { [AREA_SOURCE]: { type: area.kind, url: area.url } }),
    },
    layers: [
      { id: "background", type: "background", paint: { "background-color": colours.raised } },
      ...(area === null ? [] : areaLayers(area, colours)),
      ...(area === null ? [gridLayer(colours)] : []),
    ],
  };
}

function gridLayer(colours: Colours): LayerSpecification {
  return { id: "grid", type: "line", source: GRID_SOURCE, paint: { "line-color": colours.line, "line-width": 1 } };
}

/** Layers of the Protomaps schema, without labels: those need fonts that are not shipped. */
function areaLayers(area: OpenArea, colours: Colours): LayerSpecification[] {
  if (area.kind === "raster") return [{ id: "area", type: "raster", source: AREA_SOURCE }];
  const fill = (layer: string, colour: string): LayerSpecification => ({
    id: layer,
    type: "fill",
    source: AREA_SOURCE,
    "source-layer": layer,
    paint: { "fill-color": colour },
  });
  const line = (layer: string, colour: string, width: number): LayerSpecification => ({
    id: layer,
    type: "line",
    source: AREA_SOURCE,
    "source-layer": layer,
    paint: { "line-color": colour, "line-width": width },
  });
  return [
    fill("earth", colours.surface),
    fill("landuse", colours.tint),
    fill("water", colours["info-bg"]),
    fill("buildings", colours["grid-line"]),
    line("roads", colours.border, 1),
    line("boundaries", colours.muted, 1),
  ];
}
