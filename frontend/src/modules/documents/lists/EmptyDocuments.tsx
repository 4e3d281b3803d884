import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { Empty } from "../../../ui/state";
import type { TabCode } from "../query";
import "../words";

interface EmptyDocumentsProps {
  /** None when the list is narrowed by something else than a view of its own. */
  tab: TabCode | null;
  /** Absent for whoever may not create. */
  onCreate: (() => void) | undefined;
  onReset: () => void;
}

const TEACHES = new Set<TabCode>(["all", "mine", "drafts"]);

/** Why the list is empty and what to do about it. */
export function EmptyDocuments({ tab, onCreate, onReset }: EmptyDocumentsProps) {
  const { t } = useTranslation("documents");
  const { t: lists } = useTranslation("lists");
  if (tab === null) {
    return (
      <Empty icon="search" title={lists("nothingFound")} text={lists("nothingFoundText")}>
        <Button onClick={onReset}>{lists("clearAll")}</Button>
      </Empty>
    );
  }
  return (
    <Empty icon="file-text" title={t(`empty_${tab}`)} text={t(`emptyText_${tab}`)}>
      {onCreate && TEACHES.has(tab) && (
        <Button look="primary" icon="plus" onClick={onCreate}>
          {t("create")}
        </Button>
      )}
    </Empty>
  );
}
