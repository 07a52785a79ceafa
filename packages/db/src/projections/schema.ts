/** Query tables derived from documents; they may be dropped and rebuilt at any time. */
export interface ProjectionTables {
  projects: {
    id: string;
    title: string;
    summary: string;
    status: string;
    category: string;
    project_type_id: string | null;
    recommendation_id: string | null;
    catalogue_version: string | null;
    units: number;
    unit_name: string;
    why: string;
    upkeep_hours_per_month: number;
    prerequisites: string;
    permits: string;
    origin: string | null;
    created_at: number;
    deleted_at: number | null;
  };
  project_phases: {
    project_id: string;
    id: string;
    name: string;
    sort_order: string;
    deleted_at: number | null;
  };
  project_tasks: {
    project_id: string;
    id: string;
    name: string;
    status: string;
    sort_order: string;
    phase_id: string | null;
    duration_lo_days: number;
    duration_likely_days: number;
    duration_hi_days: number;
    effort_hours: number;
    skills: string;
    assignee: string | null;
    notes: string;
    created_at: number;
    deleted_at: number | null;
  };
  task_dependencies: { project_id: string; task_id: string; depends_on: string };
  project_budget_lines: {
    project_id: string;
    id: string;
    name: string;
    cost_lo: number;
    cost_likely: number;
    cost_hi: number;
    currency: string;
    sort_order: string;
    deleted_at: number | null;
  };
  project_materials: {
    project_id: string;
    id: string;
    resource_id: string;
    name: string;
    quantity: number;
    unit: string;
    cost_lo: number | null;
    cost_likely: number | null;
    cost_hi: number | null;
    sort_order: string;
    deleted_at: number | null;
  };
  project_risks: {
    project_id: string;
    id: string;
    risk: string;
    likelihood: string;
    severity: string;
    response: string;
    sort_order: string;
    deleted_at: number | null;
  };
  projection_errors: { document_id: string; item_group: string; item_id: string; problem: string };
  projections: { document_id: string; seq: number; state_vector: Uint8Array; schema_version: number };
}
