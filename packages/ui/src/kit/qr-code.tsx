import { encodeQR } from "qr";
import css from "./qr-code.module.css";

interface QrCodeProps {
  readonly text: string;
  /** What it leads to; said by screen readers. The text itself belongs beside it for whoever has no camera. */
  readonly label: string;
}

/** A text that a camera reads: always dark on light, with the quiet zone that readers need. */
export function QrCode({ text, label }: QrCodeProps) {
  const rows = encodeQR(text, "raw", { border: 4 });
  const path = rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg className={css["qr"]} viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={label}>
      <rect width="100%" height="100%" className={css["light"]} />
      <path d={path} className={css["dark"]} shapeRendering="crispEdges" />
    </svg>
  );
}
