export {
  applyPreferences,
  type Contrast,
  DEFAULT_PREFERENCES,
  type Density,
  type FontScale,
  type Preferences,
  parsePreferences,
  setPreferences,
  type Theme,
  usePreferences,
} from "./preferences.ts";
