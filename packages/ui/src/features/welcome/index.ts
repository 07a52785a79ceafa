export { FirstSensorPage } from "./first-sensor-page.tsx";
export { HabitsPage } from "./habits-page.tsx";
export { WelcomePage } from "./welcome-page.tsx";
export { WelcomeScreen } from "./welcome-screen.tsx";
