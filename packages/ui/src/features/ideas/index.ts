export { IdeaPage } from "./idea-page.tsx";
export { IdeasPage } from "./ideas-page.tsx";
