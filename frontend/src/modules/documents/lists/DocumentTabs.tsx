import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentCounts } from "../../../api/documents";
import { useHiddenFields } from "../../../core/session/session";
import { countText } from "../../../ui/format";
import { DOCUMENTS } from "../document";
import { isSeen, TABS, type TabCode } from "../query";
import "../words";

interface DocumentTabsProps {
  /** None while a saved view is open, or something else narrows the list. */
  tab: TabCode | null;
  counts: DocumentCounts | undefined;
  onTab: (tab: TabCode) => void;
  /** Saved views stand behind the tabs of the list's own. */
  children: ReactNode;
}

/** Of these the figure says how many of them wait; of the others nobody asks how many there are. */
const COUNTED = ["mine", "addressed", "to_register", "drafts"] as const;
type Counted = (typeof COUNTED)[number];
const isCounted = (tab: TabCode): tab is Counted => COUNTED.includes(tab as Counted);

/** The list's own views with their figures. */
export function DocumentTabs({ tab, counts, onTab, children }: DocumentTabsProps) {
  const { t } = useTranslation("documents");
  const hidden = useHiddenFields(DOCUMENTS.code);
  const row = useRef<HTMLDivElement>(null);
  // On a phone the row is wider than the screen; figures that come later push the chosen one on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen stays in sight.
  useEffect(() => {
    row.current
      ?.querySelector("[aria-selected='true']")
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [tab, counts]);
  return (
    <div className="tabs" ref={row}>
      <div className="own-tabs" role="tablist" aria-label={t("views")}>
        {TABS.filter((code) => isSeen(hidden, code)).map((code) => (
          <button
            key={code}
            type="button"
            role="tab"
            className="tab"
            aria-selected={tab === code}
            onClick={() => onTab(code)}
            data-testid={`tab-${code}`}
          >
            {t(`tab_${code}`)}
            {counts && isCounted(code) && counts[code] > 0 && <em>{countText(counts[code])}</em>}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}
