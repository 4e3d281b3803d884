import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/button";
import { countText } from "../../ui/format";
import type { BulkProgress } from "./bulk";
import "./words";

interface BulkBarProps {
  size: number;
  progress: BulkProgress | null;
  /** How many rows the list has in all, when more than those chosen may be taken together. */
  whole: number | null;
  onWhole: () => void;
  onClear: () => void;
  children: ReactNode;
}

/** One dark bar: how many rows are chosen and what can be done with them. */
export function BulkBar({ size, progress, whole, onWhole, onClear, children }: BulkBarProps) {
  const { t } = useTranslation("lists");
  return (
    <div className="bulk" role="toolbar" aria-label={t("selected")}>
      {progress ? (
        <>
          <b className="num">{t("progress", { ...progress })}</b>
          <span className="bar">
            <i style={{ width: `${(progress.done / Math.max(1, progress.total)) * 100}%` }} />
          </span>
          <span className="sep" />
        </>
      ) : (
        <b>
          {t("selected")} <span className="num">{countText(size)}</span>
        </b>
      )}
      {whole !== null && !progress && (
        <button type="button" className="bb" onClick={onWhole} data-testid="bulk-whole">
          {t("chooseWhole", { count: countText(whole) })}
        </button>
      )}
      {children}
      <IconButton className="bb" icon="x" label={t("unselect")} onClick={onClear} />
    </div>
  );
}
