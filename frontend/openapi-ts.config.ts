import { defineConfig } from "@hey-api/openapi-ts";

/** Types of all hosts' contracts; the calls themselves go through `src/api/request.ts`. */
export default defineConfig([
  {
    input: "../docs/api/company.json",
    output: { path: "src/api/generated/company", entryFile: false },
    plugins: ["@hey-api/typescript"],
  },
  {
    input: "../docs/api/console.json",
    output: { path: "src/api/generated/console", entryFile: false },
    plugins: ["@hey-api/typescript"],
  },
  {
    input: "../docs/api/public.json",
    output: { path: "src/api/generated/public", entryFile: false },
    plugins: ["@hey-api/typescript"],
  },
]);
