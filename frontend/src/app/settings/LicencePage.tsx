import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { LicenceText, ServerLicence } from "../../api/licence";
import { sentenceOf } from "../../api/problem";
import { dateText } from "../../ui/format";
import { Status, type Tone } from "../../ui/marks";
import { Failed, Waiting } from "../../ui/state";
import { dayOfIso } from "../paying/banner";
import { useLicence } from "./licence/licence";
import { PutLicence } from "./licence/PutLicence";
import "./settings.css";
import "./licence/words";

/** The licence of an own server: what it allows, until when, what comes after, and the next one. */
export function Screen() {
  const { t } = useTranslation("licence");
  const licence = useLicence();
  const found = licence.data;
  return (
    <>
      <div className="set-h">
        <h2>{t("title")}</h2>
      </div>
      {licence.isPending && <Waiting rows={4} />}
      {licence.isError && !found && (
        <Failed text={sentenceOf(licence.error)} onRetry={() => void licence.refetch()} />
      )}
      {found && (
        <>
          <section className="set-sec" data-testid="licence" data-stage={found.stage}>
            {found.licence ? (
              <Standing found={found} licence={found.licence} />
            ) : (
              <p className="notice tone-red" role="alert">
                {found.trouble ?? t("none")}
              </p>
            )}
          </section>
          <PutLicence hasKey={found.has_key} />
        </>
      )}
    </>
  );
}

const day = (iso: string | null): string => (iso ? dateText(dayOfIso(iso)) : "");

function Standing({ found, licence }: { found: ServerLicence; licence: LicenceText }) {
  const { t } = useTranslation("licence");
  const [tone, text] = stateOf(found);
  const seats = { taken: found.seats_taken, seats: licence.seats };
  const modules = licence.modules?.map((module) => module.title).join(", ");
  return (
    <>
      <p className="sb">
        <Status tone={tone}>{t(text, { day: day(dayFor(text, found, licence)) })}</Status>
      </p>
      <dl className="lic-list">
        <Line term={t("holder")}>{licence.holder}</Line>
        <Line term={t("number")}>{licence.number}</Line>
        <Line term={t("term")}>
          {t("termText", { begins: day(licence.begins), until: day(licence.until) })}
        </Line>
        <Line term={t("seats")}>
          <span className="num">
            {t(licence.seats === null ? "seatsFree" : "seatsText", seats)}
          </span>
          <span className="f12 t3"> {t("seatsNote")}</span>
        </Line>
        <Line term={t("modules")}>
          {licence.modules === null ? t("modulesAll") : modules || t("modulesNone")}
        </Line>
        <Line term={t("host")}>{licence.host ?? t("hostAny")}</Line>
        <Line term={t("after")}>
          {t("afterText", { count: found.grace_days, day: day(found.works_until) })}
        </Line>
      </dl>
    </>
  );
}

function Line({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="t3">{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

type State = "works" | "ends" | "grace" | "over" | "notBegun";
const STATES: Record<string, [Tone, State]> = {
  licence: ["green", "works"],
  licence_ends: ["amber", "ends"],
  licence_grace: ["red", "grace"],
  licence_over: ["red", "over"],
};

/** A licence that stands and does not count yet has a day to come. */
const stateOf = (found: ServerLicence): [Tone, State] =>
  STATES[found.stage] ?? ["amber", "notBegun"];

function dayFor(state: State, found: ServerLicence, licence: LicenceText): string | null {
  if (state === "grace") return found.works_until;
  return state === "notBegun" ? licence.begins : licence.until;
}
