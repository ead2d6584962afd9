// page.html as a PDF by Chromium, in one browser, warm. Time (a mean: the kernel counts in hundredths of a second) and memory are
// those of all of its processes.
//   chromium_page.mjs MODULES DIRECTORY ROUNDS      MODULES: a node_modules with playwright-core
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, directory, rounds] = process.argv.slice(2);
const { chromium } = createRequire(join(modules, "peers.js"))("playwright-core");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();

const read = (pid, name) => { try { return readFileSync(`/proc/${pid}/${name}`, "utf8"); } catch { return ""; } };
const childrenOf = (parent) => readdirSync("/proc").filter((name) => /^\d+$/.test(name))
  .filter((pid) => Number(read(pid, "status").match(/PPid:\s+(\d+)/)?.[1]) === Number(parent)).flatMap((pid) => [pid, ...childrenOf(pid)]);
const sum = (values) => values.reduce((total, value) => total + value, 0);
// utime and stime, the 14th and 15th field, in hundredths of a second; the second field ends with a parenthesis.
const milliseconds = (pids) => sum(pids.map((pid) => {
  const fields = read(pid, "stat").split(") ").at(-1).split(" ");
  return 10 * (Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
}));
let bytes = 0;
async function compose() {
  await page.goto(`file://${directory}/page.html`);
  bytes = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).length;
}

await compose();
const processes = childrenOf(process.pid);
const start = milliseconds(processes);
for (let round = 0; round < Number(rounds); ++round) await compose();
const time = (milliseconds(processes) - start) / Number(rounds);
const memory = sum(processes.map((pid) => Number(read(pid, "status").match(/VmHWM:\s+(\d+)/)?.[1] ?? 0))) / 1024;
await browser.close();
for (const [name, value, unit] of [["", time, "ms"], ["/bytes", bytes, "B"], ["/peak_memory", memory, "MiB"]])
  console.log(JSON.stringify({ name: `compose.page/chromium${name}`, value: Number(value.toFixed(3)), unit }));
