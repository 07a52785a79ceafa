import type { ProjectPlan } from "@ecolocal/core/planning";

/** A small plan with two dependent tasks, as the catalogue would produce it. */
export const SAMPLE_PLAN: ProjectPlan = {
  projectTypeId: "air.box-fan-cleaners",
  title: "Build box-fan air cleaners",
  summary: "Volunteers assemble filter boxes.",
  category: "air",
  units: 6,
  unitName: "air cleaner",
  phases: [],
  tasks: [
    {
      templateId: "buy",
      name: "Buy fans and filters",
      phase: "prepare",
      days: [3, 7, 21],
      hours: 3.6,
      after: [],
      skills: [{ id: "skill.procurement", label: "Procurement", regulated: false }],
    },
    {
      templateId: "build",
      name: "Build day",
      phase: "act",
      days: [1, 1, 2],
      hours: 13,
      after: ["buy"],
      skills: [],
    },
  ],
  materials: [{ resourceId: "res.box-fan", name: "Box fan", quantity: 6, unit: "piece", cost: [150, 210, 360] }],
  budget: [{ id: "fixed", name: "Tools", cost: [20, 40, 80], currency: "EUR", ver: "S" }],
  hours: { lo: 26, likely: 37, hi: 59 },
  upkeepHoursPerMonth: 1,
  risks: [{ risk: "Noise", likelihood: "high", severity: "medium", response: "Lower speed" }],
  prerequisites: ["owner consent"],
  permits: [],
  catalogueVersion: "0.1",
};
