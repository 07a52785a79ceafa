import "./maplibre.css";
import {
  type GeoJSONSource,
  LngLatBounds,
  Map as MapLibre,
  Marker,
  NavigationControl,
  setWorkerUrl,
} from "maplibre-gl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useLookVersion } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import type { OpenArea } from "./area-source.ts";
import { graticule } from "./graticule.ts";
import css from "./map.module.css";
import { GRID_SOURCE, mapStyle } from "./map-style.ts";
import { ScaleBar } from "./scale-bar.tsx";
import { mapWorkerUrl } from "./worker-url.ts";

setWorkerUrl(mapWorkerUrl);

/** Something at a place, drawn as what it is. */
export interface MapMark {
  readonly id: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly mark: ReactNode;
}

interface MapViewProps {
  /** What the picture is, for those who do not see it. */
  readonly label: string;
  readonly marks: readonly MapMark[];
  readonly picked: string | undefined;
  readonly area: OpenArea | null;
}

const CLOSEST_FIT = 17;
const FIT_PADDING = 64;

/** A map of marks: drag, wheel, keys and buttons move it. Without an area it is a plain grid with a scale. */
export function MapView({ label, marks, picked, area }: MapViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const map = useMap(box, area, label);
  const places = marks.map(({ id, latitude, longitude }) => `${id} ${latitude} ${longitude}`).join("\n");
  const holders = useMarkers(map, places, marks);
  useFit(map, places, marks);
  useEffect(() => {
    const mark = marks.find(({ id }) => id === picked);
    if (map && mark) map.easeTo({ center: [mark.longitude, mark.latitude], animate: !prefersStill() });
  }, [map, marks, picked]);
  return (
    <div className={css["view"]}>
      <div ref={box} className={css["canvas"]} />
      {marks.map(({ id, mark }) => {
        const holder = holders.get(id);
        return holder && createPortal(mark, holder, id);
      })}
      {map && <ScaleBar map={map} />}
      {area?.attribution && <p className={css["attribution"]}>{area.attribution}</p>}
    </div>
  );
}

function useMap(box: React.RefObject<HTMLDivElement | null>, area: OpenArea | null, label: string): MapLibre | null {
  const { t } = useText();
  const [map, setMap] = useState<MapLibre | null>(null);
  const look = useLookVersion();
  useEffect(() => {
    if (box.current === null) return;
    const made = new MapLibre({
      container: box.current,
      style: mapStyle(box.current, null),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      zoom: 1,
      locale: {
        "Map.Title": label,
        "NavigationControl.ZoomIn": t("map.zoomIn"),
        "NavigationControl.ZoomOut": t("map.zoomOut"),
      },
    });
    made.touchZoomRotate.disableRotation();
    made.keyboard.disableRotation();
    made.addControl(new NavigationControl({ showCompass: false }), "top-left");
    setMap(made);
    return () => {
      setMap(null);
      made.remove();
    };
  }, [box, label, t]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another look gives the same tokens other colours
  useEffect(() => {
    if (map === null || box.current === null) return;
    map.setStyle(mapStyle(box.current, area), { diff: false });
    const drawGrid = () => {
      const { _sw: from, _ne: to } = map.getBounds();
      const lines = graticule({ west: from.lng, south: from.lat, east: to.lng, north: to.lat });
      const coordinates = lines.map((line) => line.map(([x, y]) => [x, y]));
      map.getSource<GeoJSONSource>(GRID_SOURCE)?.setData({ type: "MultiLineString", coordinates });
    };
    map.on("moveend", drawGrid);
    map.on("style.load", drawGrid);
    return () => {
      map.off("moveend", drawGrid);
      map.off("style.load", drawGrid);
    };
  }, [map, area, box, look]);
  return map;
}

/** Elements that follow the map, one for each mark; what they show is drawn by React. */
function useMarkers(map: MapLibre | null, places: string, marks: readonly MapMark[]): ReadonlyMap<string, HTMLElement> {
  const [holders, setHolders] = useState<ReadonlyMap<string, HTMLElement>>(new Map());
  // biome-ignore lint/correctness/useExhaustiveDependencies: marks are drawn anew by every value, and moved when their places change
  useEffect(() => {
    if (map === null) return;
    const made = marks.map(({ id, latitude, longitude }) => {
      const element = document.createElement("div");
      return { id, element, marker: new Marker({ element }).setLngLat([longitude, latitude]).addTo(map) };
    });
    setHolders(new Map(made.map(({ id, element }) => [id, element])));
    return () => {
      for (const { marker } of made) marker.remove();
    };
  }, [map, places]);
  return holders;
}

/** Shows all marks, whatever the size of the window, until somebody moves the map. */
function useFit(map: MapLibre | null, places: string, marks: readonly MapMark[]): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other places are a reason to look elsewhere
  useEffect(() => {
    if (map === null || marks.length === 0) return;
    const bounds = new LngLatBounds();
    for (const { longitude, latitude } of marks) bounds.extend([longitude, latitude]);
    const showAll = (): void =>
      void map.fitBounds(bounds, { padding: FIT_PADDING, maxZoom: CLOSEST_FIT, animate: false });
    const stop = ({ originalEvent }: { readonly originalEvent?: unknown }): void => {
      if (originalEvent !== undefined) map.off("resize", showAll);
    };
    showAll();
    map.on("resize", showAll);
    map.on("movestart", stop);
    return () => {
      map.off("resize", showAll);
      map.off("movestart", stop);
    };
  }, [map, places]);
}

function prefersStill(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
