import { saveFile } from "./save.ts";

/** What of a drawn shape its style sheet decides, and a file without that sheet has to carry itself. */
const CARRIED = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "font-size",
  "font-family",
  "font-weight",
] as const;

/** Saves the chart inside `plot` as a drawing; false where it is not drawn as one. */
export function saveSvg(plot: Element, name: string): boolean {
  const drawing = plot.querySelector<SVGSVGElement>("svg[data-chart]");
  if (drawing === null) return false;
  saveFile(`${name}.svg`, [standalone(drawing)], "image/svg+xml");
  return true;
}

/** Saves the chart inside `plot` as a picture on the ground it stands on; false where there is nothing to paint. */
export async function savePng(plot: Element, name: string): Promise<boolean> {
  const source = plot.querySelector("canvas") ?? plot.querySelector<SVGSVGElement>("svg[data-chart]");
  if (source === null) return false;
  const scale = source instanceof HTMLCanvasElement ? 1 : Math.max(2, devicePixelRatio);
  const image = source instanceof HTMLCanvasElement ? source : await painted(source);
  const canvas = document.createElement("canvas");
  canvas.width = image.width * scale;
  canvas.height = image.height * scale;
  const context = canvas.getContext("2d");
  if (context === null) return false;
  context.fillStyle = groundOf(plot);
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) return false;
  saveFile(`${name}.png`, [blob], "image/png");
  return true;
}

async function painted(drawing: SVGSVGElement): Promise<HTMLImageElement> {
  const address = URL.createObjectURL(new Blob([standalone(drawing)], { type: "image/svg+xml" }));
  const image = new Image(drawing.clientWidth, drawing.clientHeight);
  image.src = address;
  try {
    await image.decode();
  } finally {
    URL.revokeObjectURL(address);
  }
  return image;
}

function standalone(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = drawing.querySelectorAll("*");
  for (const [i, element] of copy.querySelectorAll("*").entries()) {
    const original = originals[i];
    if (original === undefined) continue;
    const style = getComputedStyle(original);
    for (const property of CARRIED) element.setAttribute(property, style.getPropertyValue(property));
    element.removeAttribute("class");
  }
  return new XMLSerializer().serializeToString(copy);
}

/** The first ground behind an element that is not transparent. */
function groundOf(element: Element): string {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (colour !== "transparent" && colour !== "rgba(0, 0, 0, 0)") return colour;
  }
  return "Canvas";
}
