import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../../api/problem";
import type { Route } from "../../../api/routes";
import { memory } from "../../../ui/store";
import { complain, say } from "../../../ui/toast";
import { faultsLeft, faultsOf, type Scheme, schemeOf } from "./scheme";
import { publish, refresh, saveDraft } from "./settings";
import "./words";

const keyOf = (route: number): string => `pult.route-draft.${route}`;
const same = (one: Scheme, other: Scheme): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What was drawn here and not saved, kept over a reload. */
function kept(route: Route, told: Scheme): Scheme {
  const raw = memory.read(keyOf(route.id));
  return raw ? (JSON.parse(raw) as Scheme) : told;
}

export type Editor = ReturnType<typeof useEditor>;

/**
 * A scheme while it is drawn: what stands on the screen, what the server has, and by which version of the
 * route it was begun. Another's change meanwhile is shown as a conflict, never overwritten in silence.
 */
export function useEditor(route: Route) {
  const { t } = useTranslation("routeset");
  const told = schemeOf(route.draft ?? route.scheme);
  const [base, setBase] = useState({ version: route.version, scheme: told });
  const [scheme, setScheme] = useState(() => kept(route, told));
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [conflict, setConflict] = useState(false);
  const isDirty = !same(scheme, base.scheme);
  // Nothing is being drawn here: what the server has now is shown.
  if (route.version > base.version && !isDirty && !busy) {
    setBase({ version: route.version, scheme: told });
    setScheme(told);
  }

  const draw = (next: Scheme) => {
    setScheme(next);
    setFaults((said) => faultsLeft(said, scheme, next));
    memory.write(keyOf(route.id), same(next, base.scheme) ? null : JSON.stringify(next));
  };
  const settle = (fresh: Route) => {
    const now = schemeOf(fresh.draft ?? fresh.scheme);
    setBase({ version: fresh.version, scheme: now });
    setScheme(now);
    setFaults({});
    setConflict(false);
    memory.write(keyOf(route.id), null);
  };
  const refused = (error: unknown) => {
    if (!(error instanceof ApiProblem)) return complain(sentenceOf(error));
    if (error.code === "route-has-changed") {
      setConflict(true);
      void refresh();
      return;
    }
    const found = faultsOf(error.inside("stages"), error.fields.stages, scheme);
    setFaults(found);
    complain(found[""] ?? (Object.keys(found).length > 0 ? t("faults") : sentenceOf(error)));
  };
  const run = async (work: () => Promise<Route>, done: (fresh: Route) => string) => {
    setBusy(true);
    try {
      const fresh = await work();
      settle(fresh);
      say(done(fresh));
      return true;
    } catch (error) {
      refused(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const sent = (version: number) => saveDraft({ id: route.id, version }, scheme);

  return {
    scheme,
    faults,
    busy,
    conflict,
    isDirty,
    draw,
    /** What stands on the server now, of what is drawn and of the route itself. */
    takeTheirs: () => settle(route),
    discard: () => draw(base.scheme),
    save: (version = base.version) =>
      run(
        () => sent(version),
        () => t("saved"),
      ),
    /** The draft of the screen, over whatever another has saved. */
    keepMine: () =>
      run(
        () => sent(route.version),
        () => t("saved"),
      ),
    publish: () =>
      run(
        async () => publish(isDirty ? await sent(base.version) : { ...route, ...base }),
        (fresh) => t("published", { number: fresh.in_force ?? 1 }),
      ),
    /** The route's own lines were changed here: its version is known. */
    moved: (fresh: Route) => setBase((was) => ({ ...was, version: fresh.version })),
  };
}
