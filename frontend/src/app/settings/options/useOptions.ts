import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../../api/contract";
import { ApiProblem, sentenceOf } from "../../../api/problem";
import { get, patch } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { complain, say } from "../../../ui/toast";
import { type CompanyOption, type Drafts, drafted, type OptionsAnswer, unfinished } from "./shapes";
import "./words";

const KEY = ["options"];
const STALE = 412;

/** Refusals by the codes of options: `/values/tasks/due_days` speaks of `tasks.due_days`. */
const refusalsIn = (problem: ApiProblem): Record<string, string> =>
  Object.fromEntries(
    Object.entries(problem.inside("values")).map(([path, text]) => [
      path.replaceAll("/", "."),
      text,
    ]),
  );

/** The company's options, what is typed over them, and keeping all of it at once. */
export function useOptions() {
  const { t } = useTranslation("options");
  const query = useQuery({ queryKey: KEY, queryFn: () => get<OptionsAnswer>("options/") });
  const [drafts, setDrafts] = useState<Drafts>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [picked, setPicked] = useState<Person[]>([]);
  const [busy, setBusy] = useState(false);
  // What was on the screen when the first draft began: whoever changes an option meanwhile is not overwritten unseen.
  const [seen, setSeen] = useState<number | null>(null);
  const options = query.data?.results.flatMap((section) => section.options) ?? [];
  const people = [...picked, ...options.flatMap((option) => option.people)];
  const count = Object.keys(drafts).length;

  const change = (option: CompanyOption, value: unknown, person?: Person) => {
    const { [option.code]: _, ...others } = errors;
    const next = drafted(drafts, option, value);
    setErrors(others);
    setDrafts(next);
    if (Object.keys(next).length === 0) setSeen(null);
    else setSeen(seen ?? query.data?.version ?? null);
    if (person) setPicked([...picked, person]);
  };
  const drop = () => {
    setDrafts({});
    setErrors({});
    setSeen(null);
  };
  const refused = async (problem: unknown) => {
    const told = problem instanceof ApiProblem ? refusalsIn(problem) : {};
    setErrors(told);
    if (Object.keys(told).length > 0) return;
    complain(sentenceOf(problem));
    if (!(problem instanceof ApiProblem) || problem.status !== STALE) return;
    // The next try has seen what stands now: it is told beside each draft.
    setSeen((await query.refetch()).data?.version ?? null);
  };
  const save = async () => {
    const open = options.filter((one) => one.code in drafts && unfinished(one, drafts[one.code]));
    if (open.length > 0)
      return setErrors(Object.fromEntries(open.map((one) => [one.code, t("numberWanted")])));
    setBusy(true);
    try {
      const told = seen === null ? {} : { ifMatch: seen };
      cache.setQueryData(KEY, await patch("options/", { values: drafts }, told));
      drop();
      say(t("saved"));
      // An option may change what stands on any screen.
      void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey.join() !== KEY.join() });
    } catch (problem) {
      await refused(problem);
    } finally {
      setBusy(false);
    }
  };
  return { query, drafts, errors, people, busy, count, change, drop, save };
}
