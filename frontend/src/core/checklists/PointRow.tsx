import type { KeyboardEvent, PointerEvent } from "react";
import { use, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Point } from "../../api/contract";
import { nearText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { PatternContext } from "../cards/pattern";
import { InlineText } from "../forms/InlineText";
import { selfOf } from "../people/choice";
import { useMe } from "../session/session";
import { DemandDialog } from "./DemandDialog";
import { FailDialog } from "./FailDialog";
import { PointMenu } from "./PointMenu";
import { PointMeta, PointProof } from "./PointParts";
import { changePoint, type Place, reopenPoint, tickPoint } from "./points";
import { TickDialog } from "./TickDialog";
import "./words";

interface PointRowProps {
  place: Place;
  point: Point;
  index: number;
  count: number;
  caption: string;
  canEdit: boolean;
  held: boolean;
  drop: "over" | "under" | null;
  grip: Record<string, (event: PointerEvent<HTMLElement>) => void>;
  onMove: (to: number) => void;
}

export type Asking = "proof" | "failure" | "demand" | null;

/** One point: its tick, its words, who and until when, and what was shown for it. */
export function PointRow(props: PointRowProps) {
  const { place, point, index, canEdit } = props;
  const { t } = useTranslation("checklists");
  const me = useMe();
  const row = useRef<HTMLLIElement>(null);
  const [asking, setAsking] = useState<Asking>(null);
  const { text } = point;
  const done = point.outcome !== "";

  const toggle = () => {
    if (done) reopenPoint(place, point);
    else if (point.demand === "") void tickPoint(place, point, selfOf(me));
    else setAsking("proof");
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!event.altKey || step === 0 || !canEdit) return;
    event.preventDefault();
    event.stopPropagation();
    const at = document.activeElement;
    props.onMove(index + step);
    // A row that has moved in the page has lost the focus.
    window.requestAnimationFrame(() => at instanceof HTMLElement && at.focus());
  };

  const classes = ["check", done ? "done" : "", props.held ? "held" : ""];
  if (props.drop) classes.push(`drop-${props.drop}`);
  const close = () => setAsking(null);

  return (
    <>
      {props.caption && (
        <li className="check-g" aria-hidden>
          {props.caption}
        </li>
      )}
      <li
        ref={row}
        className={classes.join(" ")}
        onKeyDown={press}
        data-point={point.id}
        data-testid="point"
      >
        {canEdit ? (
          <span className="check-grip" title={t("moveHint")} aria-hidden {...props.grip}>
            <Icon name="grip" size={14} />
          </span>
        ) : (
          <span className="check-grip" />
        )}
        <PointTick point={point} onToggle={toggle} />
        <div className="check-b">
          <InlineText
            label={`${t("point")} ${index + 1}`}
            value={text}
            oneLine
            required
            readOnly={!canEdit || done}
            onSave={(next) => void changePoint(place, point, { text: next }, { text: next })}
            data-testid="point-text"
          />
          {done ? (
            <PointProof place={place} point={point} />
          ) : (
            <PointMeta place={place} point={point} canEdit={canEdit} />
          )}
        </div>
        <PointMenu
          place={place}
          point={point}
          index={index}
          count={props.count}
          canEdit={canEdit}
          onAsk={setAsking}
          onToggle={toggle}
          onMove={props.onMove}
        />
        {asking === "proof" && <TickDialog place={place} point={point} onClose={close} />}
        {asking === "failure" && (
          <FailDialog place={place} point={point} canEdit={canEdit} onClose={close} />
        )}
        {asking === "demand" && <DemandDialog place={place} point={point} onClose={close} />}
      </li>
    </>
  );
}

/** The box: empty, ticked, or crossed when the point did not pass. */
function PointTick({ point, onToggle }: { point: Point; onToggle: () => void }) {
  const { t } = useTranslation("checklists");
  const isPattern = use(PatternContext);
  const { text, outcome } = point;
  const label = outcome ? t("untick", { text }) : t("tick", { text });
  const who = point.done_by && point.done_at;
  const title = !point.can_tick
    ? t("cannotTick")
    : who
      ? t(outcome === "failed" ? "failedBy" : "doneBy", {
          who: point.done_by?.name,
          when: nearText(who),
        })
      : label;
  if (isPattern) {
    return (
      <span className="check-tick" aria-hidden>
        <span className="cb check-blank" />
      </span>
    );
  }
  if (outcome === "failed") {
    return (
      <span className="check-tick">
        <button
          type="button"
          className="cb check-x"
          aria-label={`${t("failed")}. ${label}`}
          title={title}
          disabled={!point.can_tick}
          onClick={onToggle}
          data-testid="point-tick"
        >
          <Icon name="x" size={12} />
        </button>
      </span>
    );
  }
  return (
    <span className="check-tick">
      <input
        type="checkbox"
        className="cb"
        aria-label={label}
        title={title}
        checked={outcome === "passed"}
        disabled={!point.can_tick}
        onChange={onToggle}
        data-testid="point-tick"
      />
    </span>
  );
}
