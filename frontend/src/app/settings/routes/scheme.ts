import type { ToldPerformer, ToldScheme, ToldStage } from "../../../api/routes";
import { uuid } from "../../../api/uuid";

/** A scheme that is being drawn: its stages, how they stand after one another, and every way to change that. */

export type By = ToldPerformer["by"];
export type Performer = Required<ToldPerformer>;
export type Stage = Required<Omit<ToldStage, "performers">> & {
  performers: Performer[];
  hours: number | null;
  remind: number | null;
};
export type StageKind = Stage["kind"];

export interface Scheme {
  stages: Stage[];
  from_start: boolean;
}

const STAGE: Omit<Stage, "code" | "title"> = {
  kind: "approval",
  after: [],
  condition: "",
  performers: [],
  rule: "all",
  count: 0,
  in_turn: false,
  hears_all: false,
  on_reject: null,
  cares: null,
  hours: null,
  remind: null,
  escalation: "none",
  escalate: 0,
  signal: "",
  until: "",
};

export const EMPTY: Scheme = { stages: [], from_start: false };

/** A scheme as the server tells it, with everything in it said. */
export function schemeOf(told: ToldScheme | null | undefined): Scheme {
  if (!told) return EMPTY;
  const stages = told.stages.map((one) => ({
    ...STAGE,
    ...one,
    performers: (one.performers ?? []).map((rule) => ({ value: 0, code: "", ...rule })),
  }));
  return { stages: stages as Stage[], from_start: told.from_start ?? false };
}

export const stageIn = (scheme: Scheme, code: string): Stage | undefined =>
  scheme.stages.find((one) => one.code === code);

/** Codes of the stages that stand after one, at any distance. */
export function behind(scheme: Scheme, code: string): Set<string> {
  const found = new Set([code]);
  // Stages stand in an order in which each comes after those it waits for.
  for (const stage of scheme.stages) {
    if (stage.after.some((one) => found.has(one))) found.add(stage.code);
  }
  found.delete(code);
  return found;
}

/** Codes of the stages that one waits for, at any distance. */
export function before(scheme: Scheme, code: string): Set<string> {
  const found = new Set<string>();
  const queue = [...(stageIn(scheme, code)?.after ?? [])];
  for (let one = queue.pop(); one !== undefined; one = queue.pop()) {
    if (found.has(one)) continue;
    found.add(one);
    queue.push(...(stageIn(scheme, one)?.after ?? []));
  }
  return found;
}

/** The same stages, each after those it waits for; what may stay where it stands stays there. */
export function ordered(stages: Stage[]): Stage[] {
  const left = [...stages];
  const known = new Set<string>();
  const done: Stage[] = [];
  while (left.length > 0) {
    const at = left.findIndex((one) => one.after.every((code) => known.has(code)));
    // A circle cannot be drawn; were there one, its stages would come as they stand.
    const [next] = left.splice(Math.max(at, 0), 1);
    if (!next) break;
    known.add(next.code);
    done.push(next);
  }
  return done;
}

const withStages = (scheme: Scheme, stages: Stage[]): Scheme => ({
  ...scheme,
  stages: ordered(stages),
});

export const changeStage = (scheme: Scheme, code: string, change: Partial<Stage>): Scheme =>
  withStages(
    scheme,
    scheme.stages.map((one) => (one.code === code ? { ...one, ...change } : one)),
  );

/** A code that no stage of any version has had: figures of a stage are found by it. */
const freshCode = (): string => `s${uuid().replaceAll("-", "").slice(0, 10)}`;

/** A new stage behind one (or at the start), in front of whatever followed it. */
export function addAfter(scheme: Scheme, code: string | null, title: string): [Scheme, string] {
  const fresh = freshCode();
  const from = code === null ? [] : [code];
  const made: Stage = { ...STAGE, code: fresh, title, after: from };
  const stages = scheme.stages.map((one) => {
    const follows = code === null ? one.after.length === 0 : one.after.includes(code);
    if (!follows) return one;
    return { ...one, after: [...one.after.filter((it) => it !== code), fresh] };
  });
  const at = code === null ? 0 : stages.findIndex((one) => one.code === code) + 1;
  const all = [...stages.slice(0, at), made, ...stages.slice(at)];
  return [withStages(scheme, all), fresh];
}

/** A new stage side by side with one: it waits for the same, and the same waits for it. */
export function addBeside(scheme: Scheme, code: string, title: string): [Scheme, string] {
  const other = stageIn(scheme, code);
  if (!other) return addAfter(scheme, null, title);
  const fresh = freshCode();
  const made: Stage = { ...STAGE, code: fresh, title, after: other.after };
  const stages = scheme.stages.map((one) =>
    one.after.includes(code) ? { ...one, after: [...one.after, fresh] } : one,
  );
  const at = stages.findIndex((one) => one.code === code) + 1;
  return [withStages(scheme, [...stages.slice(0, at), made, ...stages.slice(at)]), fresh];
}

/** Without a stage: what waited for it waits for what it waited for itself. */
export function removeStage(scheme: Scheme, code: string): Scheme {
  const gone = stageIn(scheme, code);
  if (!gone) return scheme;
  const stages = scheme.stages
    .filter((one) => one.code !== code)
    .map((one) => ({
      ...one,
      after: one.after.includes(code)
        ? [...new Set([...one.after.filter((it) => it !== code), ...gone.after])]
        : one.after,
      on_reject: one.on_reject === code ? "" : one.on_reject,
    }));
  return withStages(scheme, stages);
}

/** Whether one stage may be made to wait for another: never in a circle. */
export const canJoin = (scheme: Scheme, from: string, to: string): boolean =>
  from !== to && !behind(scheme, to).has(from) && !stageIn(scheme, to)?.after.includes(from);

export function join(scheme: Scheme, from: string, to: string): Scheme {
  const stage = stageIn(scheme, to);
  if (!stage || !canJoin(scheme, from, to)) return scheme;
  return changeStage(scheme, to, { after: [...stage.after, from] });
}

export function part(scheme: Scheme, from: string, to: string): Scheme {
  const stage = stageIn(scheme, to);
  if (!stage) return scheme;
  const after = stage.after.filter((one) => one !== from);
  return tidy(changeStage(scheme, to, { after }));
}

/** Refusals lead to what still comes before. */
export function tidy(scheme: Scheme): Scheme {
  const stages = scheme.stages.map((one) => {
    const leads = one.on_reject === null || one.on_reject === "";
    return leads || before(scheme, one.code).has(one.on_reject ?? "")
      ? one
      : { ...one, on_reject: "" };
  });
  return { ...scheme, stages };
}

/** Stages that are in one scheme and not as they are in another: what a publication changes. */
export function difference(old: Scheme, now: Scheme) {
  const told = (one: Stage) => JSON.stringify(one);
  return {
    added: now.stages.filter((one) => !stageIn(old, one.code)),
    removed: old.stages.filter((one) => !stageIn(now, one.code)),
    changed: now.stages.filter((one) => {
      const was = stageIn(old, one.code);
      return was !== undefined && told(was) !== told(one);
    }),
    isSame: JSON.stringify(old) === JSON.stringify(now),
  };
}

/** Sentences of a refusal by the code of the stage that they are about; the empty code is the whole. */
export function faultsOf(
  inside: Record<string, string>,
  whole: string | undefined,
  scheme: Scheme,
) {
  const found: Record<string, string> = {};
  for (const [path, sentence] of Object.entries(inside)) {
    const [first = ""] = path.split("/");
    const code = stageIn(scheme, first) ? first : (scheme.stages[Number(first)]?.code ?? "");
    found[code] ??= sentence;
  }
  if (Object.keys(found).length === 0 && whole) found[""] = whole;
  return found;
}

/** What was said of a stage is said no more once the stage is another; what is about the whole goes with any change. */
export function faultsLeft(said: Record<string, string>, old: Scheme, now: Scheme) {
  const told = (scheme: Scheme, code: string) => JSON.stringify(stageIn(scheme, code));
  return Object.fromEntries(
    Object.entries(said).filter(([code]) => code !== "" && told(old, code) === told(now, code)),
  );
}
