import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Employee, Page } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get } from "../../api/request";
import { personOf, useSettled } from "../../core/people/people";
import { may, useMe } from "../../core/session/session";
import { ExportButton } from "../../core/sheets/ExportButton";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Face, Segmented, Status } from "../../ui/marks";
import { Empty, Failed, Waiting } from "../../ui/state";
import { InviteDialog } from "./people/InviteDialog";
import { Pending } from "./people/Pending";
import "./settings.css";
import "./people/words";

type Show = "works" | "blocked";

/** Who works here, and the way in for those to come. */
export function Screen() {
  const { t } = useTranslation("staff");
  const me = useMe();
  const navigate = useNavigate();
  const { invite } = useSearch({ strict: false }) as { invite?: string };
  const [text, setText] = useState("");
  const [show, setShow] = useState<Show>("works");
  const search = useSettled(text.trim(), 250);
  const people = useInfiniteQuery({
    queryKey: ["employees", { search, show }],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<Page<Employee>>("employees/", {
        query: { search, is_active: show === "works", cursor: pageParam, limit: 100 },
        signal,
      }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });
  const rows = people.data?.pages.flatMap((page) => page.results) ?? [];
  const canInvite = may(me, "organization.invite");
  const openInvite = (open: boolean) =>
    void navigate({ to: ".", search: open ? { invite: "1" } : {}, replace: true } as never);

  return (
    <>
      <div className="set-h">
        <h2>{t("title")}</h2>
        <span className="grow" />
        <label className="inp box set-find">
          <Icon name="search" size={14} />
          <input
            type="search"
            aria-label={t("find")}
            placeholder={t("find")}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <Segmented
          label={t("title")}
          value={show}
          onChange={setShow}
          options={[
            { value: "works", title: t("works") },
            { value: "blocked", title: t("blocked") },
          ]}
        />
        {canInvite && (
          <Button
            look="primary"
            icon="user-plus"
            onClick={() => openInvite(true)}
            data-testid="invite-open"
          >
            {t("invite")}
          </Button>
        )}
        <ExportButton
          kind="organization.employee"
          query={{ search, is_active: String(show === "works") }}
          shown={["full_name", "position", "department", "email"]}
        />
      </div>
      {canInvite && <Pending />}
      {people.isPending && <Waiting />}
      {people.isError && rows.length === 0 && (
        <Failed text={sentenceOf(people.error)} onRetry={() => void people.refetch()} />
      )}
      {people.isSuccess && rows.length === 0 && (
        <Empty icon="users" title={t("empty")} text={t("emptyText")} />
      )}
      {rows.length > 0 && <People rows={rows} />}
      {people.hasNextPage && (
        <div className="row" style={{ marginTop: 12 }}>
          <Button busy={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      )}
      {invite && canInvite && <InviteDialog onClose={() => openInvite(false)} />}
    </>
  );
}

function People({ rows }: { rows: Employee[] }) {
  const { t } = useTranslation("staff");
  return (
    <div className="pane over">
      <table className="set-tbl">
        <thead>
          <tr>
            <th>{t("person")}</th>
            <th className="wide">{t("position")}</th>
            <th className="wide">{t("department")}</th>
            <th className="wide">{t("email")}</th>
            <th>{t("role")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((employee) => {
            const person = personOf(employee);
            return (
              <tr key={employee.id} className="link-row" data-testid="employee-row">
                <td>
                  <Link to={`/settings/people/${employee.id}` as never} className="row person-link">
                    <Face
                      id={person.id}
                      initials={person.initials}
                      photo={person.photo_url}
                      size="m"
                    />
                    <span className="b">{person.full_name}</span>
                  </Link>
                </td>
                <td className="t2 wide">{employee.position?.title ?? t("none")}</td>
                <td className="t2 wide">{employee.department?.title ?? t("none")}</td>
                <td className="t3 wide">{employee.email}</td>
                <td className="t2">
                  {employee.is_active ? (
                    (employee.roles ?? []).map((role) => role.title).join(", ")
                  ) : (
                    <Status tone="red">{t("isBlocked")}</Status>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
