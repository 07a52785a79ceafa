export { habitsOf } from "./habits.ts";
export {
  applyPreferences,
  type ClockForm,
  type Contrast,
  DEFAULT_PREFERENCES,
  type Density,
  type FirstWeekday,
  type FontScale,
  type Language,
  type Preferences,
  parsePreferences,
  setPreferences,
  type Theme,
  usePreferences,
} from "./preferences.ts";
