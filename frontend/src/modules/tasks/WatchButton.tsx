import { useTranslation } from "react-i18next";
import { selfOf } from "../../core/people/choice";
import { useMe } from "../../core/session/session";
import { IconButton } from "../../ui/button";
import { setPeople } from "./TaskFields";
import type { Task } from "./task";
import "./words";

/** The eye: put oneself among the watchers, or leave them. */
export function WatchButton({ task }: { task: Task }) {
  const { t } = useTranslation("tasks");
  const me = useMe();
  const watchers = task.watchers;
  if (!watchers) return null;
  const watching = watchers.some((one) => one.id === me.id);
  const others = watchers.filter((one) => one.id !== me.id);
  return (
    <IconButton
      icon="eye"
      small
      on={watching}
      aria-pressed={watching}
      label={watching ? t("unwatch") : t("watch")}
      onClick={() => void setPeople(task, "watchers", watching ? others : [...others, selfOf(me)])}
    />
  );
}
