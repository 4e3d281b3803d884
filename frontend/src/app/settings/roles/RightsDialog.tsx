import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person, Rights } from "../../../api/contract";
import { sentenceOf } from "../../../api/problem";
import { useRights } from "../../../core/access/access";
import { PersonField } from "../../../core/access/PersonField";
import { Dialog } from "../../../ui/dialog";
import { Failed, Waiting } from "../../../ui/state";
import "../../../core/access/access.css";
import "../../../core/access/words";

/** What one person may, how far, and which of his roles gives it. */
export function RightsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("access");
  const [person, setPerson] = useState<Person | null>(null);
  return (
    <Dialog title={t("rights")} width={640} onClose={onClose}>
      <div className="stack" data-testid="rights">
        <PersonField person={person} onPick={setPerson} />
        {person ? (
          <RightsOf key={person.id} person={person} />
        ) : (
          <p className="hint">{t("rightsHint")}</p>
        )}
      </div>
    </Dialog>
  );
}

function RightsOf({ person }: { person: Person }) {
  const { t } = useTranslation("access");
  const query = useRights(person.id);
  if (query.isError) {
    return <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) return <Waiting rows={6} />;
  const { roles, results, is_almighty } = query.data;
  if (roles.length === 0) return <p>{t("rightsNone")}</p>;
  return (
    <>
      <p className="t2">{t("roles", { names: roles.join(", ") })}</p>
      {is_almighty ? <p>{t("rightsAll")}</p> : <RightsTable lines={results} />}
    </>
  );
}

function RightsTable({ lines }: { lines: Rights["results"] }) {
  const { t } = useTranslation("access");
  const groups = [...new Set(lines.map((line) => line.group))];
  return (
    <div className="pane over">
      <table className="set-tbl access-rights" data-testid="rights-table">
        <thead>
          <tr>
            <th>{t("permission")}</th>
            <th>{t("how")}</th>
            <th>{t("by")}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => [
            <tr key={group}>
              <td colSpan={3} className="f12 t3 b">
                {group}
              </td>
            </tr>,
            ...lines
              .filter((line) => line.group === group)
              .map((line) => (
                <tr key={line.code} data-permission={line.code}>
                  <td className={line.scope ? "" : "t3"}>{line.title}</td>
                  <td className={line.scope ? "" : "t3"}>{t(line.scope ?? "none")}</td>
                  <td className="t2">{line.roles.join(", ")}</td>
                </tr>
              )),
          ])}
        </tbody>
      </table>
    </div>
  );
}
