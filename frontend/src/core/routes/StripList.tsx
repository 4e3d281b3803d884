import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Question, Run, StripPerson, StripStage } from "../../api/routes";
import { IconButton } from "../../ui/button";
import { momentText, nearText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { PersonChip } from "../people/PersonChip";
import { Differences } from "./Differences";
import {
  decidedBefore,
  doorText,
  faceOf,
  lateText,
  peopleNow,
  standing,
  summaryOf,
  timesOf,
  toCome,
} from "./strip";
import "./routes.css";
import "./words";

interface StripListProps {
  run: Run;
  /** One line until it is opened: a narrow screen. */
  folds: boolean;
  /** Whoever sets routes up may let another decide in somebody's place. */
  onRedirect?: ((person: StripPerson) => void) | undefined;
}

/** Done, now with whom and since when, next: every stage of a run as it stands. */
export function StripList({ run, folds, onRedirect }: StripListProps) {
  const { t } = useTranslation("routes");
  const [open, setOpen] = useState(false);
  const isShown = !folds || open;
  const late = standing(run)
    .map((stage) => lateText(stage))
    .find(Boolean);
  return (
    <>
      {folds && (
        <button
          type="button"
          className="route-fold"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          data-testid="route-fold"
        >
          <span className="grow">
            <span className="route-fold-now">{summaryOf(run)}</span>
            {late && <span className="red f12">{late}</span>}
          </span>
          <span className="f12 t3">{t(open ? "fold" : "unfold")}</span>
          <Icon name={open ? "chevron-down" : "chevron-right"} size={14} />
        </button>
      )}
      {isShown && (
        <ol className="route-strip" data-testid="route-strip">
          {run.stages.map((stage) => (
            <StageLine key={stage.code} stage={stage} run={run} onRedirect={onRedirect} />
          ))}
        </ol>
      )}
    </>
  );
}

interface StageLineProps extends Pick<StripListProps, "run" | "onRedirect"> {
  stage: StripStage;
}

function StageLine({ stage, run, onRedirect }: StageLineProps) {
  const { t } = useTranslation("routes");
  const face = faceOf(stage, run);
  const late = lateText(stage);
  const former = decidedBefore(stage);
  const times = timesOf(stage);
  const isNow = stage.place === "now" && run.outcome === "";
  return (
    <li
      className={`route-stage tone-${face.tone}`}
      data-testid="route-stage"
      data-code={stage.code}
      data-place={stage.place}
      aria-current={isNow ? "step" : undefined}
    >
      <span className="route-mark" aria-hidden>
        <Icon name={face.icon} size={16} />
      </span>
      <div className="route-what">
        <div className="route-head">
          <span className="route-title">{stage.title}</span>
          <span className="route-word">{face.word}</span>
          {stage.round > 1 && <span className="f12 t3">{t("round", { count: stage.round })}</span>}
          {late && (
            <span className={isNow ? "f12 red sb" : "f12 amber"} data-testid="route-late">
              {late}
            </span>
          )}
        </div>
        {times.length > 0 && <p className="f12 t3 route-times">{times.join(" · ")}</p>}
        <ul className="route-people">
          {peopleNow(stage).map((one) => (
            <PersonLine key={one.step} one={one} onRedirect={isNow ? onRedirect : undefined} />
          ))}
        </ul>
        <ToCome {...toCome(stage, run)} />
        {former.length > 0 && (
          <details className="route-former">
            <summary className="f12 t3">{t("former", { count: former.length })}</summary>
            <ul className="route-people">
              {former.map((one) => (
                <PersonLine key={one.step} one={one} />
              ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}

/** Whom a stage that has not opened will ask, were it to open now. */
function ToCome({ rule, people }: ReturnType<typeof toCome>) {
  const { t } = useTranslation("routes");
  if (!rule && people.length === 0) return null;
  return (
    <div className="route-to-come" data-testid="route-to-come">
      {rule && <p className="f12 t3">{rule}</p>}
      {people.length > 0 && (
        <ul className="route-people">
          {people.map((one) => (
            <li key={one.person?.id ?? 0} className="row route-who" data-testid="route-expected">
              <PersonChip person={one.person} />
              {one.instead_of && (
                <span className="f12 t3">{t("insteadOf", { name: one.instead_of.name })}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const VERDICT_TONES: Record<string, string> = {
  approve: "green",
  done: "green",
  remarks: "amber",
  return: "amber",
  reject: "red",
};

interface PersonLineProps {
  one: StripPerson;
  onRedirect?: ((person: StripPerson) => void) | undefined;
}

function PersonLine({ one, onRedirect }: PersonLineProps) {
  const { t } = useTranslation("routes");
  const word =
    one.verdict_title ||
    t(one.state === "waiting" ? "waitsTurn" : one.state === "open" ? "waitsPerson" : "notAsked");
  const tone = one.is_void ? "t3" : (VERDICT_TONES[one.verdict] ?? "t3");
  const door = doorText(one.door);
  return (
    <li className="route-person" data-testid="route-person" data-state={one.state}>
      <div className="row route-who">
        <PersonChip person={one.person} />
        {one.instead_of && (
          <span className="f12 t3">{t("insteadOf", { name: one.instead_of.name })}</span>
        )}
        <span
          className={`f13 ${tone} ${one.is_void ? "route-void" : ""}`}
          title={one.hash ? t("decidedOn", { hash: one.hash.slice(0, 12) }) : undefined}
        >
          {word}
        </span>
        {one.decided_at && (
          <span className="f12 t3 num" title={momentText(one.decided_at)}>
            {[nearText(one.decided_at), door].filter(Boolean).join(", ")}
          </span>
        )}
        {onRedirect && one.state === "open" && (
          <IconButton
            icon="user-plus"
            size={14}
            small
            label={t("redirectOf", { name: one.person?.name ?? "—" })}
            onClick={() => onRedirect(one)}
          />
        )}
      </div>
      {one.is_void && <p className="f12 t3">{t("void")}</p>}
      {one.changes.length > 0 && (
        <div className="f12 t3 route-asked">
          {t("voidChanged")}
          <Differences fields={one.changes} />
        </div>
      )}
      {one.text && <p className="route-text">{one.text}</p>}
      {one.questions.map((question) => (
        <Asked key={question.id} question={question} />
      ))}
    </li>
  );
}

function Asked({ question }: { question: Question }) {
  const { t } = useTranslation("routes");
  const name = question.person?.name ?? "—";
  return (
    <div className="route-asked f13">
      <p>
        <span className="t3">{t("asked", { name })}: </span>
        {question.text}
      </p>
      <p className={question.answered_at ? undefined : "t3"}>
        {question.answered_at ? t("answered", { name, answer: question.answer }) : t("noAnswer")}
      </p>
    </div>
  );
}
