import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Permission, Role } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { del, get, patch, post } from "../../api/request";
import { ROLES, useRoles } from "../../core/people/directories";
import { cache } from "../../core/session/cache";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Tag } from "../../ui/marks";
import { Failed, Waiting } from "../../ui/state";
import { complain, say } from "../../ui/toast";
import { TitleDialog } from "./people/TitleDialog";
import { FieldLimits } from "./roles/FieldLimits";
import { RightsDialog } from "./roles/RightsDialog";
import "./settings.css";
import "./words";

/** Roles, and for each of them how far every permission reaches. */
export function Screen() {
  const { t } = useTranslation("settings");
  const roles = useRoles();
  const permissions = useQuery({
    queryKey: ["permissions"],
    staleTime: 300_000,
    queryFn: async () => (await get<{ results: Permission[] }>("permissions/")).results,
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const [asking, setAsking] = useState(false);
  const all = roles.data ?? [];
  const role =
    all.find((one) => one.code === chosen) ?? all.find((one) => one.can_change) ?? all[0];
  const error = roles.error ?? permissions.error;

  return (
    <>
      <div className="set-h">
        <h2>{t("roles")}</h2>
        <span className="grow" />
        <Button icon="eye" onClick={() => setAsking(true)} data-testid="rights-ask">
          {t("roleAsk")}
        </Button>
        <Button icon="plus" onClick={() => setAdding(true)} data-testid="role-add">
          {t("roleNew")}
        </Button>
      </div>
      {(roles.isPending || permissions.isPending) && <Waiting />}
      {error && <Failed text={sentenceOf(error)} onRetry={() => void roles.refetch()} />}
      {role && permissions.data && (
        <div className="role-grid">
          <div className="pane over">
            {all.map((one) => (
              <button
                key={one.code}
                type="button"
                className={one === role ? "pop-i on" : "pop-i"}
                aria-pressed={one === role}
                onClick={() => setChosen(one.code)}
              >
                <span className="grow">
                  <span className="b">{one.title}</span>
                  <span className="f12 t3" style={{ display: "block" }}>
                    {t("roleHolders", { count: one.employees_count })}
                  </span>
                </span>
                {one.is_system && <Tag>{t("roleSystem")}</Tag>}
              </button>
            ))}
          </div>
          <Matrix
            key={role.code}
            role={role}
            permissions={permissions.data}
            onGone={() => setChosen(null)}
          />
        </div>
      )}
      {asking && <RightsDialog onClose={() => setAsking(false)} />}
      {adding && (
        <TitleDialog
          title={t("roleNew")}
          label={t("roleOwn")}
          onClose={() => setAdding(false)}
          onSave={async (title) => {
            const made = await post<Role>("roles/", { title, grants: [] });
            await cache.invalidateQueries({ queryKey: ROLES });
            setChosen(made.code);
          }}
        />
      )}
    </>
  );
}

type Scope = Role["grants"][number]["scope"];

interface MatrixProps {
  role: Role;
  permissions: Permission[];
  onGone: () => void;
}

function grouped(permissions: Permission[]): [string, Permission[]][] {
  const groups = new Map<string, Permission[]>();
  for (const one of permissions) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return [...groups];
}

function Matrix({ role, permissions, onGone }: MatrixProps) {
  const { t } = useTranslation("settings");
  const scopes: Record<Scope, string> = {
    own: t("scopeOwn"),
    participant: t("scopeParticipant"),
    department: t("scopeDepartment"),
    department_tree: t("scopeTree"),
    all: t("scopeAll"),
  };
  const scopeOf = (code: string) =>
    role.grants.find((grant) => grant.permission === code)?.scope ?? "";

  const give = async (permission: string, scope: Scope | "") => {
    const others = role.grants.filter((grant) => grant.permission !== permission);
    const grants = scope ? [...others, { permission, scope }] : others;
    const show = (next: Role) =>
      cache.setQueryData<Role[]>(ROLES, (list) =>
        list?.map((one) => (one.code === next.code ? next : one)),
      );
    show({ ...role, grants });
    try {
      show(await patch<Role>(`roles/${role.code}/`, { grants }));
    } catch (error) {
      show(role);
      complain(sentenceOf(error));
    }
  };
  const remove = async () => {
    try {
      await del(`roles/${role.code}/`);
      say(t("saved"));
      onGone();
    } catch (error) {
      complain(sentenceOf(error));
    }
    await cache.invalidateQueries({ queryKey: ROLES });
  };

  if (role.can_change === false) {
    return (
      <div className="notice">
        <Icon name="shield-check" />
        {t("roleAlmighty")}
      </div>
    );
  }
  return (
    <div>
      <div className="pane over">
        <table className="set-tbl">
          <thead>
            <tr>
              <th>{t("permission")}</th>
              <th className="scope">{t("scope")}</th>
            </tr>
          </thead>
          <tbody>
            {grouped(permissions).map(([group, list]) => [
              <tr key={group}>
                <td colSpan={2} className="f12 t3 b">
                  {group}
                </td>
              </tr>,
              ...list.map((permission) => (
                <tr key={permission.code}>
                  <td>{permission.title}</td>
                  <td>
                    <select
                      className="inp"
                      aria-label={`${permission.title}: ${t("scope")}`}
                      value={scopeOf(permission.code)}
                      onChange={(event) =>
                        void give(permission.code, event.target.value as Scope | "")
                      }
                    >
                      <option value="">{t("roleNone")}</option>
                      {permission.scopes.map((scope) => (
                        <option key={scope} value={scope}>
                          {scopes[scope as Scope]}
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
      <FieldLimits role={role} />
      {!role.is_system && (
        <div style={{ marginTop: 12 }}>
          <Button look="danger" icon="trash-2" onClick={() => void remove()}>
            {t("roleRemove")}
          </Button>
        </div>
      )}
    </div>
  );
}
