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

const textOf = (path: string): string => files.find((one) => one.path === path)?.text ?? "";

/** The file that an import means, none when it is no source. */
function target(from: string, to: string): string[] {
  const meant = ["", ".ts", ".tsx"].map((ending) => normalize(join(dirname(from), to)) + ending);
  return files.map(({ path }) => path).filter((path) => meant.includes(path));
}

/** What comes with a file: its static imports and theirs; what is loaded lazily comes later or never. */
function reach(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const imported = textOf(path).matchAll(/(?:from|^import) "(\.[^"]+)"/gm);
  for (const [, to = ""] of imported) for (const found of target(path, to)) reach(found, seen);
  return seen;
}

/** Faces of the whole page; everything else is loaded into the company's frame. */
const FACES = /^app\/(public|company|console)\//;

/** Whatever is loaded lazily: it may come to a page where nothing else of its folder has been. */
const entries = [
  ...new Set(
    files.flatMap(({ path, text }) =>
      [...text.matchAll(/import\(\s*"(\.[^"]+)"/g)].flatMap(([, to = ""]) => target(path, to)),
    ),
  ),
];

const classesIn = (text: string): string[] =>
  [...text.matchAll(/className=(?:"([^"]+)"|\{([^}]+)\})/g)].flatMap(([, plain, code]) => {
    const literals = plain
      ? [plain]
      : [...(code ?? "").matchAll(/["`]([^"`]*)/g)].map(([, one]) => one ?? "");
    return literals.flatMap((one) => one.split(/\s+/)).filter((one) => /^[a-z][\w-]*$/.test(one));
  });

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

  it("lets no section dress what another one wears", () => {
    // A sheet stays with the page once it has come, so the same bare name in two of them is both at once. The frame's
    // own names are refined on purpose.
    const owners = new Map<string, Set<string>>();
    for (const { path, text } of files.filter((one) => one.path.endsWith(".css"))) {
      if (layerOf(path) === "ui") continue;
      const bare = text
        .replace(/\/\*[\s\S]*?\*\//g, "")
        .matchAll(/(?:^|[},])\s*\.([a-z][\w-]*)(?=\s*[,{])/g);
      for (const [, name = ""] of bare) {
        owners.set(name, (owners.get(name) ?? new Set()).add(partOf(path)));
      }
    }
    expect(owners.size).toBeGreaterThan(100);
    const shared = [...owners].filter(([name, parts]) => parts.size > 1 && name !== "set-page");
    expect(shared.map(([name]) => name)).toEqual([]);
  });

  it("brings with every screen the looks it wears", () => {
    const styles = new Map<string, string[]>();
    for (const { path, text } of files.filter((one) => one.path.endsWith(".css"))) {
      for (const [, name = ""] of text.matchAll(/\.([a-z][\w-]*)(?=[^{}]*\{)/g)) {
        styles.set(name, [...(styles.get(name) ?? []), path]);
      }
    }
    const frame = reach("app/company/Inside.tsx");
    const wrong = entries.flatMap((entry) => {
      const brought = reach(entry);
      const worn = [...brought].filter((path) => path.endsWith(".tsx"));
      const isHere = (path: string) =>
        brought.has(path) || (!FACES.test(entry) && frame.has(path)) || path.startsWith("ui/");
      return worn.flatMap((path) =>
        classesIn(textOf(path))
          .filter((name) => styles.has(name) && !styles.get(name)?.some(isHere))
          .map((name) => `${entry} wears .${name} in ${path}`),
      );
    });
    expect(entries.length).toBeGreaterThan(15);
    expect(wrong).toEqual([]);
  });

  it("leaves no form to the words of the browser", () => {
    const bare = files.filter(({ text }) => /<form\b(?![^<]*noValidate)/.test(text));
    expect(bare.map(({ path }) => path)).toEqual([]);
  });

  it("names no outside host and runs no text as code", () => {
    const wrong = sources.filter(({ text }) =>
      /https?:\/\/(?!\[)[a-z]|dangerouslySetInnerHTML|\beval\(|new Function/.test(text),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});
