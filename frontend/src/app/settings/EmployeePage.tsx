import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { EmployeeCard } from "../../api/contract";
import { get } from "../../api/request";
import { CardFrame } from "../../core/cards/CardFrame";
import { CardState } from "../../core/cards/CardState";
import { Stream } from "../../core/cards/Stream";
import { useComments } from "../../core/comments/comments";
import { keys, refOf } from "../../core/entities/kind";
import { useLive } from "../../core/realtime/live";
import { cache } from "../../core/session/cache";
import { WatchButton } from "../../core/watchers/WatchButton";
import { EmployeeBody } from "./people/EmployeeBody";
import { PEOPLE } from "./people/kind";
import "./settings.css";
import "./people/words";

/** The card of one colleague, over the list or as a page. */
export function Screen() {
  const { t } = useTranslation("staff");
  const { employeeId = "" } = useParams({ strict: false }) as { employeeId?: string };
  const card = useQuery({
    queryKey: keys.card(PEOPLE, employeeId),
    queryFn: ({ signal }) => get<EmployeeCard>(`employees/${employeeId}/`, { signal }),
  });
  const employee = card.data;
  // The phone's switch to the stream says how many there are.
  const said = useComments(PEOPLE, employeeId).data ?? [];
  const heard = useCallback(() => {
    void cache.invalidateQueries({ queryKey: keys.card(PEOPLE, employeeId) });
  }, [employeeId]);
  useLive(employee ? `ref:${refOf(PEOPLE, employeeId)}` : null, heard);

  return (
    <CardFrame
      key={employeeId}
      kind={PEOPLE}
      id={employeeId}
      listTitle={t("title")}
      number={[employee?.number, employee?.name].filter(Boolean).join(" · ")}
      more={[]}
      owner={employee?.id}
      streamCount={said.length}
      watch={employee && <WatchButton kind={PEOPLE} id={employee.id} />}
      body={<CardState query={card}>{(one) => <EmployeeBody employee={one} />}</CardState>}
      stream={
        employee ? (
          <Stream kind={PEOPLE} id={employee.id} canComment canAttach={employee.can.files} />
        ) : (
          <aside className="dr-r" />
        )
      }
    />
  );
}
