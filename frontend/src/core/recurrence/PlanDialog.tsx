import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Recurrence, RecurrenceFields } from "../../api/contract";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Form } from "../../ui/form";
import { useMe } from "../session/session";
import { PlanLimits } from "./PlanLimits";
import { PlanPreview } from "./PlanPreview";
import { PlanRhythm } from "./PlanRhythm";
import {
  bodyOf,
  type Draft,
  type DraftField,
  dayIn,
  draftOf,
  type Faults,
  faultsOf,
  hidesDates,
  planOf,
  refusalsOf,
} from "./plan";
import { type Place, savePlan, useForecast } from "./recurrence";
import { WorkPart } from "./WorkPart";
import {
  type RegularWords,
  type WorkField,
  workBodyOf,
  workDraftOf,
  workFaultsOf,
  workRefusalsOf,
} from "./work";
import "./recurrence.css";
import "./words";

const CALM_MS = 250;

/** The sentence that stands under a field; an empty name is the plan as a whole. */
export type Told = (field: DraftField | "") => string | undefined;

export interface PartProps {
  draft: Draft;
  told: Told;
  onChange: (change: Partial<Draft>) => void;
}

const SENTENCES = {
  interval: "wrongInterval",
  weekdays: "wrongWeekdays",
  monthDay: "wrongMonthDay",
  times: "wrongTimes",
  most: "wrongMost",
  stop: "wrongStop",
  closes: "wrongCloses",
  startsOn: "wrongStartsOn",
  endsOn: "wrongEndsOn",
} as const;

interface DialogProps {
  place: Place;
  kept: Recurrence;
  words?: RegularWords | undefined;
  /** How the plan is kept; by itself it is kept at its card. */
  onSave?: (body: RecurrenceFields) => Promise<void>;
  onClose: () => void;
}

/** What a person has typed and what the dates ahead are told of: no request for each letter. */
function useCalm<T>(value: T): T {
  const [calm, setCalm] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setCalm(JSON.parse(text) as T), CALM_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  return calm;
}

/** Where a plan is written, with the dates it will come round beside it. */
export function PlanDialog({ place, kept, words, onSave, onClose }: DialogProps) {
  const { t } = useTranslation("recurrence");
  const { t: ui } = useTranslation("ui");
  const me = useMe();
  const [draft, setDraft] = useState(() => draftOf(kept, dayIn(me.company.time_zone)));
  const [refused, setRefused] = useState<ReturnType<typeof refusalsOf>>({});
  const [work, setWork] = useState(() => workDraftOf(kept));
  const [workRefused, setWorkRefused] = useState<ReturnType<typeof workRefusalsOf>>({});
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const faults: Faults = faultsOf(draft);
  const workFaults = kept.asks_work ? workFaultsOf(work) : {};
  const plan = useCalm(hidesDates(faults) ? null : planOf(draft));
  const forecast = useForecast(place, plan);
  const { error } = forecast;
  const ahead = plan && error instanceof ApiProblem ? refusalsOf(error.body.errors ?? []) : {};

  const told: Told = (field) => {
    const fault = field === "" ? undefined : faults[field];
    if (fault && (tried || fault !== "stop")) return t(SENTENCES[fault]);
    return refused[field] ?? ahead[field];
  };
  const change = (next: Partial<Draft>) => {
    setDraft({ ...draft, ...next });
    setRefused({});
  };
  const toldOfWork = (field: WorkField) => {
    const fault = tried && field !== "answers" ? workFaults[field] : undefined;
    return fault ? t(fault) : workRefused[field];
  };
  const save = async () => {
    setTried(true);
    if (Object.keys({ ...faults, ...workFaults }).length > 0) return;
    setBusy(true);
    try {
      const plain = bodyOf(draft);
      const body = kept.asks_work ? { ...plain, work: workBodyOf(work) } : plain;
      await (onSave ? onSave(body) : savePlan(place, body));
      onClose();
    } catch (problem) {
      const errors = problem instanceof ApiProblem ? (problem.body.errors ?? []) : [];
      const ofWork = problem instanceof ApiProblem && kept.asks_work ? workRefusalsOf(problem) : {};
      setWorkRefused(ofWork);
      if (Object.keys(ofWork).length > 0) setRefused({});
      else setRefused(errors.length > 0 ? refusalsOf(errors) : { "": sentenceOf(problem) });
    } finally {
      setBusy(false);
    }
  };

  const whole = told("");
  return (
    <Dialog title={t(kept.asks_work ? "regular" : "editorTitle")} width={820} onClose={onClose}>
      <Form className="rec-edit" onSubmit={() => void save()} data-testid="plan-form">
        {kept.asks_work && (
          <WorkPart
            draft={work}
            kept={kept}
            words={words}
            told={toldOfWork}
            onChange={(next) => {
              setWork({ ...work, ...next });
              setWorkRefused({});
            }}
          />
        )}
        <div className="stack rec-often">
          <PlanRhythm draft={draft} told={told} onChange={change} />
        </div>
        <PlanPreview
          forecast={forecast.isError ? undefined : forecast.data}
          waits={plan === null}
          byMinutes={draft.rhythm === "minutes"}
          stops={draft.endsOn !== "" || draft.most.trim() !== ""}
          most={draft.most}
          made={kept.made}
          zone={me.company.time_zone}
        />
        <div className="stack rec-limits">
          <PlanLimits draft={draft} told={told} onChange={change} />
        </div>
        <div className="rec-foot">
          {whole && (
            <p className="fld-msg err" role="alert">
              {whole}
            </p>
          )}
          <div className="row">
            <Button look="primary" type="submit" busy={busy} data-testid="plan-save">
              {t("save")}
            </Button>
            <Button look="quiet" disabled={busy} onClick={onClose}>
              {ui("cancel")}
            </Button>
          </div>
        </div>
      </Form>
    </Dialog>
  );
}
