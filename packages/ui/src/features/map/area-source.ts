import { addProtocol } from "maplibre-gl";
import { FileSource, PMTiles, Protocol, TileType } from "pmtiles";
import type { MapArea } from "./area-store.ts";

/** What has to be known of a map area to draw it. */
export interface OpenArea {
  readonly name: string;
  readonly url: string;
  readonly kind: "vector" | "raster";
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
  /** Who made it and under which licence, as the file says it. */
  readonly attribution: string;
}

const protocol = new Protocol();
addProtocol("pmtiles", protocol.tile);

// The protocol finds an open file by its name; there is one at a time.
const FILE_NAME = "area.pmtiles";

/** Opens a PMTiles file for the map; throws where it is none. */
export async function openArea({ name, file }: MapArea): Promise<OpenArea> {
  const tiles = new PMTiles(new FileSource(new File([file], FILE_NAME)));
  const header = await tiles.getHeader();
  const metadata = (await tiles.getMetadata()) as { readonly attribution?: unknown } | null;
  protocol.add(tiles);
  return {
    name,
    url: `pmtiles://${FILE_NAME}`,
    kind: header.tileType === TileType.Mvt ? "vector" : "raster",
    bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
    attribution: typeof metadata?.attribution === "string" ? withoutMarkup(metadata.attribution) : "",
  };
}

/** Attributions are written in HTML, which a strict page does not parse. */
function withoutMarkup(html: string): string {
  return html
    .replace(/<[^>]*>/g, "")
    .replaceAll("&copy;", "©")
    .replaceAll("&amp;", "&")
    .trim();
}
