import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Summary } from "../../../api/contract";
import { countText } from "../../../ui/format";
import { kopecksText } from "../sums";
import "../words";

interface DocumentFootProps {
  shown: number;
  /** Known without the summary: of a list that has been read to its end. */
  total: number | null;
  summary: Summary | undefined;
  loading: boolean;
  children?: ReactNode;
}

/** How many there are, and what their sums come to. */
export function DocumentFoot({ shown, total, summary, loading, children }: DocumentFootProps) {
  const { t } = useTranslation("documents");
  const { t: lists } = useTranslation("lists");
  const known = summary?.is_exact ? summary.count : total;
  const words = { shown: countText(shown) };
  const { kopecks = 0 } = summary?.totals ?? {};
  return (
    <footer className="tfoot" data-testid="list-foot">
      <span>
        {summary && !summary.is_exact
          ? lists("manyShown", { ...words, total: countText(summary.count) })
          : known === null
            ? lists("shown", words)
            : lists("shownOf", { ...words, total: countText(Math.max(known, shown)) })}
      </span>
      {kopecks > 0 && <span>{t("footSum", { sum: kopecksText(kopecks) })}</span>}
      {loading && <span>{lists("loadingMore")}</span>}
      {children}
    </footer>
  );
}
