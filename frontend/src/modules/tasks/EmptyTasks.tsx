import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/state";
import type { TabCode } from "./query";
import "./words";

interface EmptyTasksProps {
  tab: TabCode;
  filtered: boolean;
  onReset: () => void;
  onCreate: () => void;
}

/** Why the list is empty and what to do about it. */
export function EmptyTasks({ tab, filtered, onReset, onCreate }: EmptyTasksProps) {
  const { t } = useTranslation("tasks");
  const { t: lists } = useTranslation("lists");
  if (filtered) {
    return (
      <Empty icon="search" title={lists("nothingFound")} text={lists("nothingFoundText")}>
        <Button onClick={onReset}>{lists("clearAll")}</Button>
      </Empty>
    );
  }
  const words = {
    mine: [t("emptyMine"), t("emptyMineText")],
    given: [t("emptyGiven"), t("emptyGivenText")],
    watching: [t("emptyWatching"), t("emptyWatchingText")],
    overdue: [t("emptyOverdue"), t("emptyOverdueText")],
    drafts: [t("emptyDrafts"), t("emptyDraftsText")],
    all: [t("emptyAll"), t("emptyAllText")],
  } as const;
  const [title, text] = words[tab];
  const teaches = tab === "mine" || tab === "given" || tab === "all";
  return (
    <Empty icon="circle-check-big" title={title} text={text}>
      {teaches && (
        <Button look="primary" icon="plus" onClick={onCreate}>
          {t("create")}
        </Button>
      )}
    </Empty>
  );
}
