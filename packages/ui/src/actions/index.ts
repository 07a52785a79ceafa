export { SearchButton } from "./search-button.tsx";
export { Shortcuts } from "./shortcuts.tsx";
export { openPalette } from "./ui-state.ts";
