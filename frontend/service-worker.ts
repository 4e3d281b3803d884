import { join } from "node:path";
import { build, type Plugin } from "vite";

/**
 * Builds the service worker as one plain script of a lasting name. It stands in a folder of its
 * own, because only the company's host shows it, at the root (`infra/spa.py`).
 */
export function serviceWorker(root: string, out: string): Plugin {
  return {
    name: "pult-service-worker",
    apply: "build",
    async closeBundle() {
      await build({
        configFile: false,
        root,
        publicDir: false,
        logLevel: "warn",
        build: {
          outDir: join(out, "worker"),
          emptyOutDir: true,
          rolldownOptions: {
            input: join(root, "src/sw/main.ts"),
            output: { format: "iife", entryFileNames: "sw.js" },
          },
        },
      });
    },
  };
}
