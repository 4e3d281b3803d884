/**
 * Keeps package-lock.json complete and free of addresses.
 *
 * npm writes an incomplete lock without an error when a registry lags behind
 * for some platforms; `npm ci` on those platforms would then fail for others.
 * npm also notes where packages ask for donations; `--fix` takes that out.
 */
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
const entries = Object.entries(lock.packages);

if (process.argv.includes("--fix")) {
  for (const [, entry] of entries) delete entry.funding;
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}

const names = new Set(
  entries.map(([path]) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)),
);
const problems = [];

for (const [path, entry] of entries) {
  if (JSON.stringify(entry).includes("://")) problems.push(`${path} names an address`);
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (!names.has(name)) problems.push(`${path} lacks its optional ${name}`);
  }
}

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`package-lock.json: ${names.size} packages, complete, no addresses.`);
