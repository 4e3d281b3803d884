import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon";
import "./checklists.css";
import "./words";

interface PointsMarkProps {
  row: { points_count: number; points_ticked: number };
}

/** How far the checklist of a row is; nothing when it has none. */
export function PointsMark({ row }: PointsMarkProps) {
  const { t } = useTranslation("checklists");
  if (row.points_count === 0) return null;
  const { points_count: count, points_ticked: ticked } = row;
  const whole = ticked === count;
  return (
    <span
      role="img"
      className={whole ? "row num check-mark green" : "row num check-mark t3"}
      aria-label={`${t("title")}. ${t("progress", { ticked, count })}`}
      title={`${t("title")}. ${t("progress", { ticked, count })}`}
      data-testid="points-mark"
    >
      <Icon name="list-checks" size={14} />
      {ticked}/{count}
    </span>
  );
}
