import { use, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Point } from "../../api/contract";
import { useStore } from "../../ui/store";
import { CardSection } from "../cards/CardParts";
import { PatternContext } from "../cards/pattern";
import { ToolFailed, ToolWaiting, toolState } from "../cards/ToolState";
import { refOf } from "../entities/kind";
import { coming } from "./adding";
import "./checklists.css";
import { useDragging } from "./dragging";
import { PointAdder } from "./PointAdder";
import { PointRow } from "./PointRow";
import { movePoint, type Place, pointsNow, useChecklist } from "./points";
import "./words";

/** The checklist of any card: written, ticked, proved, put in order. */
export function ChecklistSection({ kind, id }: Place) {
  const { t } = useTranslation("checklists");
  const place = { kind, id };
  const query = useChecklist(place);
  const sending = useStore(coming).filter((one) => one.ref === refOf(kind, id));
  const adder = useRef<HTMLTextAreaElement>(null);
  const isPattern = use(PatternContext);
  const state = toolState(query);
  if (state === "none") return null;
  if (state === "failed") return <ToolFailed title={t("title")} query={query} />;
  if (!query.data) return <ToolWaiting title={t("title")} />;

  const { results: points, can_edit: canEdit } = query.data;
  const count = points.length + sending.length;
  if (count === 0 && !canEdit) return null;
  const ticked = points.filter((one) => one.outcome !== "").length;
  const add = canEdit ? { add: { title: t("add"), run: () => adder.current?.focus() } } : {};

  return (
    <CardSection
      title={t("title")}
      count={
        count > 0 && (
          <span
            data-testid="checklist-progress"
            title={isPattern ? undefined : t("progress", { ticked, count })}
          >
            {isPattern ? count : `${ticked}/${count}`}
          </span>
        )
      }
      {...add}
    >
      {count > 0 && !isPattern && (
        <div className="bar check-bar" aria-hidden>
          <i style={{ width: `${Math.round((100 * ticked) / count)}%` }} />
        </div>
      )}
      <Points place={place} points={points} canEdit={canEdit} />
      {sending.length > 0 && (
        <ul className="checks" aria-hidden>
          {sending.map((one) => (
            <li key={one.key} className="check going">
              <span className="check-tick">
                <span className="cb" />
              </span>
              <span className="check-b check-plain">{one.text}</span>
            </li>
          ))}
        </ul>
      )}
      {canEdit && <PointAdder place={place} box={adder} />}
    </CardSection>
  );
}

interface PointsProps {
  place: Place;
  points: Point[];
  canEdit: boolean;
}

function Points({ place, points, canEdit }: PointsProps) {
  const { t } = useTranslation("checklists");
  const [said, setSaid] = useState("");
  const move = (id: number, to: number) => {
    const at = Math.max(0, Math.min(points.length - 1, to));
    movePoint(place, pointsNow(place), id, at);
    setSaid(t("moved", { at: at + 1, of: points.length }));
  };
  const step = (id: number, by: number) =>
    move(id, pointsNow(place).findIndex((one) => one.id === id) + by);
  const { list, held, grip } = useDragging(move);
  if (points.length === 0) return null;
  return (
    <>
      <ul className="checks" ref={list} aria-label={t("title")}>
        {points.map((point, index) => (
          <PointRow
            key={point.id}
            place={place}
            point={point}
            index={index}
            count={points.length}
            caption={captionOf(points, index)}
            canEdit={canEdit}
            held={held?.id === point.id}
            drop={dropOf(held?.to, index, points.length)}
            grip={grip(point.id, index)}
            onMove={(to) => step(point.id, to - index)}
          />
        ))}
      </ul>
      <span className="vh" aria-live="polite">
        {said}
      </span>
    </>
  );
}

/** The name of a part, before the first of its points. */
function captionOf(points: Point[], index: number): string {
  const own = points[index]?.section ?? "";
  return own === points[index - 1]?.section ? "" : own;
}

/** On which edge of the row the line of the falling point is drawn. */
function dropOf(to: number | undefined, index: number, count: number): "over" | "under" | null {
  if (to === index) return "over";
  return to === count && index === count - 1 ? "under" : null;
}
