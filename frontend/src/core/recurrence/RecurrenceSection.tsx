import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Recurrence } from "../../api/contract";
import { Button, IconButton } from "../../ui/button";
import { Status, type Tone } from "../../ui/marks";
import { Menu } from "../../ui/menu";
import { CardSection } from "../cards/CardParts";
import { ToolFailed, ToolWaiting, toolState } from "../cards/ToolState";
import type { CardKind } from "../entities/kind";
import { useMe } from "../session/session";
import { DateList } from "./DateList";
import { PlanDialog } from "./PlanDialog";
import { coming, dayIn, type PlanState, stateOf } from "./plan";
import { type Place, removePlan, switchPlan, useNextMoment, useRecurrence } from "./recurrence";
import type { RegularWords } from "./work";
import "./recurrence.css";
import "./words";

interface SectionProps {
  kind: CardKind;
  id: number;
  /** Open the editor at once: the person has come to set a plan. */
  begins?: boolean;
  /** Work about the card comes round, not cards made from it: so it is called until the server has answered. */
  regular?: RegularWords;
}

/** When what any card comes round with is made, and what comes next. */
export function RecurrenceSection({ kind, id, begins = false, regular }: SectionProps) {
  const { t } = useTranslation("recurrence");
  const place = { kind, id };
  const query = useRecurrence(place);
  const me = useMe();
  const [open, setOpen] = useState(begins);
  useNextMoment(place, query.data?.forecast?.next[0]);
  const state = toolState(query);
  const title = t(regular ? "regular" : "title");
  if (state === "none") return null;
  if (state === "failed") return <ToolFailed title={title} query={query} />;
  if (!query.data) return <ToolWaiting title={title} />;
  const kept = query.data;
  const planned = stateOf(kept, dayIn(me.company.time_zone));
  // Who cannot set a plan is not told that there is none of what most cards have none of.
  if (regular && planned === "none" && !kept.can_edit) return null;

  return (
    <CardSection title={title}>
      <div className="rec" data-testid="recurrence" data-state={planned}>
        {planned === "none" ? (
          <Unplanned kept={kept} words={regular} onSet={() => setOpen(true)} />
        ) : (
          <Planned place={place} kept={kept} state={planned} onChange={() => setOpen(true)} />
        )}
      </div>
      {open && kept.can_edit && (
        <PlanDialog place={place} kept={kept} words={regular} onClose={() => setOpen(false)} />
      )}
    </CardSection>
  );
}

interface UnplannedProps {
  kept: Recurrence;
  words?: RegularWords | undefined;
  onSet: () => void;
}

function Unplanned({ kept, words, onSet }: UnplannedProps) {
  const { t } = useTranslation("recurrence");
  const { asks_work: asks, why_none: why } = kept;
  if (!kept.can_edit) return <p className="hint">{t("noneForYou")}</p>;
  if (why) return <p className="hint">{why}</p>;
  return (
    <>
      <p className="hint">{asks ? (words?.none ?? t("regularNone")) : t("none")}</p>
      <div className="row">
        <Button icon="repeat" onClick={onSet} data-testid="plan-set">
          {t("set")}
        </Button>
      </div>
    </>
  );
}

const TONES: Record<PlanState, Tone> = {
  none: "neutral",
  on: "green",
  paused: "amber",
  over: "neutral",
};

interface PlannedProps {
  place: Place;
  kept: Recurrence;
  state: PlanState;
  onChange: () => void;
}

function Planned({ place, kept, state, onChange }: PlannedProps) {
  const { t } = useTranslation("recurrence");
  const me = useMe();
  const zone = me.company.time_zone;
  const next = coming(kept.forecast?.next ?? [], String(kept.most ?? ""), kept.made);
  const rules = [
    kept.most === null
      ? t("madeOnly", { made: kept.made })
      : t("madeOf", { made: kept.made, most: kept.most }),
    kept.one_open ? t("oneOpenNote") : "",
  ].filter(Boolean);
  const { work } = kept;
  const answers = work && (work.answers ?? kept.usual ?? (kept.usual_hidden ? null : work.giver));
  const whose = work && [
    answers ? t("answersNow", { name: answers.name }) : "",
    work.due_in ? t("dueNow", { count: work.due_in }) : "",
    t("givenBy", { name: work.giver.name }),
  ];
  return (
    <>
      {work && (
        <p className="b" data-testid="plan-work-now">
          {work.title}
        </p>
      )}
      {kept.why_none && <p className="hint amber">{kept.why_none}</p>}
      <div className="rec-plan">
        <span className="grow" data-testid="plan-text">
          {kept.forecast?.text}
        </span>
        <Status tone={TONES[state]}>
          {t(state === "on" ? "on" : state === "over" ? "over" : "paused")}
        </Status>
      </div>
      {whose && <p className="hint">{whose.filter(Boolean).join(" · ")}</p>}
      <p className="hint">{rules.join(" · ")}</p>
      {state !== "on" && <p className="hint">{t(state === "over" ? "overNote" : "pausedNote")}</p>}
      {next.length > 0 && (
        <>
          <h4 className="f12 t3">{t("nextDates")}</h4>
          <DateList dates={next} zone={zone} label={t("nextDates")} />
        </>
      )}
      {kept.can_edit && <Verbs place={place} kept={kept} state={state} onChange={onChange} />}
    </>
  );
}

function Verbs({ place, kept, state, onChange }: PlannedProps) {
  const { t } = useTranslation("recurrence");
  const [busy, setBusy] = useState(false);
  const turn = async (on: boolean) => {
    setBusy(true);
    await switchPlan(place, on);
    setBusy(false);
  };
  return (
    <div className="row rec-verbs">
      <Button icon="pencil" onClick={onChange} data-testid="plan-change">
        {t("change")}
      </Button>
      {state === "on" && (
        <Button
          look="quiet"
          icon="pause"
          busy={busy}
          onClick={() => void turn(false)}
          data-testid="plan-pause"
        >
          {t("pause")}
        </Button>
      )}
      {state === "paused" && (
        <Button
          look="quiet"
          icon="play"
          busy={busy}
          onClick={() => void turn(true)}
          data-testid="plan-resume"
        >
          {t("resume")}
        </Button>
      )}
      <Menu
        label={t("more")}
        alignEnd
        items={[
          {
            key: "remove",
            title: t("remove"),
            icon: "trash-2",
            danger: true,
            run: () => removePlan(place, kept),
          },
        ]}
        trigger={(open) => (
          <IconButton icon="ellipsis" label={t("more")} {...open} data-testid="plan-more" />
        )}
      />
    </div>
  );
}
