import type { Locator, Page } from "playwright-core";

/** Pictures are compared at a quarter of their size: what a hinted letter changes is gone there, a colour or a gap is not. */
const SHRINK = 4;
const BLOCK = 8;

export interface Difference {
  readonly sizes: readonly [shown: string, baseline: string];
  /** Largest mean difference of a channel in one block, 0 to 255. */
  readonly worst: number;
  /** Where that block is in the picture, CSS pixels. */
  readonly at: readonly [x: number, y: number];
}

/** A picture of all of an element at a quarter of its size, as PNG. */
export async function smallPicture(element: Locator): Promise<Buffer> {
  const page = element.page();
  const whole = (await element.screenshot({ animations: "disabled", caret: "hide" })).toString("base64");
  const small = await page.evaluate(
    async ([data, shrink]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = Math.ceil(image.width / shrink);
      canvas.height = Math.ceil(image.height / shrink);
      const context = canvas.getContext("2d");
      if (context === null) throw new TypeError("The browser draws no picture.");
      context.imageSmoothingQuality = "high";
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL("image/png").split(",")[1] ?? "";
    },
    [whole, SHRINK] as const,
  );
  return Buffer.from(small, "base64");
}

/** Compares two pictures block by block. */
export async function comparePictures(page: Page, shown: Buffer, baseline: Buffer): Promise<Difference> {
  return await page.evaluate(
    async ([a, b, block, shrink]) => {
      const pixels = async (data: string) => {
        const image = new Image();
        image.src = `data:image/png;base64,${data}`;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext("2d");
        if (context === null) throw new TypeError("The browser draws no picture.");
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, image.width, image.height);
      };
      const [left, right] = [await pixels(a), await pixels(b)];
      const width = Math.min(left.width, right.width);
      const height = Math.min(left.height, right.height);
      let worst = 0;
      let at: [number, number] = [0, 0];
      for (let y = 0; y + block <= height; y += block) {
        for (let x = 0; x + block <= width; x += block) {
          const difference = meanDifference(x, y);
          if (difference <= worst) continue;
          worst = difference;
          at = [x * shrink, y * shrink];
        }
      }
      const size = (picture: ImageData) => `${picture.width} × ${picture.height}`;
      return { sizes: [size(left), size(right)] as const, worst, at };

      function meanDifference(x: number, y: number): number {
        let sum = 0;
        for (let row = y; row < y + block; row++) {
          for (let i = 0; i < block * 4; i++) {
            const one = left.data[(row * left.width + x) * 4 + i] ?? 0;
            const other = right.data[(row * right.width + x) * 4 + i] ?? 0;
            sum += Math.abs(one - other);
          }
        }
        return sum / (block * block * 4);
      }
    },
    [shown.toString("base64"), baseline.toString("base64"), BLOCK, SHRINK] as const,
  );
}
