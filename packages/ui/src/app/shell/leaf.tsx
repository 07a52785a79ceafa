import css from "./shell.module.css";

/** The mark of the app: a leaf with a signal's vein. */
export function Leaf() {
  return (
    <svg className={css["leaf"]} viewBox="0 0 32 32" aria-hidden="true">
      <path fill="currentColor" d="M10 2h17a3 3 0 0 1 3 3v17a8 8 0 0 1-8 8H5a3 3 0 0 1-3-3V10a8 8 0 0 1 8-8Z" />
      <path
        fill="none"
        stroke="var(--on-primary)"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
        d="M8.5 23.5 22.5 9.5M13.5 18.5v-6.2M13.5 18.5h6.2"
      />
    </svg>
  );
}
