export { openProjects, type Projects, projectNotFound } from "./open-projects.ts";
export { viewProject, viewProjectSummary } from "./project-view.ts";
