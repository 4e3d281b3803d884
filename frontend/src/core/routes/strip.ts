import type { Run, StripPerson, StripStage } from "../../api/routes";
import { nearText } from "../../ui/format";
import type { IconName } from "../../ui/icon";
import type { Tone } from "../../ui/marks";
import { i18next } from "../../ui/texts";
import "./words";

/** What the strip of a run says of its stages, in words and tones. */

const MINUTE = 60_000;

/** How a stage looks on the strip: never by colour alone. */
export interface Face {
  tone: Tone;
  icon: IconName;
  word: string;
}

const t = (key: string, values?: object): string =>
  i18next.t(key as never, { ns: "routes", ...values }) as unknown as string;

/** «3 ч 20 мин» of working time. */
export function timeTaken(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = Math.round(minutes % 60);
  if (hours === 0) return t("minutesOnly", { minutes: rest });
  return rest === 0 ? t("hoursOnly", { hours }) : t("hoursMinutes", { hours, minutes: rest });
}

/** How long ago its term was, by the clock: «2 д 3 ч». */
export function spanSince(iso: string, now: Date): string {
  const minutes = Math.max(1, Math.round((now.getTime() - new Date(iso).getTime()) / MINUTE));
  const days = Math.floor(minutes / 1440);
  if (days > 0) return `${days} д ${Math.floor((minutes % 1440) / 60)} ч`;
  return timeTaken(minutes);
}

const isOver = (run: Pick<Run, "outcome">): boolean => run.outcome !== "";

export function faceOf(stage: StripStage, run: Pick<Run, "outcome">): Face {
  switch (stage.place) {
    case "done":
      return {
        tone: stage.is_late ? "amber" : "green",
        icon: "circle-check-big",
        word: t("stageDone"),
      };
    case "now":
      if (isOver(run)) return { tone: "neutral", icon: "circle-slash", word: t("stageNever") };
      return { tone: stage.is_late ? "red" : "blue", icon: "circle-dot", word: t("stageNow") };
    case "skipped":
      return { tone: "neutral", icon: "circle-slash", word: t("stageSkipped") };
    case "returned":
      return { tone: "amber", icon: "rotate-ccw", word: t("stageReturned") };
    default:
      if (isOver(run)) return { tone: "neutral", icon: "clock", word: t("stageNever") };
      return stage.is_passed_over
        ? { tone: "neutral", icon: "circle-slash", word: t("stageWillPass") }
        : { tone: "neutral", icon: "clock", word: t("stageNext") };
  }
}

/** How late a stage is, or was; empty when it is in time. */
export function lateText(stage: StripStage, now = new Date()): string {
  if (!stage.is_late || !stage.due_at) return "";
  if (stage.place === "now") return t("late", { span: spanSince(stage.due_at, now) });
  return stage.closed_at ? t("wasLate") : "";
}

/** When it began, when it is due or has ended, how many hours were planned and went. */
export function timesOf(stage: StripStage): string[] {
  const told: string[] = [];
  const isNow = stage.place === "now";
  if (isNow && stage.since) told.push(t("since", { when: nearText(stage.since) }));
  if (isNow && stage.due_at) told.push(t("dueAt", { when: nearText(stage.due_at) }));
  const closed = stage.place === "done" || stage.place === "returned";
  if (closed && stage.closed_at) told.push(t("closedAt", { when: nearText(stage.closed_at) }));
  if (stage.planned_hours !== null) told.push(t("planned", { hours: stage.planned_hours }));
  if (stage.round > 0 && stage.place !== "skipped" && stage.place !== "next") {
    const time = timeTaken(stage.worked_minutes);
    told.push(t(isNow ? "worked" : "workedAll", { time }));
  }
  return told;
}

const spoke = (one: StripPerson): boolean => one.verdict !== "";

/** Those of the round that goes on, or of the last one; whoever is not asked any more and said nothing is left out. */
export const peopleNow = (stage: StripStage): StripPerson[] =>
  stage.people.filter(
    (one) => one.round === stage.round && (spoke(one) || one.state !== "dropped"),
  );

/** What was decided in rounds before. */
export const decidedBefore = (stage: StripStage): StripPerson[] =>
  stage.people.filter((one) => one.round !== stage.round && spoke(one));

/** Whom a stage to come will ask: the rule in words, and the people whom it finds as things stand now. */
export function toCome(stage: StripStage, run: Pick<Run, "outcome">) {
  const isComing = stage.place === "next" && !isOver(run) && !stage.is_passed_over;
  if (!isComing) return { rule: "", people: [] };
  const isAsking = stage.kind === "approval" || stage.kind === "work";
  const rule = stage.rule && isAsking ? t("who", { rule: stage.rule }) : stage.rule;
  return { rule, people: stage.expected };
}

const DOORS: Record<string, string> = {
  telegram: "door_telegram",
  token: "door_token",
  mail: "door_mail",
};

/** By which door a decision has come, where it was not the screen. */
export function doorText(door: string): string {
  const key = DOORS[door];
  return key ? t("atDoor", { door: t(key) }) : "";
}

/** Stages that stand now; none once the run is over. */
export const standing = (run: Run): StripStage[] =>
  isOver(run) ? [] : run.stages.filter((one) => one.place === "now");

/** «Юрист — Петров П. П.»: where a card is, in one line for a narrow screen. */
export function summaryOf(run: Run): string {
  if (isOver(run)) return t(`outcome_${run.outcome}`);
  return standing(run)
    .map((stage) => {
      const names = stage.people
        .filter((one) => one.state === "open" && one.person)
        .map((one) => one.person?.name);
      return `${stage.title} — ${names.length > 0 ? names.join(", ") : t("noHolder")}`;
    })
    .join("; ");
}

/** How many of the stages that are needed are behind: «2 из 5». */
export function progressOf(run: Run): { done: number; of: number } {
  const needed = run.stages.filter((one) => one.place !== "skipped");
  return { done: needed.filter((one) => one.place === "done").length, of: needed.length };
}

export const OUTCOME_TONES: Record<string, Tone> = {
  approved: "green",
  rejected: "red",
  recalled: "neutral",
};

/** Questions that a colleague has been asked and not answered, while they still matter. */
export const questionsTo = (run: Run, person: number) =>
  standing(run).flatMap((stage) =>
    stage.people
      .filter((one) => one.state === "open")
      .flatMap((one) =>
        one.questions
          .filter((question) => question.person?.id === person && question.answered_at === null)
          .map((question) => ({ question, asker: one.person })),
      ),
  );
