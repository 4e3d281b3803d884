import { useTranslation } from "react-i18next";
import { Tag } from "../../../ui/marks";
import { Menu } from "../../../ui/menu";
import { type LineSort, SORT_TONES, SORTS } from "./line";
import "./words";

interface SortMarkProps {
  sort: LineSort;
  /** Without it the mark is only read. */
  onPick?: ((sort: LineSort) => void) | undefined;
}

/** Whether a line is to be done, was decided, or is thought of. */
export function SortMark({ sort, onPick }: SortMarkProps) {
  const { t } = useTranslation("documents_minutes");
  const mark = <Tag tone={SORT_TONES[sort]}>{t(`sort_${sort}`)}</Tag>;
  if (!onPick) return <span className="min-sort">{mark}</span>;
  return (
    <span className="min-sort">
      <Menu
        label={t("sort")}
        items={SORTS.map((one) => ({
          key: one,
          title: t(`sort_${one}`),
          checked: one === sort,
          run: () => onPick(one),
        }))}
        trigger={(open) => (
          <button
            type="button"
            className="value"
            // By Tab one goes from the words to the doer; the sort has its keys.
            tabIndex={-1}
            aria-label={`${t("sort")}: ${t(`sort_${sort}`)}`}
            data-testid="line-sort"
            {...open}
          >
            {mark}
          </button>
        )}
      />
    </span>
  );
}
