import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Employee } from "../../../api/contract";
import type { Column } from "../../../core/lists/EntityList";
import { GroupLine } from "../../../core/lists/GroupLine";
import type { Grouped } from "../../../core/lists/groups";
import { Heading } from "../../../core/lists/Headings";
import { linesOf, linesOfGroups } from "../../../core/lists/lines";
import type { Selection } from "../../../core/lists/selection";
import { Tick } from "../../../ui/marks";
import { usePhone } from "../../../ui/screen";
import "../../../core/lists/arranging.css";
import "../../../core/lists/lists.css";

interface PeopleTableProps {
  rows: Employee[];
  columns: Column<Employee>[];
  grouped: Grouped | null;
  complete: boolean;
  ordering: string;
  onSort: (ordering: string) => void;
  onWidth: (code: string, width: number) => void;
  /** Absent: the reader may change nobody, so there is nothing to choose for. */
  selection: Selection | null;
}

/** On a phone only who it is, and how he stands where the company says it, else what he may: the rest is in his card. */
const narrowOf = (columns: Column<Employee>[]) =>
  new Set(["title", columns.some(({ key }) => key === "status") ? "status" : "role"]);

/** People as a table, group after group where somebody wants it so. */
export function PeopleTable(props: PeopleTableProps) {
  const { rows, columns, grouped, complete, selection } = props;
  const { t } = useTranslation("lists");
  const phone = usePhone();
  const allChosen = rows.length > 0 && rows.every((row) => selection?.has(row.id));
  const lines = grouped ? linesOfGroups(rows, grouped, complete) : linesOf(rows, null, complete);
  // On a telephone a press opens somebody until one says that one chooses: there are no ticks before.
  const ticks = phone && !selection?.choosing ? null : selection;
  const narrow = narrowOf(columns);
  const classOf = (column: Column<Employee>) => (narrow.has(column.key) ? "" : "wide");
  return (
    <div className="pane over">
      <table className="set-tbl people-tbl">
        <thead>
          <tr>
            {ticks && (
              <th className="pick">
                <Tick
                  label={t("selectAll")}
                  checked={allChosen}
                  mixed={!allChosen && ticks.size > 0}
                  onChange={() => ticks.setAll(allChosen ? [] : rows.map((row) => row.id))}
                />
              </th>
            )}
            {columns.map((column) => (
              <th
                key={column.key}
                className={classOf(column)}
                style={phone ? undefined : { minWidth: column.track, width: column.track }}
              >
                <Heading
                  column={column}
                  plain
                  ordering={props.ordering}
                  onSort={props.onSort}
                  onWidth={phone ? undefined : props.onWidth}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) =>
            line.type === "group" ? (
              <tr key={line.key} className="group-row">
                <td colSpan={columns.length + (ticks ? 1 : 0)}>
                  <GroupLine caption={line} plain onFold={grouped?.fold} />
                </td>
              </tr>
            ) : (
              <Row
                key={line.key}
                row={line.row}
                columns={columns}
                classOf={classOf}
                ticks={ticks}
                hold={phone ? selection : null}
              />
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  row: Employee;
  columns: Column<Employee>[];
  classOf: (column: Column<Employee>) => string;
  ticks: Selection | null;
  /** On a telephone a long press begins to choose, and a press then chooses instead of opening. */
  hold: Selection | null;
}

function Row({ row, columns, classOf, ticks, hold }: RowProps) {
  const { t } = useTranslation("lists");
  const chosen = ticks?.has(row.id) ?? false;
  const press = (event: MouseEvent) => {
    if (!hold?.choosing || (event.target as HTMLElement).closest("input")) return;
    event.preventDefault();
    event.stopPropagation();
    hold.toggle(row.id, false);
  };
  const long = (event: MouseEvent) => {
    if (!hold) return;
    event.preventDefault();
    if (!hold.choosing) hold.begin(row.id);
  };
  return (
    <tr
      className={chosen ? "link-row sel" : "link-row"}
      onClickCapture={press}
      onContextMenu={long}
      data-testid="employee-row"
    >
      {ticks && (
        <td className="pick">
          <Tick
            label={t("selectRow", { number: row.full_name })}
            checked={chosen}
            onClick={(event) => ticks.toggle(row.id, event.shiftKey)}
            onChange={() => undefined}
          />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.key} className={`t2 ${classOf(column)}`}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}
