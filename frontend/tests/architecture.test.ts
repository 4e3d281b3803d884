import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, it } from "vitest";

/** The house in the browser: app → modules → core → ui | api, small files, no barrels. */

const SRC = join(import.meta.dirname, "../src");
const LONGEST = 250;

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === "generated" ? [] : filesIn(path);
    return /\.(tsx?|css)$/.test(name) ? [path] : [];
  });
}

const files = filesIn(SRC).map((path) => ({
  path: relative(SRC, path),
  text: readFileSync(path, "utf8"),
}));
const sources = files.filter(({ path }) => !path.endsWith(".css") || path.startsWith("ui/"));

/** What a layer may stand on; its own folder is always allowed. */
const BELOW: Record<string, string[]> = {
  app: ["modules", "core", "ui", "api"],
  modules: ["core", "ui", "api"],
  core: ["ui", "api"],
  ui: [],
  api: [],
};

const layerOf = (path: string): string => path.split("/")[0] ?? "";
const partOf = (path: string): string => path.split("/").slice(0, 2).join("/");

const imports = files.flatMap(({ path, text }) =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((match) => ({
    from: path,
    to: normalize(join(dirname(path), match[1] ?? "")),
  })),
);

describe("architecture", () => {
  it("looks at something", () => {
    expect(files.length).toBeGreaterThan(100);
    expect(imports.length).toBeGreaterThan(300);
  });

  it("imports only downwards", () => {
    const wrong = imports.filter(({ from, to }) => {
      const [own, other] = [layerOf(from), layerOf(to)];
      return own !== other && !BELOW[own]?.includes(other);
    });
    expect(wrong).toEqual([]);
  });

  it("keeps modules apart from one another", () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        layerOf(from) === "modules" && layerOf(to) === "modules" && partOf(from) !== partOf(to),
    );
    expect(wrong).toEqual([]);
  });

  it("has no circles between the mechanisms of core", () => {
    const arrows = new Map<string, Set<string>>();
    for (const { from, to } of imports) {
      if (layerOf(from) !== "core" || layerOf(to) !== "core" || partOf(from) === partOf(to))
        continue;
      arrows.set(partOf(from), (arrows.get(partOf(from)) ?? new Set()).add(partOf(to)));
    }
    const circles: string[] = [];
    const walk = (part: string, trail: string[]): void => {
      if (trail.includes(part)) {
        circles.push([...trail.slice(trail.indexOf(part)), part].join(" → "));
        return;
      }
      for (const next of arrows.get(part) ?? []) walk(next, [...trail, part]);
    };
    for (const part of arrows.keys()) walk(part, []);
    expect(circles).toEqual([]);
  });

  it("keeps files short and has no barrels", () => {
    const long = sources.filter(({ text }) => text.split("\n").length > LONGEST + 1);
    expect(long.map(({ path }) => path)).toEqual([]);
    const barrels = sources.filter(
      ({ path, text }) =>
        /(^|\/)index\.tsx?$/.test(path) || /^export (\*|\{[^}]*\}) from/m.test(text),
    );
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });

  it("names no outside host and runs no text as code", () => {
    const wrong = sources.filter(({ text }) =>
      /https?:\/\/(?!\[)[a-z]|dangerouslySetInnerHTML|\beval\(|new Function/.test(text),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});
