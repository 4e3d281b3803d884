import { useTranslation } from "react-i18next";
import type { Explanation, Person } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { Icon } from "../../ui/icon";
import { Status } from "../../ui/marks";
import { Failed, Waiting } from "../../ui/state";
import type { CardKind } from "../entities/kind";
import { useExplanation } from "./access";
import "./words";

interface ExplanationBoxProps {
  kind: CardKind;
  id: number | string;
  person: Person;
}

/** Why one person sees the card, or what he lacks and what would help. */
export function ExplanationBox({ kind, id, person }: ExplanationBoxProps) {
  const { t } = useTranslation("access");
  const query = useExplanation(kind, id, person.id);
  if (query.isError) {
    return <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) return <Waiting rows={3} />;
  const told = query.data;
  return (
    <section
      className="access-why"
      aria-live="polite"
      data-testid="access-why"
      data-sees={told.sees}
    >
      <p className="row">
        <span className="b el grow">{told.person.full_name}</span>
        <Status tone={told.sees ? "green" : "red"}>{t(told.sees ? "sees" : "seesNot")}</Status>
      </p>
      {told.sees ? <Reasons told={told} /> : <Obstacles told={told} />}
      <RolesOf told={told} />
    </section>
  );
}

function Reasons({ told }: { told: Explanation }) {
  const { t } = useTranslation("access");
  const whys: Record<Explanation["ways"][number], string> = {
    all: t("whyAll"),
    own: t("whyOwn"),
    part: t("whyPart", { parts: told.parts.join(", ").toLowerCase() }),
    department: t("whyDepartment"),
    department_tree: t("whyTree"),
  };
  return (
    <ul className="access-lines">
      {told.ways.map((way) => (
        <li key={way} className="row">
          <Icon name="check" size={14} className="green" />
          <span>
            {whys[way]}
            {way.startsWith("department") && (
              <span className="t3">
                {": "}
                {told.colleagues
                  .map(({ person, part }) =>
                    t("byWhom", { name: person.name, part: part.toLowerCase() }),
                  )
                  .join(", ")}
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function openingWords({ scope, roles }: NonNullable<Explanation["opening"]>) {
  if (scope === "all") return roles.length > 0 ? "openByAll" : "openByAllNone";
  return roles.length > 0 ? "openBy" : "openByNone";
}

/** Each obstacle with what removes it. */
function Obstacles({ told }: { told: Explanation }) {
  const { t } = useTranslation("access");
  const scope = t(told.scope ?? "none");
  const whys: Record<Explanation["obstacles"][number], string> = {
    blocked: t("blocked"),
    draft: t("draft"),
    private: t("private"),
    "no-right": t("noRight"),
    scope: t("scope", { scope }),
  };
  const does = [
    told.obstacles.includes("blocked") && t("blockedDo"),
    told.obstacles.includes("draft") && t("draftDo"),
    told.obstacles.includes("private") && t("privateDo"),
    told.part === "any" && !told.obstacles.includes("private") && t("partAny"),
    told.part === "responsible" && t("partResponsible"),
    told.opening &&
      t(openingWords(told.opening), {
        scope: t(told.opening.scope),
        roles: told.opening.roles.join(", "),
      }),
  ].filter((line) => typeof line === "string");
  return (
    <>
      <ul className="access-lines">
        {told.obstacles.map((one) => (
          <li key={one} className="row">
            <Icon name="circle-slash" size={14} className="red" />
            <span>{whys[one]}</span>
          </li>
        ))}
      </ul>
      <ul className="access-lines">
        {does.map((line) => (
          <li key={line} className="row t2">
            <Icon name="arrow-right" size={14} />
            <span>{line}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function RolesOf({ told }: { told: Explanation }) {
  const { t } = useTranslation("access");
  if (told.roles.length === 0) return null;
  return (
    <p className="f12 t3 access-roles">
      {t("right", { permission: told.permission })}
      {": "}
      {told.roles
        .map(({ title, scope }) =>
          scope
            ? t("roleGives", { role: title, scope: t(scope) })
            : t("roleGivesNot", { role: title }),
        )
        .join("; ")}
    </p>
  );
}
