import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { has } from "../src/core/entities/kind";
import { COLLEAGUES } from "../src/core/people/people";
import { TASKS } from "../src/modules/tasks/task";
import { TEMPLATES } from "../src/modules/tasks/templates/template";

/** The server's own list of addresses. */
const api = readFileSync("src/api/generated/company/types.gen.ts", "utf8");
const asked = (path: string, tool: string) =>
  new RegExp(`'/api/v1/${path}/\\{[a-z_]+\\}/${tool}/'`).test(api);

it.each([TASKS, TEMPLATES, COLLEAGUES])("$code is asked for the tools that it has", (kind) => {
  for (const tool of ["fields", "comments", "notices"] as const) {
    expect([tool, has(kind, tool)]).toEqual([tool, asked(kind.path, tool)]);
  }
});
