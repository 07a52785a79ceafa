import { projectDocumentId } from "@ecolocal/core/documents";
import { err, ok } from "@ecolocal/core/shared";
import type { HandlersOf, Services } from "./services.ts";

const loadViews = () => import("../projects/index.ts");

export function historyHandlers(services: Services): HandlersOf<"history"> {
  return {
    "history.list": async ({ projectId }) => {
      const projects = await services.projects();
      if (!projects.ok) return projects;
      const { projectNotFound } = await loadViews();
      if (projects.value.rows.find(projectId) === null) return err(projectNotFound(projectId));
      return ok(projects.value.history.list(projectDocumentId(projectId)));
    },
    "history.restore": async ({ projectId, at }) => {
      const projects = await services.projects();
      if (!projects.ok) return projects;
      const { projectNotFound, viewProjectSummary } = await loadViews();
      const restored = projects.value.restoreVersion(projectId, at);
      if (!restored.ok) return restored;
      const { rows } = projects.value;
      const project = rows.find(projectId);
      if (project === null) return err(projectNotFound(projectId));
      return ok(viewProjectSummary(rows, project, services.store.settings.workspaceInfo().timeZone));
    },
  };
}
