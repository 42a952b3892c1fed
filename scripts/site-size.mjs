// Prints what the islands weigh on the wire, and fails if that is too much.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const limit = 120_000;
let total = 0;
for (const name of ["candor.js", "candor.wasm"]) {
  const bytes = readFileSync(join(process.argv[2], name));
  const packed = brotliCompressSync(bytes).length;
  total += packed;
  console.log(`${name}: ${(bytes.length / 1000).toFixed(1)} kB, ${(packed / 1000).toFixed(1)} kB with brotli`);
}
console.log(`together ${(total / 1000).toFixed(1)} kB of ${limit / 1000} kB`);
process.exitCode = total > limit ? 1 : 0;
