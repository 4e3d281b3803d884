import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const LIST = "former.json";
const squeezed = /\.(br|gz)$/;

/** Keeps the assets of the build before: pages opened from it still find what they download later. */
export function keepFormer(folder: string): Plugin {
  const list = join(folder, LIST);
  let built: string[] = [];
  return {
    name: "pult-keep-former",
    apply: "build",
    generateBundle(_options, bundle) {
      built = Object.keys(bundle).map((name) => name.replace(/^assets\//, ""));
    },
    closeBundle() {
      const former: string[] = existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : [];
      const wanted = new Set([...built, ...former]);
      const assets = join(folder, "assets");
      for (const name of readdirSync(assets)) {
        if (!wanted.has(name.replace(squeezed, ""))) rmSync(join(assets, name));
      }
      writeFileSync(list, JSON.stringify(built));
    },
  };
}
