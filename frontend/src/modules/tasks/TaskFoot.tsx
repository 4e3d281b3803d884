import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Summary } from "../../api/contract";
import { countText } from "../../ui/format";
import { spanOf } from "./task";
import "./words";

interface TaskFootProps {
  shown: number;
  /** Known without the summary: of a whole list, or of a tab that nothing narrows. */
  total: number | null;
  summary: Summary | undefined;
  overdue: number;
  loading: boolean;
  children?: ReactNode;
}

/** What the rows come to: how many, how long they are planned for and have taken. */
export function TaskFoot(props: TaskFootProps) {
  const { shown, total, summary, overdue, loading, children } = props;
  const { t } = useTranslation("tasks");
  const { t: lists } = useTranslation("lists");
  const known = summary?.is_exact ? summary.count : total;
  const words = { shown: countText(shown) };
  const { estimate = 0, spent = 0 } = summary?.totals ?? {};
  return (
    <footer className="tfoot" data-testid="list-foot">
      <span>
        {summary && !summary.is_exact
          ? lists("manyShown", { ...words, total: countText(summary.count) })
          : known === null
            ? lists("shown", words)
            : lists("shownOf", { ...words, total: countText(Math.max(known, shown)) })}
      </span>
      {estimate > 0 && <span>{t("footEstimate", { span: spanOf(estimate) })}</span>}
      {spent > 0 && <span>{t("footSpent", { span: spanOf(spent) })}</span>}
      {overdue > 0 && <span>{t("overdueCount", { count: overdue })}</span>}
      {loading && <span>{lists("loadingMore")}</span>}
      {children}
    </footer>
  );
}
