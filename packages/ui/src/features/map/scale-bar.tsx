import type { Map as MapLibre } from "maplibre-gl";
import { useEffect, useState } from "react";
import { useText } from "../../text/index.ts";
import css from "./map.module.css";

const WIDEST_PX = 120;
const METRES_PER_PIXEL_AT_EQUATOR = 40_075_016.686 / 512;

/** How far a stretch of the map is, in the reader's units. */
export function ScaleBar({ map }: { readonly map: MapLibre }) {
  const { formats } = useText();
  const [metresPerPixel, setMetresPerPixel] = useState(() => resolutionOf(map));
  useEffect(() => {
    const update = () => setMetresPerPixel(resolutionOf(map));
    map.on("move", update);
    return () => void map.off("move", update);
  }, [map]);
  const metres = formats.roundDistance(WIDEST_PX * metresPerPixel);
  return (
    <div className={css["scale"]} style={{ inlineSize: `${metres / metresPerPixel}px` }}>
      {formats.distance(metres)}
    </div>
  );
}

function resolutionOf(map: MapLibre): number {
  const latitude = (map.getCenter().lat * Math.PI) / 180;
  return (METRES_PER_PIXEL_AT_EQUATOR * Math.cos(latitude)) / 2 ** map.getZoom();
}
