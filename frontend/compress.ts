import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const SHRINKS = /\.(js|css|svg)$/;
const SMALLEST = 1000;

/** Lays `.br` and `.gz` beside each built file, so that the server sends them without any work. */
export function compress(folder: string): Plugin {
  return {
    name: "pult-compress",
    apply: "build",
    closeBundle() {
      for (const name of readdirSync(folder).filter((one) => SHRINKS.test(one))) {
        const path = join(folder, name);
        const bytes = readFileSync(path);
        if (bytes.length < SMALLEST) continue;
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}
