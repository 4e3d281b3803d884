import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { CardFieldsOfKind, Role } from "../../../api/contract";
import { sentenceOf } from "../../../api/problem";
import { get, put } from "../../../api/request";
import { cache, type FieldLevel } from "../../../core/session/session";
import { Failed, Waiting } from "../../../ui/state";
import { complain } from "../../../ui/toast";
import { ROLES } from "../people/directories";
import "../words";

const LEVELS: Record<FieldLevel, "fieldWrite" | "fieldRead" | "fieldHidden"> = {
  write: "fieldWrite",
  read: "fieldRead",
  hidden: "fieldHidden",
};

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

  const limit = async (kind: string, field: string, level: FieldLevel) => {
    const others = role.limits.filter((one) => one.kind !== kind || one.field !== field);
    const limits = level === "write" ? others : [...others, { kind, field, level }];
    const show = (next: Role) =>
      cache.setQueryData<Role[]>(ROLES, (list) =>
        list?.map((one) => (one.code === next.code ? next : one)),
      );
    show({ ...role, limits });
    try {
      show(await put<Role>(`roles/${role.code}/fields/`, { limits }));
    } catch (error) {
      show(role);
      complain(sentenceOf(error));
    }
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
                        void limit(kind.kind, field.code, event.target.value as FieldLevel)
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
