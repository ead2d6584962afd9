// The image of each PDF's first page as pdf.js decodes it: N.pdf becomes N.pdfjs.pbm beside it.
//   decode_with_pdfjs.mjs MODULES PDF…      MODULES: a node_modules with pdfjs-dist
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [modules, ...files] = process.argv.slice(2);
const { getDocument, ImageKind, OPS } = await import(join(resolve(modules), "pdfjs-dist/legacy/build/pdf.mjs"));
const paints = [OPS.paintImageXObject, OPS.paintInlineImageXObject];

async function imageOf(file) {
  const document = await getDocument({ data: new Uint8Array(readFileSync(file)), isOffscreenCanvasSupported: false, verbosity: 0 }).promise;
  const page = await document.getPage(1);
  const operators = await page.getOperatorList();
  const at = operators.fnArray.findIndex((operator) => paints.includes(operator));
  if (at < 0) throw new Error(`${file}: no image is painted`);
  const [name] = operators.argsArray[at];
  const objects = name.startsWith("g_") ? page.commonObjs : page.objs;
  const image = await new Promise((found) => objects.get(name, found));
  await document.destroy();
  if (image.kind !== ImageKind.GRAYSCALE_1BPP) throw new Error(`${file}: the image is of kind ${image.kind}`);
  return image;
}

for (const file of files) {
  const { width, height, data } = await imageOf(file);
  // pdf.js has white as 1, PBM black.
  const black = Buffer.from(data.map((byte) => byte ^ 0xff));
  writeFileSync(file.replace(/\.pdf$/, ".pdfjs.pbm"), Buffer.concat([Buffer.from(`P4\n${width} ${height}\n`), black]));
}
