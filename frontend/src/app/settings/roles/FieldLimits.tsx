import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { CardFieldsOfKind, Role } from "../../../api/contract";
import { sentenceOf } from "../../../api/problem";
import { get, put } from "../../../api/request";
import { ROLES } from "../../../core/people/directories";
import { cache } from "../../../core/session/cache";
import type { FieldLevel } from "../../../core/session/session";
import { Failed, Waiting } from "../../../ui/state";
import { complain } from "../../../ui/toast";
import "../words";

const LEVELS: Record<FieldLevel, "fieldWrite" | "fieldRead" | "fieldHidden"> = {
  write: "fieldWrite",
  read: "fieldRead",
  hidden: "fieldHidden",
};

type Limits = Role["limits"];

/** What stands on the screen, which may be newer than what was drawn last. */
const limitsNow = (role: Role): Limits =>
  cache.getQueryData<Role[]>(ROLES)?.find((one) => one.code === role.code)?.limits ?? role.limits;

const showLimits = (role: Role, limits: Limits): void => {
  cache.setQueryData<Role[]>(ROLES, (list) =>
    list?.map((one) => (one.code === role.code ? { ...one, limits } : one)),
  );
};

// A choice made while the one before it is on its way is sent after it, whole.
let turn: Promise<unknown> = Promise.resolve();

function keepLimits(role: Role): Promise<unknown> {
  turn = turn.then(async () => {
    try {
      await put<Role>(`roles/${role.code}/fields/`, { limits: limitsNow(role) });
    } catch (error) {
      complain(sentenceOf(error));
      await cache.invalidateQueries({ queryKey: ROLES });
    }
  });
  return turn;
}

/** Fields of every card of a kind that the role only sees, or does not see at all. */
export function FieldLimits({ role }: { role: Role }) {
  const { t } = useTranslation("settings");
  const kinds = useQuery({
    queryKey: ["card-fields"],
    staleTime: 300_000,
    queryFn: async () => (await get<{ results: CardFieldsOfKind[] }>("card-fields/")).results,
  });
  if (kinds.isError) {
    return <Failed text={sentenceOf(kinds.error)} onRetry={() => void kinds.refetch()} />;
  }
  if (!kinds.data) return <Waiting rows={4} />;
  const levelOf = (kind: string, field: string): FieldLevel =>
    role.limits.find((one) => one.kind === kind && one.field === field)?.level ?? "write";

  const limit = (kind: string, field: string, level: FieldLevel) => {
    const now = limitsNow(role);
    const others = now.filter((one) => one.kind !== kind || one.field !== field);
    showLimits(role, level === "write" ? others : [...others, { kind, field, level }]);
    void keepLimits(role);
  };

  return (
    <section className="role-fields" aria-label={t("fieldLimits")} data-testid="field-limits">
      <h3>{t("fieldLimits")}</h3>
      <p className="hint">{t("fieldLimitsText")}</p>
      <div className="pane over">
        <table className="set-tbl">
          <thead>
            <tr>
              <th>{t("fieldLimitsField")}</th>
              <th className="scope">{t("fieldLimitsLevel")}</th>
            </tr>
          </thead>
          <tbody>
            {kinds.data.map((kind) => [
              <tr key={kind.kind}>
                <td colSpan={2} className="f12 t3 b">
                  {kind.title}
                </td>
              </tr>,
              ...kind.fields.map((field) => (
                <tr key={`${kind.kind}:${field.code}`}>
                  <td>{field.title}</td>
                  <td>
                    <select
                      className="inp"
                      aria-label={`${kind.title}, ${field.title}`}
                      value={levelOf(kind.kind, field.code)}
                      onChange={(event) =>
                        limit(kind.kind, field.code, event.target.value as FieldLevel)
                      }
                      data-testid={`limit-${kind.kind}-${field.code}`}
                    >
                      {(Object.keys(LEVELS) as FieldLevel[]).map((level) => (
                        <option key={level} value={level}>
                          {t(LEVELS[level])}
                        </option>
                      ))}
                    </select>
                  </td>
                </tr>
              )),
            ])}
          </tbody>
        </table>
      </div>
    </section>
  );
}
