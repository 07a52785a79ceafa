export {
  applyPreferences,
  type Contrast,
  DEFAULT_PREFERENCES,
  type Density,
  type FontScale,
  type Language,
  type Preferences,
  parsePreferences,
  setPreferences,
  type Theme,
  usePreferences,
} from "./preferences.ts";
