export { applyPoliciesDaily } from "./apply-policies.ts";
export { readPolicies, setPolicy } from "./policies.ts";
export { retain } from "./retain.ts";
