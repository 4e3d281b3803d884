import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { mockServer } from "./mock/plugin.ts";

export default defineConfig(({ command, mode }) => ({
  plugins: [react(), ...(command === "serve" && mode !== "test" ? [mockServer()] : [])],
  build: {
    outDir: "dist",
    // Small pictures stay files: the policy of the page allows none inside the text.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: { port: 5173, strictPort: true, allowedHosts: [".localhost"] },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://sever.localhost/" } },
    setupFiles: ["tests/setup.ts"],
    include: ["tests/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
}));
