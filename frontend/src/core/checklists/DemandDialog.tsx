import type { FormEvent } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Point, PointFields } from "../../api/contract";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { patch } from "../../api/request";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { keys } from "../entities/kind";
import { cache } from "../session/cache";
import { NumberFields, PlaceFields } from "./DemandFields";
import { numberIn, numberText } from "./lines";
import type { Place } from "./points";
import { Refusal } from "./TickDialog";
import "./words";

interface DemandDialogProps {
  place: Place;
  point: Point;
  onClose: () => void;
}

/** What is being written: numbers as people write them. */
export interface Demand {
  demand: Point["demand"];
  unit: string;
  least: string;
  most: string;
  latitude: string;
  longitude: string;
  radius: string;
  repair: boolean;
}

const USUAL_RADIUS = "100";
const CHOICES = [
  ["", "demandNothing"],
  ["photo", "demandPhoto"],
  ["file", "demandFile"],
  ["number", "demandNumber"],
  ["place", "demandPlace"],
] as const;

const written = (number: string | null): string => (number === null ? "" : numberText(number));

const demandOf = (point: Point): Demand => ({
  demand: point.demand,
  unit: point.unit,
  least: written(point.least),
  most: written(point.most),
  latitude: written(point.latitude),
  longitude: written(point.longitude),
  radius: point.radius === null ? USUAL_RADIUS : String(point.radius),
  repair: point.repair,
});

const NUMBERS = ["least", "most", "latitude", "longitude", "radius"] as const;

/** The fields as the server takes them, or the names of those that are no numbers. */
function fieldsOf(told: Demand): { fields: Partial<PointFields>; wrong: string[] } {
  const number = told.demand === "number";
  const place = told.demand === "place";
  const asked = (name: (typeof NUMBERS)[number]) =>
    name === "least" || name === "most" ? number : place;
  const read = (name: (typeof NUMBERS)[number]) =>
    asked(name) && told[name].trim() ? numberIn(told[name]) : null;
  const radius = read("radius");
  return {
    wrong: NUMBERS.filter((name) => asked(name) && told[name].trim() && read(name) === null),
    fields: {
      demand: told.demand,
      unit: number ? told.unit.trim() : "",
      least: read("least"),
      most: read("most"),
      latitude: read("latitude"),
      longitude: read("longitude"),
      radius: radius === null ? null : Math.round(Number(radius)),
      repair: told.repair,
    },
  };
}

/** How a point must be proved, and whether its failure asks for repair. */
export function DemandDialog({ place, point, onClose }: DemandDialogProps) {
  const { t } = useTranslation("checklists");
  const { t: ui } = useTranslation("ui");
  const [told, setTold] = useState(() => demandOf(point));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const change = (next: Partial<Demand>) => {
    setTold({ ...told, ...next });
    setErrors({});
  };

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const { fields, wrong } = fieldsOf(told);
    if (wrong.length > 0) {
      setErrors(Object.fromEntries(wrong.map((name) => [name, t("wrongNumber")])));
      return;
    }
    setBusy(true);
    try {
      await patch<Point>(`checklist/${point.id}/`, fields);
      onClose();
      await cache.invalidateQueries({ queryKey: keys.checklist(place.kind, place.id) });
    } catch (problem) {
      const named = problem instanceof ApiProblem ? problem.fields : {};
      setErrors(Object.keys(named).length > 0 ? named : { "": sentenceOf(problem) });
      setBusy(false);
    }
  };

  return (
    <Dialog title={t("demand")} width={460} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void save(event)} noValidate>
        <p className="t2 check-words">{point.text}</p>
        <fieldset className="check-kinds">
          <legend className="vh">{t("demand")}</legend>
          {CHOICES.map(([value, title]) => (
            <label key={value} className="row">
              <input
                type="radio"
                name="demand"
                checked={told.demand === value}
                onChange={() => change({ demand: value })}
                data-autofocus={told.demand === value ? true : undefined}
                data-testid={`demand-${value || "nothing"}`}
              />
              {t(title)}
            </label>
          ))}
        </fieldset>
        {told.demand === "number" && <NumberFields told={told} errors={errors} onChange={change} />}
        {told.demand === "place" && <PlaceFields told={told} errors={errors} onChange={change} />}
        <label className="row check-repair">
          <input
            type="checkbox"
            className="cb"
            checked={told.repair}
            onChange={(event) => change({ repair: event.target.checked })}
            data-testid="demand-repair"
          />
          <span>
            {t("repairIfFailed")}
            <span className="hint">{t("repairHint")}</span>
          </span>
        </label>
        <Refusal text={errors[""] ?? errors.demand ?? null} />
        <div className="row">
          <Button look="primary" type="submit" busy={busy} data-testid="demand-save">
            {t("save")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
