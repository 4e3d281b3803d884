import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { TaskCounts } from "../../api/contract";
import { useHiddenFields } from "../../core/session/session";
import { countText } from "../../ui/format";
import { TABS, type TabCode } from "./query";
import { TASKS } from "./task";
import "./words";

interface TaskTabsProps {
  /** None while a saved view is open. */
  tab: TabCode | null;
  counts: TaskCounts | undefined;
  onTab: (tab: TabCode) => void;
  /** Saved views stand behind the tabs of the list's own. */
  children: ReactNode;
}

/** The list's own tabs with their figures. */
export function TaskTabs({ tab, counts, onTab, children }: TaskTabsProps) {
  const { t } = useTranslation("tasks");
  const hidden = useHiddenFields(TASKS.code);
  const row = useRef<HTMLDivElement>(null);
  // On a phone the row is wider than the screen; figures that come later push the chosen one on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen stays in sight.
  useEffect(() => {
    row.current
      ?.querySelector("[aria-selected='true']")
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [tab, counts]);
  const isShown = (code: TabCode) =>
    code === "drafts"
      ? tab === code || !!counts?.drafts
      : code !== "overdue" || !hidden.has("due_at");
  return (
    <div className="tabs" ref={row}>
      <div className="own-tabs" role="tablist" aria-label={t("views")}>
        {TABS.filter(isShown).map((code) => (
          <button
            key={code}
            type="button"
            role="tab"
            className="tab"
            aria-selected={tab === code}
            onClick={() => onTab(code)}
            data-testid={`tab-${code}`}
          >
            {t(code)}
            {counts && code !== "all" && (
              <em className={code === "overdue" && counts.overdue > 0 ? "hot" : ""}>
                {countText(counts[code])}
              </em>
            )}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}
