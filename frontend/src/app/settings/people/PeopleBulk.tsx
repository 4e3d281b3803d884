import { useTranslation } from "react-i18next";
import type { Employee, Summary } from "../../../api/contract";
import { BulkBar } from "../../../core/lists/BulkBar";
import { useBulk } from "../../../core/lists/bulking";
import type { ListQuery } from "../../../core/lists/pages";
import { useDepartments, usePositions } from "../../../core/people/directories";
import { may, useMe } from "../../../core/session/session";
import { BulkStatus } from "../../../core/statuses/BulkStatus";
import { BulkTag } from "../../../core/tags/BulkTag";
import { BulkWatch } from "../../../core/watchers/BulkWatch";
import { Icon, type IconName } from "../../../ui/icon";
import { Menu } from "../../../ui/menu";
import { PEOPLE, toneOfBase } from "./kind";
import "./words";

interface PeopleBulkProps {
  rows: Employee[];
  loaded: number;
  query: ListQuery;
  summary: Summary | undefined;
  onClear: () => void;
}

/** What can be done with many colleagues at once. */
export function PeopleBulk({ rows, onClear, ...list }: PeopleBulkProps) {
  const { t } = useTranslation("staff");
  const me = useMe();
  const departments = useDepartments().data ?? [];
  const positions = usePositions().data ?? [];
  const { run, busy, bar } = useBulk({
    ...list,
    kind: PEOPLE,
    ids: rows.map((row) => row.id),
    onClear,
  });
  const blocked = rows.every((row) => !row.is_active);
  const choice = (
    action: "department" | "position",
    icon: IconName,
    title: string,
    all: { id: number; title: string }[],
  ) => (
    <Menu
      label={title}
      width={260}
      items={[
        ...all.map((one) => ({
          key: String(one.id),
          title: one.title,
          run: () => run(action, { [action]: one.id }),
        })),
        {
          key: "none",
          title: t("none"),
          before: "line" as const,
          run: () => run(action, { [action]: null }),
        },
      ]}
      trigger={(aria) => (
        <button
          type="button"
          className="bb"
          disabled={busy}
          {...aria}
          data-testid={`bulk-${action}`}
        >
          <Icon name={icon} />
          {title}
        </button>
      )}
    />
  );

  return (
    <BulkBar {...bar}>
      <BulkStatus
        kind={PEOPLE}
        ids={rows.map((row) => row.id)}
        busy={busy}
        toneOf={toneOfBase}
        run={run}
      />
      {may(me, "organization.edit") && (
        <>
          {choice("department", "network", t("bulkDepartment"), departments)}
          {choice("position", "user-round", t("bulkPosition"), positions)}
          <BulkTag busy={busy} run={run} />
          <BulkWatch busy={busy} run={run} />
        </>
      )}
      {may(me, "organization.block") && (
        <button
          type="button"
          className="bb"
          disabled={busy}
          onClick={() => run(blocked ? "unblock" : "block")}
          data-testid="bulk-block"
        >
          <Icon name={blocked ? "rotate-ccw" : "circle-slash"} />
          {t(blocked ? "bulkUnblock" : "bulkBlock")}
        </button>
      )}
    </BulkBar>
  );
}
