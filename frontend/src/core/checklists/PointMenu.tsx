import { use } from "react";
import { useTranslation } from "react-i18next";
import type { Point } from "../../api/contract";
import { IconButton } from "../../ui/button";
import { Menu, type MenuItem } from "../../ui/menu";
import { PatternContext } from "../cards/pattern";
import { PointExtras } from "./extras";
import type { Asking } from "./PointRow";
import { type Place, removePoint } from "./points";
import "./words";

interface PointMenuProps {
  place: Place;
  point: Point;
  index: number;
  count: number;
  canEdit: boolean;
  onAsk: (what: Asking) => void;
  onToggle: () => void;
  onMove: (to: number) => void;
}

/** What else may be done with a point; only what this reader may. */
export function PointMenu(props: PointMenuProps) {
  const { point, index, canEdit } = props;
  const { t } = useTranslation("checklists");
  const extras = use(PointExtras);
  const isPattern = use(PatternContext);
  const done = point.outcome !== "";
  const items: MenuItem[] = [];
  if (point.can_tick && !done && !isPattern) {
    items.push({
      key: "fail",
      title: t("fail"),
      icon: "circle-slash",
      run: () => props.onAsk("failure"),
    });
  }
  if (point.can_tick && done) {
    items.push({ key: "reopen", title: t("reopen"), icon: "rotate-ccw", run: props.onToggle });
  }
  if (canEdit && !done) {
    items.push({
      key: "demand",
      title: t("demand"),
      icon: "shield-check",
      run: () => props.onAsk("demand"),
    });
  }
  if (canEdit && !done) items.push(...extras(point));
  if (canEdit) {
    items.push(
      {
        key: "up",
        title: t("up"),
        icon: "arrow-up",
        before: "line",
        disabled: index === 0,
        run: () => props.onMove(index - 1),
      },
      {
        key: "down",
        title: t("down"),
        icon: "arrow-down",
        disabled: index === props.count - 1,
        run: () => props.onMove(index + 1),
      },
      {
        key: "remove",
        title: t("remove"),
        icon: "trash-2",
        danger: true,
        before: "line",
        run: () => removePoint(props.place, point),
      },
    );
  }
  if (items.length === 0) return <span />;
  return (
    <Menu
      label={t("actions")}
      alignEnd
      items={items}
      trigger={(open) => (
        <IconButton
          icon="ellipsis"
          label={`${t("actions")}: ${point.text}`}
          small
          {...open}
          data-testid="point-menu"
        />
      )}
    />
  );
}
