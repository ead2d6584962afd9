// What Chromium's own viewer shows of each PDF's first page: N.pdf becomes N.chromium.png beside it.
//   show_in_chromium.mjs MODULES PDF…      MODULES: a node_modules with playwright-core
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [modules, ...files] = process.argv.slice(2);
const { chromium } = createRequire(join(resolve(modules), "judge.js"))("playwright-core");
const viewport = { width: 1240, height: 1754 }; // A4 at 150 dots an inch
const most_looks = 200;
const least_bytes = 30_000; // of a picture that has more on it than an empty viewer

// The viewer says nobody when it has painted: what it shows counts once it shows something, and the same twice.
async function shown(page) {
  let last = Buffer.alloc(0);
  for (let look = 0; look < most_looks; ++look) {
    const now = await page.screenshot();
    if (now.length > least_bytes && now.equals(last)) return now;
    last = now;
  }
  throw new Error("the viewer does not come to rest");
}

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const file of files) {
  const page = await browser.newPage({ viewport });
  await page.goto(`file://${resolve(file)}#toolbar=0&navpanes=0&view=Fit`);
  writeFileSync(file.replace(/\.pdf$/, ".chromium.png"), await shown(page));
  await page.close();
}
await browser.close();
