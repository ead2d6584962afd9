// page.typ as a PDF by Typst's compiler, in one process, warm. Every round has other digits, as every citizen has, so that
// what the compiler remembers of the round before helps with labels and rules and not with everything.
//   typst_page.mjs MODULES DIRECTORY FONT ROUNDS      MODULES: a node_modules with @myriaddreamin/typst-ts-node-compiler
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const [modules, directory, font, rounds] = process.argv.slice(2);
const { NodeCompiler } = createRequire(join(modules, "peers.js"))("@myriaddreamin/typst-ts-node-compiler");
const source = readFileSync(join(directory, "page.typ"), "utf8");
const compiler = NodeCompiler.create({ workspace: directory, fontArgs: [{ fontPaths: [dirname(font)] }] });
const otherDigits = (round) => source.replace(/(text\(size: [^,]+, ")([^"]*)"/g, (_, head, text) =>
  head + text.replace(/\d/g, (digit) => (Number(digit) + round) % 10) + '"');

const times = [];
let bytes = 0;
for (let round = 0; round <= Number(rounds); ++round) {
  const page = otherDigits(round);
  const start = process.cpuUsage();
  bytes = compiler.pdf({ mainFileContent: page }).length;
  const { user, system } = process.cpuUsage(start);
  times.push((user + system) / 1000);
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const memory = Number(readFileSync("/proc/self/status", "utf8").match(/VmHWM:\s+(\d+)/)[1]) / 1024;
for (const [name, value, unit] of [["", median(times.slice(1)), "ms"], ["/bytes", bytes, "B"], ["/peak_memory", memory, "MiB"]])
  console.log(JSON.stringify({ name: `compose.page/typst${name}`, value: Number(value.toFixed(3)), unit }));
