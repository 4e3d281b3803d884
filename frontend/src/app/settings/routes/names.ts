import { useQueries } from "@tanstack/react-query";
import type { Employee } from "../../../api/contract";
import { get } from "../../../api/request";
import type { RoutedKind } from "../../../api/routes";
import { useDepartments, useRoles } from "../../../core/people/directories";
import { personOf } from "../../../core/people/people";
import { i18next } from "../../../ui/texts";
import type { Performer, Scheme, Stage } from "./scheme";
import { useLists } from "./settings";
import "./words";

export type NameOf = (one: Performer) => string;

const t = (key: string, values?: object): string =>
  i18next.t(key as never, { ns: "routeset", ...values }) as unknown as string;

/** Rules by which performers are found, in words. */
export function useNames(scheme: Scheme, kind: RoutedKind): NameOf {
  const departments = useDepartments().data ?? [];
  const roles = useRoles().data ?? [];
  const lists = useLists(kind.kind).data ?? [];
  const named = scheme.stages.flatMap((one) => one.performers);
  const ids = [...new Set(named.flatMap((one) => (one.by === "person" ? [one.value] : [])))];
  const people = useQueries({
    queries: ids.map((id) => ({
      queryKey: ["person", id],
      staleTime: 300_000,
      enabled: id > 0,
      queryFn: async () => personOf(await get<Employee>(`employees/${id}/`)),
    })),
    combine: (found) => new Map(ids.map((id, at) => [id, found[at]?.data?.name])),
  });
  return (one) => {
    switch (one.by) {
      case "person":
        return people.get(one.value) ?? "…";
      case "role": {
        const role = roles.find(({ code }) => code === one.code);
        return t("roleOf", { title: role?.title ?? t("gone") });
      }
      case "head": {
        const found = departments.find(({ id }) => id === one.value);
        const title = one.value === 0 ? t("ownDepartment") : (found?.title ?? t("gone"));
        return t("headOf", { title });
      }
      case "manager":
        return t("by_manager");
      case "field":
        return kind.people.find(({ code }) => code === one.code)?.title ?? t("gone");
      case "list": {
        const list = lists.find(({ id }) => id === one.value);
        return t("listOf", { title: list?.title ?? t("gone") });
      }
      default:
        return t(`by_${one.by}`);
    }
  };
}

const KINDS: Record<Stage["kind"], string> = {
  approval: "kindApproval",
  work: "kindWork",
  wait: "kindWait",
  timer: "kindTimer",
};

export const kindWord = (kind: Stage["kind"]): string => t(KINDS[kind]);

export const isPerformed = ({ kind }: Pick<Stage, "kind">): boolean =>
  kind === "approval" || kind === "work";

/** Who performs a stage, in one line: the first of them and how many more. */
export function whoText(stage: Stage, nameOf: NameOf, kind: RoutedKind): string {
  if (stage.kind === "wait")
    return kind.signals.find(({ code }) => code === stage.signal)?.title ?? t("choose");
  if (stage.kind === "timer")
    return stage.until || (stage.hours === null ? t("timerHint") : t("hoursShort", stage));
  const [first, ...others] = stage.performers;
  if (!first) return t("performersNone");
  const name = nameOf(first);
  return others.length > 0 ? t("performersMore", { first: name, count: others.length }) : name;
}

/** How many must agree, by when, and whether it is always gone through. */
export function notesOf(stage: Stage): string[] {
  const told: string[] = [];
  if (isPerformed(stage) && stage.rule === "any") told.push(t("ruleShortAny"));
  if (isPerformed(stage) && stage.rule === "count") {
    told.push(t("ruleShortCount", { count: stage.count }));
  }
  if (isPerformed(stage) && stage.hours !== null)
    told.push(t("hoursShort", { hours: stage.hours }));
  if (stage.condition) told.push(t("conditional"));
  return told;
}
