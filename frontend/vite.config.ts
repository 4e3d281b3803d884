import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compress } from "./compress.ts";
import { keepFormer } from "./keep-former.ts";
import { mockServer } from "./mock/plugin.ts";
import { serviceWorker } from "./service-worker.ts";

const OUT = "dist";

export default defineConfig(({ command, mode }) => ({
  plugins: [
    react(),
    keepFormer(join(import.meta.dirname, OUT)),
    compress(join(import.meta.dirname, OUT, "assets")),
    serviceWorker(import.meta.dirname, join(import.meta.dirname, OUT)),
    ...(command === "serve" && mode !== "test" ? [mockServer()] : []),
  ],
  build: {
    outDir: OUT,
    // `keepFormer` takes away what is older than the build before.
    emptyOutDir: false,
    // Small pictures stay files: the policy of the page allows none inside the text.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // Without groups every shared file becomes a request of its own.
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules\/(react|react-dom|scheduler)\//, priority: 30 },
            {
              name: "words",
              test: /node_modules\/(i18next|react-i18next|lucide-react)\//,
              priority: 20,
            },
            { name: "data", test: /node_modules\/@tanstack\//, priority: 20 },
            { name: "kit", test: /src\/(ui\/(?!antd)|api)/, priority: 10 },
            // The editor and the viewer are downloaded by whoever begins to write or to look.
            {
              name: "core",
              test: /src\/core\/(?!richtext\/editor|attachments\/(Viewer|views|PictureView|TableView|cells|table\.css|DocumentView|documents))/,
              priority: 10,
            },
          ],
        },
      },
    },
  },
  server: { port: 5173, strictPort: true, allowedHosts: [".localhost"] },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://sever.localhost/" } },
    setupFiles: ["tests/setup.ts"],
    include: ["tests/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    // A worker for each file costs four times more than the tests; `tests/setup.ts` keeps files apart.
    pool: "threads",
    isolate: false,
    maxWorkers: 2,
    // Longer than what is waited for within a test (`tests/setup.ts`), so what did not come is named.
    testTimeout: 30_000,
  },
}));
