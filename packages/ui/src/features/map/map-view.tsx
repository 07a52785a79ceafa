import "./maplibre.css";
import {
  type GeoJSONSource,
  LngLatBounds,
  Map as MapLibre,
  Marker,
  NavigationControl,
  setWorkerUrl,
} from "maplibre-gl";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
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
  const map = useMap(box, area);
  const places = usePlaces(marks);
  const holders = useMarkers(map, places);
  useFit(map, places);
  useEffect(() => map?.getCanvas().setAttribute("aria-label", label), [map, label]);
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

type Place = Pick<MapMark, "id" | "latitude" | "longitude">;

/** Where the marks are; the same list until one of them moves, while every value draws them anew. */
function usePlaces(marks: readonly MapMark[]): readonly Place[] {
  const text = JSON.stringify(marks.map(({ id, latitude, longitude }): Place => ({ id, latitude, longitude })));
  return useMemo(() => JSON.parse(text) as readonly Place[], [text]);
}

function useMap(box: React.RefObject<HTMLDivElement | null>, area: OpenArea | null): MapLibre | null {
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
  }, [box, t]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another look gives the same tokens other colours
  useEffect(() => {
    if (map === null || box.current === null) return;
    map.setStyle(mapStyle(box.current, area), { diff: false });
    const drawGrid = () => {
      const shown = map.getBounds();
      const [west, south, east, north] = [shown.getWest(), shown.getSouth(), shown.getEast(), shown.getNorth()];
      const lines = graticule({ west, south, east, north });
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
function useMarkers(map: MapLibre | null, places: readonly Place[]): ReadonlyMap<string, HTMLElement> {
  const [holders, setHolders] = useState<ReadonlyMap<string, HTMLElement>>(new Map());
  useEffect(() => {
    if (map === null) return;
    const made = places.map(({ id, latitude, longitude }) => {
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
function useFit(map: MapLibre | null, places: readonly Place[]): void {
  useEffect(() => {
    if (map === null || places.length === 0) return;
    const bounds = new LngLatBounds();
    for (const { longitude, latitude } of places) bounds.extend([longitude, latitude]);
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
