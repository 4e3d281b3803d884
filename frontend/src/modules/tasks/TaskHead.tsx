import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { DisplaySwitch } from "../../core/displays/DisplaySwitch";
import type { Display } from "../../core/displays/display";
import { HeadLink } from "../../core/lists/HeadLink";
import type { ListQuery } from "../../core/lists/pages";
import { may, useHiddenFields, useMe } from "../../core/session/session";
import { ExportButton } from "../../core/sheets/ExportButton";
import { useOwnStatuses } from "../../core/statuses/statuses";
import { Icon } from "../../ui/icon";
import { BoardBy } from "./BoardBy";
import type { TaskSearch } from "./query";
import { TASKS } from "./task";
import "./words";

interface TaskHeadProps {
  search: TaskSearch;
  display: Display;
  displays: Display[];
  onDisplay: (display: Display) => void;
  onChange: (change: TaskSearch) => void;
  /** What the list asks the server, and the columns that it shows, for a file of it. */
  query: ListQuery;
  columns: string[];
}

/** The head of the list: its shape, its neighbours, its rules and its files. */
export function TaskHead(props: TaskHeadProps) {
  const { t } = useTranslation("tasks");
  const { search, display, query, columns } = props;
  // The state is seen in the company's words, so a file tells both.
  const isRefined = useOwnStatuses(TASKS).length > 0;
  const told = columns.flatMap((code) =>
    isRefined && code === "status" ? [code, "own_status"] : [code],
  );
  const hidden = useHiddenFields(TASKS.code);
  const decides = may(useMe(), "tasks.rules");
  return (
    <div className="ph-row tasks-h">
      <h1>{t("title")}</h1>
      <span className="grow" />
      {display === "board" && <BoardBy search={search} onChange={props.onChange} />}
      <DisplaySwitch value={display} among={props.displays} onChange={props.onDisplay} />
      <HeadLink to="/tasks/templates" icon="repeat" title={t("repeating")} testId="to-templates" />
      <HeadLink
        to="/tasks/assignments"
        icon="users"
        title={t("assignments")}
        testId="to-assignments"
      />
      {!hidden.has("due_at") && (
        <HeadLink
          to="/tasks/workload"
          icon="chart-column"
          title={t("workload")}
          testId="to-workload"
        />
      )}
      {decides && (
        <Link
          to={"/settings/options" as never}
          className="icb"
          aria-label={t("rules")}
          title={t("rules")}
          data-testid="task-rules"
        >
          <Icon name="settings-2" />
        </Link>
      )}
      <ExportButton kind={TASKS.code} query={query} shown={told} />
    </div>
  );
}
