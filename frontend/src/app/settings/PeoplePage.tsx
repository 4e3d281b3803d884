import { Outlet, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Employee } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { WalkContext } from "../../core/cards/walk";
import { DisplaySwitch } from "../../core/displays/DisplaySwitch";
import { type Display, useDisplay } from "../../core/displays/display";
import type { Address } from "../../core/lists/address";
import { ChooseRows } from "../../core/lists/ChooseRows";
import { ColumnsButton } from "../../core/lists/ColumnsButton";
import { Conditions } from "../../core/lists/Conditions";
import { Find } from "../../core/lists/Find";
import { GroupChoice } from "../../core/lists/GroupChoice";
import { isBefore, useGroups, useSummary } from "../../core/lists/groups";
import type { ListQuery } from "../../core/lists/pages";
import { useRows } from "../../core/lists/rows";
import { useSelection } from "../../core/lists/selection";
import { useDesk } from "../../core/saved_views/desk";
import { SaveView } from "../../core/saved_views/SaveView";
import { ViewTabs } from "../../core/saved_views/ViewTabs";
import { may, useMe } from "../../core/session/session";
import { ExportButton } from "../../core/sheets/ExportButton";
import { useOwnStatuses } from "../../core/statuses/statuses";
import { Button } from "../../ui/button";
import { countText } from "../../ui/format";
import { usePhone } from "../../ui/screen";
import { Empty, Failed, Waiting } from "../../ui/state";
import { peopleColumns } from "./people/columns";
import { InviteDialog } from "./people/InviteDialog";
import { PEOPLE } from "./people/kind";
import { Pending } from "./people/Pending";
import { PeopleBoard } from "./people/PeopleBoard";
import { PeopleBulk } from "./people/PeopleBulk";
import { PeopleBy } from "./people/PeopleBy";
import { PeopleFilters } from "./people/PeopleFilters";
import { PeopleTable } from "./people/PeopleTable";
import { byOf, groupOf, PEOPLE_GROUPS, type Show, showOf, toPeopleQuery } from "./people/query";
import "./settings.css";
import "./people/words";

const SHOWS: Show[] = ["works", "blocked"];
const SHAPES: Display[] = ["table", "board"];
const keptOf = (row: Employee) => row;

/** Who works here, and the way in for those to come; a card opens over it at its own address. */
export function Screen() {
  const { t } = useTranslation("staff");
  const { t: lists } = useTranslation("lists");
  const me = useMe();
  const phone = usePhone();
  const navigate = useNavigate();
  const { invite, view: _view, ...address } = useSearch({ strict: false }) as Address;
  const { employeeId } = useParams({ strict: false }) as { employeeId?: string };
  const go = useCallback(
    (search: Address | ((old: Address) => Address)) =>
      void navigate({ to: ".", search, replace: true } as never),
    [navigate],
  );
  const change = useCallback((next: Address) => go((old) => ({ ...old, ...next })), [go]);
  const isRefined = useOwnStatuses(PEOPLE).length > 0;
  const known = PEOPLE_GROUPS.filter((code) => code !== "own_status" || isRefined);
  const by = byOf(address, known);
  const [chosen, setDisplay] = useDisplay(PEOPLE, address, (next) => change({ ...next }));
  const display = chosen === "board" ? chosen : "table";
  const own = useMemo(() => peopleColumns(isRefined), [isRefined]);
  const desk = useDesk<Employee>(PEOPLE, address, own, Boolean(invite ?? employeeId));
  const group = groupOf(address);
  const queryText = JSON.stringify({ ...toPeopleQuery(address), ...desk.asks });
  const plain = useMemo<ListQuery>(() => JSON.parse(queryText), [queryText]);
  const figures = useSummary(PEOPLE, plain, group);
  const { grouped, query, waits } = useGroups(plain, group, figures);
  const { rows, see: _see, ...people } = useRows<Employee>(PEOPLE, query, keptOf);
  const canInvite = may(me, "organization.invite");
  const openInvite = (open: boolean) => change({ invite: open ? "1" : undefined });
  const find = useCallback((text: string | undefined) => change({ search: text }), [change]);
  const canChoose = may(me, "organization.edit") || may(me, "organization.block");
  const waiting = people.isPending || waits || isBefore(rows, grouped);
  const bare = rows.length === 0 && !grouped?.groups.length;
  const total = figures.data?.is_exact ? figures.data.count : null;
  const ids = useMemo(() => rows.map((row) => row.id), [rows]);
  const walk = useMemo(() => ({ ids, total }), [ids, total]);
  const selection = useSelection(ids);

  return (
    <WalkContext value={walk}>
      <div className="set-h">
        <h2>{t("title")}</h2>
        <span className="grow" />
        {display === "board" && (
          <PeopleBy by={by} options={known} onChange={(by) => change({ by })} />
        )}
        <DisplaySwitch value={display} onChange={setDisplay} among={SHAPES} />
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
          query={plain}
          shown={desk.columns.flatMap(({ sheet }) =>
            isRefined && sheet === "status" ? [sheet, "own_status"] : (sheet ?? []),
          )}
        />
      </div>
      {canInvite && <Pending />}
      <div className="tabs in-set">
        <div className="own-tabs" role="tablist" aria-label={t("title")}>
          {SHOWS.map((show) => (
            <button
              key={show}
              type="button"
              role="tab"
              className="tab"
              aria-selected={!desk.open && showOf(address) === show}
              onClick={() => go(show === "works" ? {} : { is_active: "false" })}
              data-testid={`people-${show}`}
            >
              {t(show)}
            </button>
          ))}
        </div>
        <ViewTabs
          kind={PEOPLE}
          open={desk.open}
          changed={desk.changed}
          onOpen={desk.openView}
          onGone={desk.leaveView}
        />
        <SaveView
          kind={PEOPLE}
          open={desk.open}
          changed={desk.changed}
          parts={desk.parts}
          worth={desk.worth}
          onOpen={desk.openView}
          onKept={desk.keptView}
        />
      </div>
      <div className="filters in-set">
        <Find value={address.search} onFind={find} title={t("find")} />
        <PeopleFilters address={address} onChange={change} />
        <Conditions
          kind={PEOPLE}
          address={address}
          onChange={change}
          stages={showOf(address) === "works" ? ["works"] : ["blocked"]}
        />
        {display === "table" && (
          <div className="filters-end">
            <GroupChoice
              options={known.map((code) => ({ value: code, title: t(code) }))}
              chosen={group}
              onPick={(code) => change({ group: code })}
            />
            <ColumnsButton all={desk.all} choice={desk.choice} onChange={desk.arrange} />
          </div>
        )}
      </div>
      {display === "table" && waiting && <Waiting />}
      {people.isError && rows.length === 0 && (
        <Failed text={sentenceOf(people.error)} onRetry={() => void people.refetch()} />
      )}
      {display === "table" && !waiting && people.isSuccess && bare && (
        <Empty icon="users" title={t("empty")} text={t("emptyText")} />
      )}
      {display === "board" && <PeopleBoard by={by} query={plain} />}
      {display === "table" && !waiting && !bare && (
        <PeopleTable
          rows={rows}
          columns={desk.columns}
          grouped={grouped}
          complete={!people.hasNextPage}
          ordering={address.order ?? "title"}
          onSort={(order) => change({ order: order === "title" ? undefined : order })}
          onWidth={desk.setWidth}
          selection={canChoose ? selection : null}
        />
      )}
      {display === "table" && people.hasNextPage && (
        <div className="row" style={{ marginTop: 12 }}>
          <Button busy={people.isFetchingNextPage} onClick={people.more}>
            {t("more")}
          </Button>
        </div>
      )}
      {display === "table" && !waiting && !bare && (
        <footer className="people-foot" data-testid="people-foot">
          {total !== null && (
            <p className="hint">
              {lists("shownOf", { shown: countText(rows.length), total: countText(total) })}
            </p>
          )}
          {phone && canChoose && <ChooseRows selection={selection} ids={ids} />}
        </footer>
      )}
      {display === "table" && selection.size > 0 && canChoose && (
        <PeopleBulk
          rows={rows.filter((row) => selection.has(row.id))}
          loaded={rows.length}
          query={plain}
          summary={figures.data}
          onClear={() => selection.setAll([])}
        />
      )}
      {invite && canInvite && <InviteDialog onClose={() => openInvite(false)} />}
      <Outlet />
    </WalkContext>
  );
}
