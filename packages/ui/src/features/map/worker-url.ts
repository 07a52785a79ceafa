export { default as mapWorkerUrl } from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
