import { useTranslation } from "react-i18next";
import type { Person, Point } from "../../api/contract";
import { nearText } from "../../ui/format";
import { Icon, type IconName } from "../../ui/icon";
import { i18next } from "../../ui/texts";
import { viewFile } from "../attachments/viewing";
import { DuePicker } from "../forms/DuePicker";
import { PersonChip } from "../people/PersonChip";
import { PersonPicker } from "../people/PersonPicker";
import { numberText } from "./lines";
import { changePoint, type Place } from "./points";
import "./words";

const DEMAND_ICONS: Record<string, IconName> = {
  photo: "image",
  file: "paperclip",
  number: "ruler",
  place: "map-pin",
};

/** «18–22 °C», «от 18 °C»: what number passes; empty when any does. */
export function rangeText(point: Pick<Point, "least" | "most" | "unit">): string {
  const t = i18next.t;
  const { least, most } = point;
  const low = least === null ? "" : numberText(least);
  const high = most === null ? "" : numberText(most);
  if (!low && !high) return "";
  const range =
    low && high
      ? t("checklists:range", { least: low, most: high })
      : low
        ? t("checklists:least", { least: low })
        : t("checklists:most", { most: high });
  return [range, point.unit].filter(Boolean).join("\u00a0");
}

function demandText(point: Point): string {
  const t = i18next.t;
  if (point.demand === "photo") return t("checklists:needsPhoto");
  if (point.demand === "file") return t("checklists:needsFile");
  if (point.demand === "place") return t("checklists:needsPlace");
  return rangeText(point) || t("checklists:needsNumber");
}

interface MetaProps {
  place: Place;
  point: Point;
  canEdit: boolean;
}

/** Under a point that waits: what it demands, who does it, until when. */
export function PointMeta({ place, point, canEdit }: MetaProps) {
  const { t } = useTranslation("checklists");
  const late = point.due_at !== null && new Date(point.due_at) < new Date();
  const give = (person: Person) => {
    const assignee = person.id === point.assignee?.id ? null : person;
    void changePoint(place, point, { assignee: assignee?.id ?? null }, { assignee });
  };
  const until = (due: Date | null) => {
    const due_at = due?.toISOString() ?? null;
    void changePoint(place, point, { due_at }, { due_at });
  };
  const bare = !point.assignee && !point.due_at && point.demand === "";
  if (bare && !canEdit) return null;
  const empty = canEdit ? "value check-offer" : "value";
  return (
    <div className={bare ? "check-m bare" : "check-m"}>
      {point.demand !== "" && (
        <span className="row check-demand">
          <Icon name={DEMAND_ICONS[point.demand] ?? "shield-check"} size={14} />
          <span className="el">{demandText(point)}</span>
        </span>
      )}
      {(point.assignee || canEdit) && (
        <PersonPicker
          label={t("assignee")}
          chosen={point.assignee ? [point.assignee.id] : []}
          onPick={give}
          disabled={!canEdit}
          className={point.assignee ? "value" : empty}
          data-testid="point-assignee"
        >
          {point.assignee ? (
            <PersonChip person={point.assignee} />
          ) : (
            <Icon name="user-plus" size={14} />
          )}
        </PersonPicker>
      )}
      {(point.due_at || canEdit) && (
        <DuePicker
          label={t("due")}
          value={point.due_at ? new Date(point.due_at) : null}
          onPick={until}
          disabled={!canEdit}
          className={point.due_at ? "value" : empty}
          data-testid="point-due"
        >
          {point.due_at ? (
            <span className={late ? "num red" : "num"}>{nearText(point.due_at)}</span>
          ) : (
            <Icon name="calendar-clock" size={14} />
          )}
        </DuePicker>
      )}
    </div>
  );
}

/** Under a point that is over: who, when, and what was shown. */
export function PointProof({ place, point }: Omit<MetaProps, "canEdit">) {
  const { t } = useTranslation("checklists");
  const { file } = point;
  const number = [point.number && numberText(point.number), point.unit].filter(Boolean);
  return (
    <div className="check-m">
      {point.outcome === "failed" && <b className="red">{t("failed")}</b>}
      {point.number !== null && (
        <span className="num">{t("measured", { number: number.join("\u00a0") })}</span>
      )}
      {point.done_by && point.done_at && (
        <span className="t3">
          {t("doneBy", { who: point.done_by.name, when: nearText(point.done_at) })}
        </span>
      )}
      {file && (
        <button
          type="button"
          className="link row check-file"
          aria-label={t("open", { name: file.name })}
          onClick={() => viewFile(place.kind, place.id, file.id)}
          data-testid="point-file"
        >
          <Icon name={DEMAND_ICONS[point.demand] ?? "paperclip"} size={14} />
          <span className="el">{file.name}</span>
        </button>
      )}
      {point.note && <span className="check-note">{point.note}</span>}
    </div>
  );
}
