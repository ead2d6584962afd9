// Bundles the kiosk's page into dist/: index.html, kiosk.js, kiosk.css. Nothing else is needed at run time.
import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = `${here}dist/`;

await mkdir(dist, { recursive: true });
await build({
  entryPoints: { kiosk: `${here}main.ts` },
  bundle: true,
  minify: true,
  format: "iife",
  target: "chrome110",
  charset: "utf8",
  legalComments: "eof",
  loader: { ".svg": "text" },
  outdir: dist,
});
await build({
  entryPoints: { kiosk: `${here}style/kiosk.css` },
  bundle: true,
  minify: true,
  target: "chrome110",
  charset: "utf8",
  outdir: dist,
});
await copyFile(`${here}index.html`, `${dist}index.html`);
